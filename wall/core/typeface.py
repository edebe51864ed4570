"""Which face each letter is set in, by the very stylesheet that says it to browsers, and where lines may break.

What this makes of a text is what wall/draw sets: paragraphs of words of clusters, each with its face and direction.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import bidirectional, normalize

from wall.core.text import GRAPHEME

Cluster = tuple[str, str, bool]
Word = list[Cluster]

FACE = re.compile(r"@font-face\s*\{(?P<body>[^}]*)\}")
FAMILY = re.compile(r'font-family:\s*"([^"]+)"')
FILE = re.compile(r'url\("\.\./([^"]+)"\)')
RANGES = re.compile(r"unicode-range:\s*([^;]+);")
RANGE = re.compile(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?")
RIGHT_TO_LEFT = ("R", "AL")
EMOJI = "emoji"
EMOJI_FAMILY = "Twemoji"
# In colour without being asked for it, beside what follows a variation selector or makes a key.
PICTOGRAPH = re.compile(
    "[\U0001f000-\U0001faff\u231a\u231b\u23e9-\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u26a1\u26bd\u26be\u2705\u2728\u274c\u2753-\u2755\u2757\u2795-\u2797\u2b50\u2b55]"
)
AS_EMOJI = re.compile("[\ufe0f\u20e3]")
HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
EAST_ASIAN = re.compile("[\u2e80-\u312f\u3190-\ua4cf\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff]")
# What no line may begin or end with (JIS X 4051, the essential of it).
CLOSING = re.compile("[、。，．・：；？！）」』】〉》〕］｝ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ…)\\]!?.,]")
OPENING = re.compile("[（「『【〈《〔［｛(\\[]")
NAMES = {
    "Noto Sans Arabic": "arabic",
    "Noto Sans Hebrew": "hebrew",
    "Noto Sans Devanagari": "devanagari",
    "Noto Sans Thai": "thai",
    EMOJI_FAMILY: EMOJI,
}


@dataclass(frozen=True, slots=True)
class Face:
    """One file of letters: its name here, where it is below static/, and the code points it has."""

    name: str
    family: str
    file: str
    ranges: tuple[tuple[int, int], ...]

    def has(self, letter: str) -> bool:
        return any(first <= ord(letter) <= last for first, last in self.ranges)


def parse_faces(css: str) -> tuple[Face, ...]:
    """Return the faces that a stylesheet of ours declares, in its order."""
    found = []
    for match in FACE.finditer(css):
        body = match["body"]
        family, file, ranges = FAMILY.search(body), FILE.search(body), RANGES.search(body)
        if family and file and ranges:
            spans = tuple((int(first, 16), int(last or first, 16)) for first, last in RANGE.findall(ranges[1]))
            name = NAMES.get(family[1], file[1].removeprefix("fonts/").partition(".")[0])
            found.append(Face(name, family[1], file[1], spans))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Choice:
    """The faces to choose from: those of the first family first, then all scripts', and the names of the machine's."""

    faces: Sequence[Face]
    more: frozenset[str]

    def name(self, cluster: str) -> str:
        """Return the name of the face for a cluster, "" where none has it."""
        first = cluster[0]
        if AS_EMOJI.search(cluster) or PICTOGRAPH.match(first):
            return EMOJI
        if HANGUL.match(first):
            return "hangul" if "hangul" in self.more else ""
        if EAST_ASIAN.match(first):
            return "cjk" if "cjk" in self.more else ""
        for face in self.faces:
            if face.name != EMOJI and face.has(first):
                return face.name
        if any(face.name == EMOJI and face.has(first) for face in self.faces):
            return EMOJI
        return "rest" if "rest" in self.more else ""


def paragraphs(text: str, choice: Choice) -> list[list[Word]]:
    """Return a text ready to be set: a paragraph for each line of it that has any words."""
    found = [[one for word in line.split() for one in words(word, choice)] for line in text.split("\n")]
    return [line for line in found if line]


def words(word: str, choice: Choice) -> list[Word]:
    """Return what a line may be broken into, of what stands between two blanks."""
    clusters = GRAPHEME.findall(word)
    rtl = is_rtl(word)
    found: list[Word] = []
    for text in clusters:
        cluster = in_face(text, choice, rtl=rtl)
        if found and not breaks(found[-1][-1][0], text):
            found[-1].append(cluster)
        else:
            found.append([cluster])
    return found


def in_face(text: str, choice: Choice, *, rtl: bool) -> Cluster:
    """Return a cluster with its face: where none has it, what it is a variant of, such as a letter for formulas."""
    name, plain = choice.name(text), normalize("NFKC", text)
    if name in ("", "rest") and plain != text and choice.name(plain) not in ("", "rest"):
        return plain, choice.name(plain), rtl
    return text, name, rtl


def breaks(before: str, after: str) -> bool:
    """Tell whether a line may end between two clusters that no blank is between."""
    east = EAST_ASIAN.match(before[0]) or EAST_ASIAN.match(after[0])
    return bool(east) and not CLOSING.match(after[0]) and not OPENING.match(before[0])


def is_rtl(text: str) -> bool:
    """Tell whether a text runs from right to left, by its first letter that runs either way."""
    first = next((way for way in map(bidirectional, text) if way in ("L", *RIGHT_TO_LEFT)), "L")
    return first in RIGHT_TO_LEFT

"""Remote text made safe to keep and show: what cannot be seen goes, what a script needs stays.

Markup is not handled here. Everything works in linear time: what is too long is cut before it is looked at.
"""

import re
from itertools import chain, islice
from unicodedata import category, normalize

TEXT_GRAPHEMES = 5_000
TEXT_LINES = 60
NAME_GRAPHEMES = 80
BLANK_LINES = 2
# The longest emoji sequences in use are ten code points.
CODE_POINTS_PER_GRAPHEME = 16

# Biblical Hebrew and Tibetan put up to five marks on a letter; the marks of no script in particular need two.
MARKS_PER_LETTER = 5
COMMON_MARKS_PER_LETTER = 2
JOINED_EMOJI = 6

EMOJI = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001faff"
)
JOINERS = "\u200c\u200d"
# Arabic to Mongolian and the Indic scripts: a joiner there chooses the shape of a letter.
JOINING_SCRIPTS = (
    "\u0600-\u109f\u1780-\u18af\u1a20-\u1cff\ua800-\uabff\ufb50-\ufdff\ufe70-\ufefc\U00010a00-\U00011fff"
)
COMMON_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
SKIN_TONES = "\U0001f3fb-\U0001f3ff"
DIRECTION_MARKS = "\u200e\u200f\u061c"
# Format characters that are seen, such as the Arabic number sign.
VISIBLE_FORMATS = "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
BLANK_LETTERS = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0\ufffc"


def clean(text: str, *, limit: int = TEXT_GRAPHEMES, lines: int = TEXT_LINES) -> str:
    """Return the text of a post as it is kept: NFC, line feeds, nothing invisible, at most `limit` graphemes.

    What is cut off is shown by an ellipsis.
    """
    if len(text) > limit * CODE_POINTS_PER_GRAPHEME:
        text = text[: limit * CODE_POINTS_PER_GRAPHEME] + "…"
    return cut(fold_lines(clean_characters(text)), limit=limit, lines=lines)


def clean_name(text: str) -> str:
    """Return a name or handle as it is kept: one line of at most 80 graphemes, possibly empty."""
    one_line = " ".join(clean_characters(text[: NAME_GRAPHEMES * CODE_POINTS_PER_GRAPHEME]).split())
    return cut(DIRECTION.sub("", one_line), limit=NAME_GRAPHEMES, lines=1)


def clean_characters(text: str) -> str:
    """Return the text in NFC without what is invisible or piles up, its spaces and lines as they were."""
    if PLAIN.fullmatch(text):
        return text
    text = SPACE.sub(" ", LINE_BREAK.sub("\n", text))
    text = UNWANTED.sub(kept, text)
    # Before normalising, which takes quadratic time for a long run of marks.
    text = TOO_MANY_MARKS.sub(r"\1", text)
    text = TOO_MANY_COMMON_MARKS.sub(r"\1", normalize("NFC", text))
    text = LONG_CHAIN.sub(unchained, text)
    return normalize("NFC", JOINER.sub(kept, text))


def fold_lines(text: str) -> str:
    """Return the text without blanks at line ends and around the whole, with two blank lines in a row at most."""
    if "\n" not in text:
        return text.strip()
    return MANY_LINES.sub("\n" * (BLANK_LINES + 1), "\n".join(map(str.rstrip, text.split("\n")))).strip()


def cut(text: str, *, limit: int, lines: int) -> str:
    """Return the beginning of the text that keeps to both limits, with an ellipsis where something is missing."""
    end = len(text)
    if text.count("\n") >= lines:
        end = sum(len(line) + 1 for line in text.split("\n", lines)[:lines]) - 1
    if end > limit:
        graphemes = islice(GRAPHEME.finditer(text, 0, end), limit - 1, limit + 1)
        last, beyond = next(graphemes, None), next(graphemes, None)
        if last and beyond:
            end = last.start()
    return text if end == len(text) else text[:end].rstrip() + "…"


def kept(match: re.Match[str]) -> str:
    return match["kept"] or ""


def unchained(match: re.Match[str]) -> str:
    return match[0].replace("\u200d", "")


def ranges() -> dict[str, str]:
    """Return marks and format characters by Unicode category, as the inside of a regular expression's class."""
    found: dict[str, list[list[int]]] = {"Mn": [], "Me": [], "Mc": [], "Cf": []}
    for code in chain(range(0xA0, 0x20000), range(0xE0100, 0xE01F0)):
        if (runs := found.get(category(chr(code)))) is None:
            continue
        if runs and runs[-1][1] == code - 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return {kind: "".join(f"{chr(first)}-{chr(last)}" for first, last in runs) for kind, runs in found.items()}


CLASSES = ranges()
MARKS = CLASSES["Mn"] + CLASSES["Me"]

# Most texts are only of these, which are kept as they are, whatever stands beside them.
PLAIN = re.compile(
    "[\n -~\u00a1-\u00ac\u00ae-\u02af\u038e-\u03ff\u0400-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20c0\u2190-\u21ff\u3001-\u3029\u3041-\u3096\u30a1-\u30fc\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff9f\U0001f300-\U0001f64f]*"
)
LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Tabs, and the blank of Braille.
SPACE = re.compile("[\t\u2800]")
UNWANTED = re.compile(
    # The flags of England, Scotland, Wales and the like are the only use of tag characters.
    "(?P<kept>\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{3,6}\U000e007f"
    f"|[{JOINERS}{VISIBLE_FORMATS}]|(?<![{DIRECTION_MARKS}])[{DIRECTION_MARKS}])"
    f"|[\x00-\x09\x0e-\x1f\x7f-\x9f\ud800-\udfff{CLASSES['Cf']}{BLANK_LETTERS}]"
    "|[\ufdd0-\ufdef\ufffe\uffff\U000e0000-\U000e00ff\U000e01f0-\U000e0fff]"
)
TOO_MANY_MARKS = re.compile(f"([{MARKS}{JOINERS}]{{{MARKS_PER_LETTER}}})[{MARKS}{JOINERS}]+")
TOO_MANY_COMMON_MARKS = re.compile(f"([{COMMON_MARKS}]{{{COMMON_MARKS_PER_LETTER}}})[{COMMON_MARKS}]+")
LONG_CHAIN = re.compile(f"(?:[{EMOJI}][\ufe0f{SKIN_TONES}]?\u200d){{{JOINED_EMOJI},}}")
JOINER = re.compile(
    f"(?P<kept>(?<=[{JOINING_SCRIPTS}])[{JOINERS}]|(?<=[{EMOJI}\ufe0f])\u200d(?=[{EMOJI}]))|[{JOINERS}]"
)
DIRECTION = re.compile(f"[{DIRECTION_MARKS}]")
MANY_LINES = re.compile(f"\n{{{BLANK_LINES + 2},}}")
# Nearly UAX #29: a pair of regional indicators, or a character with its marks and what is joined to it.
GRAPHEME = re.compile(
    "[\U0001f1e6-\U0001f1ff]{2}"
    f"|.(?:[{MARKS}{CLASSES['Mc']}{SKIN_TONES}\U000e0020-\U000e007f\u200c]|\u200d[{EMOJI}]?)*",
    re.DOTALL,
)

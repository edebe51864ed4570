"""Where in a text an entry of a word list was found, for people to see: the words themselves, however disguised."""

import re
from collections.abc import Iterator, Sequence

from wall.core.fold import fold, readings_of_name, words
from wall.core.rules.words import UNSPACED, patterns

LOOKED_AT = 2_000
"""Characters in which something is marked."""
MOST_LETTERS = 20
"""Letters of a spaced-out word that is marked."""
SPACED_TOKEN = 2

TOKEN = re.compile(r"\S+")
EDGES = re.compile(r"[^\w#]*(.*?)\W*", re.DOTALL)

Stretch = tuple[int, int]


def marks(text: str, entry: str, *, whole: bool) -> list[Stretch]:
    """Return the stretches (start, end) of a text that an entry was found in; empty where that cannot be told.

    What stands there as it was typed is marked exactly, a disguise by the words that it takes.
    """
    text = text[:LOOKED_AT]
    plain = [match.span() for match in typed(entry, whole=whole).finditer(text) if match[0]]
    if plain:
        return plain
    wanted = list(patterns(entry, whole=whole))
    tokens = [match.span() for match in TOKEN.finditer(text)]
    number = len(words(fold(entry)).split())
    for width in [number, number + 1, *range(2, MOST_LETTERS + 1)]:
        found = list(apart(stretch for stretch in windows(tokens, width, number) if holds(text, stretch, wanted)))
        if found:
            return [trimmed(text, stretch, wanted) for stretch in found]
    return []


def typed(entry: str, *, whole: bool) -> re.Pattern[str]:
    """Return what finds an entry as it was typed, in capitals or not. It holds no operator but ours."""
    bare = entry.strip().strip("*").strip()
    before = r"(?<!\w)" if whole and not entry.strip().startswith("*") and not UNSPACED.match(bare[:1]) else ""
    after = r"(?!\w)" if whole and not entry.strip().endswith("*") and not UNSPACED.match(bare[-1:]) else ""
    return re.compile(before + re.escape(bare) + after, re.IGNORECASE)


def windows(tokens: Sequence[Stretch], width: int, number: int) -> Iterator[Stretch]:
    """Yield the stretches of so many tokens; where that is more than the entry has words, of single letters alone."""
    for first in range(len(tokens) - width + 1):
        taken = tokens[first : first + width]
        if width <= number + 1 or all(end - start <= SPACED_TOKEN for start, end in taken):
            yield taken[0][0], taken[-1][1]


def holds(text: str, stretch: Stretch, wanted: Sequence[str]) -> bool:
    start, end = stretch
    return any(pattern in reading for reading in readings_of_name(text[start:end]) for pattern in wanted)


def trimmed(text: str, stretch: Stretch, wanted: Sequence[str]) -> Stretch:
    """Return a stretch without the marks around its words, unless they are of the disguise."""
    bare = EDGES.fullmatch(text, *stretch)
    return bare.span(1) if bare and holds(text, bare.span(1), wanted) else stretch


def apart(stretches: Iterator[Stretch]) -> Iterator[Stretch]:
    """Yield stretches that do not overlap, the first of those that do."""
    last = 0
    for start, end in stretches:
        if start >= last:
            yield start, end
            last = end

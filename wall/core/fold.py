"""Words as they are read, whatever they are written with: one way to write each letter, and nothing invisible.

Folding goes letter by letter, so a text of any length takes linear time. Pieces of words that belong to a script
stay: a vowel sign of Hindi is not an accent.
"""

import re
from collections.abc import Collection, Iterator
from string import ascii_lowercase, digits
from typing import Literal
from unicodedata import category, decimal, normalize

from ahocorasick_rs import AhoCorasick

from wall.core.hashtag import TATWEEL
from wall.core.lookalikes import LOOKALIKES, LOOSE
from wall.core.strokes import righted
from wall.core.text import BLANK_LETTERS, COMMON_MARKS

Trick = Literal["many", "leet", "spaced"]
"""A letter three times and more, digits and signs for letters, letters that stand apart."""

LONGEST_RUN = 40
"""Letters of a spaced-out word; of a longer run its beginning and its end are looked at."""
SHORTEST_IN_RUN = 4
"""Letters of a word that is found where a run of spaced-out letters begins or ends, such as in `f u c k y o u`."""

# Accents, and the vowel signs of Arabic and Hebrew, which are left out as often as not.
DROPPED = re.compile(f"[{COMMON_MARKS}\u0591-\u05bd\u05bf\u05c1-\u05c7\u064b-\u0652\u0670{TATWEEL}\ufe00-\ufe0f]")
LATIN = re.compile("[A-Za-z]")
FOREIGN = re.compile(r"[^\W\x00-\x7f]")
HUMP = re.compile("([a-z])([A-Z])")
LEET = {
    "0": "o",
    "3": "e",
    "4": "a",
    "5": "s",
    "7": "t",
    "8": "b",
    "9": "g",
    "@": "a",
    "$": "s",
    "€": "e",
    "+": "t",
}
LEET_I = str.maketrans(LEET | dict.fromkeys("1!|", "i"))
LEET_L = str.maketrans(LEET | dict.fromkeys("1!|", "l"))
AFTER_LETTER, BEFORE_LETTER = "01345789@$|", "01345789@$!|+"
LEETISH = re.compile(rf"[^\W\d_][{AFTER_LETTER}€]|[{BEFORE_LETTER}€][^\W\d_]")
BARS = re.compile("[1!|]")
MANY = re.compile(r"([^\W\d_])\1{2,}")
SPACED = re.compile(r"(?<![^ ])[^ ](?: {1,3}[^ ]){2,}(?![^ ])")


class Letters(dict[int, str]):
    """What each character is read as; found when it is first met."""

    def __init__(self, *, looks: bool) -> None:
        super().__init__()
        self.looks = looks

    def __missing__(self, code: int) -> str:
        self[code] = letter = folded(chr(code), looks=self.looks)
        return letter


class Gaps(dict[int, str]):
    """Every character as it is, but a blank for one that is of no word. With `signs`, an emoji is a word by itself."""

    def __init__(self, *, signs: bool) -> None:
        super().__init__()
        self.signs = signs

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = category(char)
        if char.isalnum() or kind[0] == "M":
            self[code] = char
        else:
            self[code] = f" {char} " if self.signs and kind == "So" else " "
        return self[code]


def folded(char: str, *, looks: bool) -> str:
    """Return what one character is read as, possibly nothing or several.

    With `looks`, a capital is read by how it looks (Н as h) rather than by the letter it is (Н as н).
    """
    if char.isspace():
        return " "
    if category(char) in ("Cf", "Cc", "Cs") or char in BLANK_LETTERS:
        return ""
    plain = DROPPED.sub("", normalize("NFKD", char))
    if looks:
        plain = plain.translate(LOOKALIKES)
    return in_ascii_digits(normalize("NFC", plain.casefold())).translate(LOOKALIKES)


def in_ascii_digits(text: str) -> str:
    return text if text.isascii() else "".join(str(decimal(char)) if char.isdecimal() else char for char in text)


BY_LETTER = Letters(looks=False)
BY_LOOK = Letters(looks=True)
WORDS = Gaps(signs=True)
GAPS = Gaps(signs=False)


def fold(text: str) -> str:
    """Return a text with each letter in its one form; what is between words is kept."""
    return text.lower() if text.isascii() else text.translate(BY_LETTER)


def words(text: str, *, signs: bool = True) -> str:
    """Return the words of a folded text, and its emoji if wanted, each with one blank before and after."""
    return f" {' '.join(text.translate(WORDS if signs else GAPS).split())} "


def readings(text: str) -> Iterator[str]:
    """Yield the words of a text in every way that it may be meant to be read, the plainest first."""
    for form in forms(text):
        plain = words(form)
        yield plain
        tricks = tricks_in(form, plain)
        if not tricks:
            continue
        if "many" in tricks:
            yield from map(words, shortened(form))
        if "leet" in tricks:
            for reading in leet(form):
                yield words(reading)
                yield from map(words, shortened(reading))
        if "spaced" in tricks:
            yield from spaced_out(form)


def readings_of_name(name: str) -> Iterator[str]:
    """Yield the words of a name, handle or hashtag in every way, its CamelCase taken apart as well."""
    yield from readings(name)
    if HUMP.search(name):
        yield from readings(HUMP.sub(r"\1 \2", name))


def tricks_in(form: str, plain: str) -> Collection[Trick]:
    """Return what a folded text may have been disguised by; most texts show in one quick pass that they are not."""
    if not form.isascii():
        plain = words(form, signs=False)
    if form.isascii() or not FOREIGN.search(form):
        found_signs = SIGNS_FOUND.find_matches_as_indexes(form + plain)
        return {SIGNS[index][1] for index, _, _ in found_signs} if found_signs else ()
    found: dict[Trick, object] = {
        "leet": LEETISH.search(form),
        "many": MANY.search(form),
        "spaced": SPACED.search(plain),
    }
    return [trick for trick, match in found.items() if match]


def signs() -> Iterator[tuple[str, Trick]]:
    """Yield the short strings by which a disguise in ASCII shows itself."""
    for letter in ascii_lowercase:
        yield letter * 3, "many"
        yield from ((letter + sign, "leet") for sign in AFTER_LETTER)
        yield from ((sign + letter, "leet") for sign in BEFORE_LETTER)
    single = ascii_lowercase + digits
    yield from ((f" {one} {other} ", "spaced") for one in single for other in single)


SIGNS = tuple(signs())
SIGNS_FOUND = AhoCorasick([sign for sign, _ in SIGNS])


def forms(text: str) -> Iterator[str]:
    """Yield a text folded by letter, and by look, and with capital I and small L told apart, where that differs."""
    form = fold(text)
    yield form
    strokes = righted(text)
    if strokes != text:
        yield fold(strokes)
    if not text.isascii() and FOREIGN.search(text):
        looks = " ".join(map(by_look, text.split()))
        if looks.split() != form.split():
            yield looks


def by_look(word: str) -> str:
    if word.isascii():
        return word.lower()
    return (word.translate(LOOSE) if LATIN.search(word) else word).translate(BY_LOOK)


def shortened(form: str) -> Iterator[str]:
    """Yield a text with letters that come three times and more in a row there once, and there twice."""
    if MANY.search(form):
        yield MANY.sub(r"\1", form)
        yield MANY.sub(r"\1\1", form)


def leet(form: str) -> Iterator[str]:
    """Yield a folded text with the digits and signs in its words read as the letters they stand for."""
    tokens = form.split()
    tables = (LEET_I, LEET_L) if BARS.search(form) else (LEET_I,)
    for table in tables:
        yield " ".join(
            token.rstrip("!+").translate(table) if any(map(str.isalpha, token)) else token for token in tokens
        )


def spaced_out(form: str) -> Iterator[str]:
    """Yield what letters that stand apart say together, as in `s h i t` and `s.h.i.t`."""
    for match in SPACED.finditer(form.translate(GAPS).strip()):
        run = match[0].replace(" ", "")
        if not any(map(str.isalpha, run)):
            continue
        # A small L may be meant for an I here, or the I for an L: `s h l t`, `a s s h o I e`.
        runs = (run, righted(run), run.replace("i", "l"))
        for letters in dict.fromkeys(end for one in runs for end in (one[:LONGEST_RUN], one[-LONGEST_RUN:])):
            yield from (words(reading) for reading in (letters, *leet(letters)))
            ends = range(SHORTEST_IN_RUN, len(letters))
            pieces = [letters[1:]] + [letters[:end] for end in ends] + [letters[-end:] for end in ends]
            yield f" {' '.join(pieces)} "

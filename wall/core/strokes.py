"""Capital I and small L, which most typefaces draw as the same stroke, where one stands that no spelling puts there.

Only there: were every l read as an i, a list that says "fail" would catch every "fall", and "ill" would catch III.
"""

import re
from itertools import product
from string import ascii_lowercase, ascii_uppercase, digits

from ahocorasick_rs import AhoCorasick

CONSONANTS = "bcdfghjkmnpqrstvwxz"  # not l, which stands for a vowel here, nor y, which is one
STARTS = " \n\"'(#@-"

AFTER_SMALL = re.compile("(?<=[a-z0-9|])I+")  # asshoIe, aII, k1II
BEFORE_VOWEL = re.compile(r"\bI(?=[aeiou][a-z]{2})")  # Ioser
AMONG_CAPITALS = re.compile(r"(?<![a-z])l+(?=[A-Z][A-Zl])|(?<=[A-Z])l+(?=[A-Z])")  # lDlOT
BEFORE_CONSONANT = re.compile(rf"\bl(?=[{CONSONANTS}][a-z]{{2}})")  # ldiot
NO_VOWEL = re.compile(rf"\b[{CONSONANTS}{CONSONANTS.upper()}][{CONSONANTS}]*+l[{CONSONANTS}l]++\b")  # shlt
SHORTEST_WITHOUT_VOWEL = 4  # letters; pls, nlp and tls are words of ours

# Short strings that every text with such a stroke has, and few others: they are looked for in one quick pass.
HINTS = [
    *(small + "I" for small in f"{ascii_lowercase}{digits}|"),
    *(f"{start}I{vowel}" for start, vowel in product(STARTS, "aeiou")),
    *("l" + capital for capital in ascii_uppercase),
    *(f"{start}l{letter}" for start, letter in product(STARTS, CONSONANTS)),
    # Girls and worlds are frequent.
    *(f"{one}l{other}" for one, other in product((CONSONANTS + CONSONANTS.upper()).replace("r", ""), CONSONANTS)),
]
HINTED = AhoCorasick(HINTS)


def righted(text: str) -> str:
    """Return a text with each such I and l as the other; the same text where there is none."""
    plain = text if text.isascii() else text.encode("ascii", "ignore").decode()
    if not HINTED.find_matches_as_indexes(f" {plain}"):
        return text
    text = AFTER_SMALL.sub(lambda match: "l" * len(match[0]), text)
    text = AMONG_CAPITALS.sub(lambda match: "I" * len(match[0]), text)
    text = BEFORE_CONSONANT.sub("i", BEFORE_VOWEL.sub("l", text))
    return NO_VOWEL.sub(with_vowels, text)


def with_vowels(match: re.Match[str]) -> str:
    word = match[0]
    return word.replace("l", "i") if len(word) >= SHORTEST_WITHOUT_VOWEL else word

"""Pairing codes: the few letters by which an organiser tells a machine in the hall which screen it is."""

from wall.core.words import _
from wall.errors import InvalidInput

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; no digits, so no 0, 1, 2, 5 or 8 among letters
LENGTH = 6
CODES = len(LETTERS) ** LENGTH


def spell_code(number: int) -> str:
    """Return the code of a number from 0 to `CODES` - 1, which should be drawn at random."""
    letters = ""
    for _turn in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def read_code(text: str) -> str:
    """Return a code as somebody typed it, in any case and with spaces or hyphens; raises InvalidInput."""
    code = "".join(sign for sign in text.upper() if sign not in " -\u00a0\u2013")
    if len(code) != LENGTH or any(sign not in LETTERS for sign in code):
        raise InvalidInput(
            _("A code has %(length)s letters, as they stand on the machine.", length=LENGTH), field="code"
        )
    return code

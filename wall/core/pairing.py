"""Pairing codes: the few letters by which an organiser tells a machine in the hall which screen it is."""

from wall.errors import InvalidInput

LETTERS = "BCDFGHJKLMNPQRSTVWXZ"  # no vowels, so no words; no digits, so no 0, 1, 2, 5 or 8 among letters
LENGTH = 6
CODES = len(LETTERS) ** LENGTH


def spell_code(number: int) -> str:
    """Return the code of a number from 0 to `CODES` - 1, which should be drawn at random."""
    letters = ""
    for _ in range(LENGTH):
        number, place = divmod(number, len(LETTERS))
        letters += LETTERS[place]
    return letters


def read_code(text: str) -> str:
    """Return a code as somebody typed it, in any case and with spaces or hyphens; raises InvalidInput."""
    code = "".join(sign for sign in text.upper() if sign not in " -\u00a0\u2013")
    if len(code) != LENGTH or any(sign not in LETTERS for sign in code):
        raise InvalidInput(f"A code has {LENGTH} letters, as they stand on the machine.", field="code")
    return code

"""The part of a wall that a screen shows, of several side by side. Which posts that are is in models/part.js."""

from collections.abc import Mapping
from dataclasses import dataclass

from wall.core.words import _
from wall.errors import InvalidInput

MOST_PARTS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The `nth` of `of` screens, counted from 1. No two of them show the same post."""

    of: int = 1
    nth: int = 1


def parse_part(values: Mapping[str, str]) -> Part:
    """Return a part as filled in, empty for the whole wall; raises InvalidInput naming the field."""
    of, nth = (number(values.get(name, ""), name) for name in ("of", "nth"))
    if nth > of:
        raise InvalidInput(
            _("There is no part %(nth)s of %(of)s: the parts count from 1 to %(of)s.", nth=nth, of=of), field="nth"
        )
    return Part(of=of, nth=nth)


def number(text: str, field: str) -> int:
    digits = text.strip() or "1"
    if not (digits.isascii() and digits.isdigit()) or not 1 <= int(digits[:9]) <= MOST_PARTS:
        raise InvalidInput(_("This is a number from 1 to %(most_parts)s.", most_parts=MOST_PARTS), field=field)
    return int(digits)

"""A day, as a form has it."""

from collections.abc import Mapping
from datetime import date

from wall.core.words import _
from wall.errors import InvalidInput


def parse_day(values: Mapping[str, str], field: str) -> date | None:
    text = values.get(field, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput(_("A day is written like 2026-06-12."), field=field) from error

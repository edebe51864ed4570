"""What a person typed into a form, and what could not be used of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from starlette.requests import Request

from wall.errors import InvalidInput

MOST_FIELDS = 100


@dataclass(frozen=True, slots=True)
class Trouble:
    """A form that was refused: which one of the page, why, and what was typed, so that nobody types it twice."""

    form: str
    error: InvalidInput
    values: Mapping[str, str] = field(default_factory=dict)


async def fields(request: Request) -> dict[str, str]:
    """Return the text fields of a form by name, the last of each; files are refused."""
    values = await request.form(max_files=0, max_fields=MOST_FIELDS)
    return {name: value for name, value in values.multi_items() if isinstance(value, str)}

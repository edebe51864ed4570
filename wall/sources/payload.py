"""Reading JSON whose shape nobody promised: what is missing or of another type is empty, or refused."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from wall.errors import InvalidPost

LONGEST_ID = 2000  # characters
LONGEST_TEXT = 100_000  # characters; more is cut before anybody looks at it


def loads(text: str | bytes) -> Any:
    """Return what a JSON text says; raises InvalidPost when it is none, or one that only wants to exhaust us."""
    try:
        return json.loads(text)
    except RecursionError as error:
        raise InvalidPost("It is JSON nested too deeply to read.") from error
    except ValueError as error:
        raise InvalidPost("It is not JSON.") from error


def mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def mappings(value: object, *, limit: int = 100) -> Iterator[Mapping[str, Any]]:
    """Yield the objects in a list, at most `limit`."""
    if isinstance(value, list):
        yield from (entry for entry in value[:limit] if isinstance(entry, dict))


def strings(value: object, *, limit: int = 100) -> list[str]:
    """Return the texts in a list, at most `limit`."""
    return [entry for entry in value[:limit] if isinstance(entry, str)] if isinstance(value, list) else []


def string(source: Mapping[str, Any], name: str) -> str:
    value = source.get(name)
    return value[:LONGEST_TEXT] if isinstance(value, str) else ""


def identifier(source: Mapping[str, Any], name: str) -> str:
    """Return an id, exactly as written; raises InvalidPost when it cannot serve as one."""
    value = source.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value) if abs(value) < 10**30 else None
    if not isinstance(value, str) or not value.strip():
        raise InvalidPost(f"It has no {name}.", field=name)
    if len(value) > LONGEST_ID or not value.isprintable():
        raise InvalidPost(f"Its {name} is not one: too long, or with characters nobody can see.", field=name)
    return value


def moment(value: object) -> datetime | None:
    """Return the time that an ISO 8601 text says, in UTC, or None when it says none."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        time = datetime.fromisoformat(value)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def since_epoch(seconds: float) -> datetime | None:
    """Return the time so many seconds after 1970, or None when no calendar has it."""
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def milliseconds(time: datetime | None) -> int:
    """Return a time as a revision number, 0 for none."""
    return int(time.timestamp() * 1000) if time else 0

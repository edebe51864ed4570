"""The form of a poll: what was typed made a poll, and filled in with one."""

from collections.abc import Mapping
from datetime import datetime
from typing import cast

from wall.core.poll import Poll, PollKind
from wall.core.words import _
from wall.errors import InvalidInput

LONGEST = 5000  # characters of all answers together, before anything is looked at


def parse_poll(values: Mapping[str, str], *, id: str, now: datetime) -> Poll:
    """Return what was typed, to be checked yet; raises InvalidInput where something is no number."""
    kind = values.get("kind", "")
    return Poll(
        id=id,
        kind=cast(PollKind, kind),
        question=values.get("question", ""),
        options=tuple(values.get("options", "")[:LONGEST].splitlines()),
        most=whole(values, "most", "0") if kind == "several" else 0,
        points=whole(values, "points", "5") if kind == "scale" else 5,
        low=values.get("low", ""),
        high=values.get("high", ""),
        created_at=now,
    )


def whole(values: Mapping[str, str], field: str, usual: str) -> int:
    digits = values.get(field, "").strip() or usual
    if not digits.isascii() or not digits.isdigit():
        raise InvalidInput(_("This is a whole number."), field=field)
    return int(digits[:6])


def form_values(poll: Poll | None) -> dict[str, str]:
    """Return a poll as its form is filled in with it; None for a new one."""
    if poll is None:
        return {"kind": "single", "question": "", "options": "", "most": "0", "points": "5", "low": "", "high": ""}
    return {
        "kind": poll.kind,
        "question": poll.question,
        "options": "\n".join(poll.options),
        "most": str(poll.most if poll.kind == "several" else 0),
        "points": str(poll.points),
        "low": poll.low,
        "high": poll.high,
    }

"""What every step is told of time: when it happens, and what it does to a post's delay."""

import secrets
from datetime import UTC, datetime

from wall.core.moderation import Standing


def delay(before: Standing | None, after: Standing, now: datetime) -> dict[str, object]:
    """Return what a change does to when a post goes on the wall by itself."""
    was = before.due if before else None
    if after.due == was:
        return {}
    if after.due is None:
        return {"undelayed": True}
    return {"delay": int((after.due - now).total_seconds() * 1000)}


def stamp(now: datetime) -> dict[str, object]:
    """Return when a change happens, and the epoch of a feed that begins with it."""
    return {"at": milliseconds(now), "epoch": new_epoch()}


def new_epoch() -> str:
    return secrets.token_hex(3)


def milliseconds(when: datetime) -> int:
    """Return how many went by since the epoch."""
    return int(when.timestamp() * 1000)


def moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, UTC)

"""Which questions a screen is given while nobody votes on them: the newest, and of the others each in its turn."""

from collections.abc import Sequence
from datetime import datetime, timedelta

MOST = 12
NEWEST = 4
TURN = timedelta(minutes=2)
"""After so long the others have moved on by as many as there is room for."""


def in_turn(ids: Sequence[str], now: datetime, *, most: int = MOST) -> list[str]:
    """Return some of the questions, which come oldest first: the newest, and between them others, the oldest first.

    Whatever the number, each is among them for its turn; every screen that asks in the same minutes is given the same.
    """
    if len(ids) <= most:
        return alternately(ids)
    newest, others = list(ids[-NEWEST:]), ids[:-NEWEST]
    room = most - NEWEST
    start = int(now.timestamp() // TURN.total_seconds()) * room % len(others)
    turn = [others[(start + place) % len(others)] for place in range(room)]
    return alternately([*turn, *newest])


def alternately(ids: Sequence[str]) -> list[str]:
    """Return the newest, the oldest, the next newest, and so on."""
    rest = list(ids)
    found: list[str] = []
    while rest:
        found.append(rest.pop(-1 if len(found) % 2 == 0 else 0))
    return found

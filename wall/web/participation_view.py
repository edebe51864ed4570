"""What the desks are told of how people take part."""

from datetime import datetime
from typing import Any

from wall.core.challenge import besieged
from wall.core.event import Event
from wall.core.participation import SLOW
from wall.store import Store


async def participation_view(store: Store, event: Event, now: datetime) -> dict[str, Any]:
    """Return how people take part, as the desks are told of it, and whether very many come at this moment."""
    counts = await store.newcomers.by_minute(event.slug, now=now)
    minute = int(now.timestamp()) // 60
    attacked = besieged(counts, minute) is not None
    check = event.participation.check
    return {
        "type": "participation",
        "open": event.participation.who != "nobody",
        "locked": event.participation.locked,
        "slow_seconds": event.participation.slow_seconds,
        "slow": sorted({*SLOW, event.participation.slow_seconds}),
        "attacked": attacked,
        "checked": check == "on" or (check == "auto" and attacked),
        "newcomers": sum(counts.get(one, 0) for one in range(minute - 9, minute + 1)),
        "turned_away": sum(cause.count for cause in await store.turned_away.all(event.slug)),
    }

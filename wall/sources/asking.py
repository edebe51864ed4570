"""How servers of the fediverse are asked again and again: for which hashtags, how far back, and how often."""

import random
from collections.abc import Sequence
from datetime import timedelta

from wall.core.event import Event
from wall.errors import SourceError
from wall.sources.base import SourceEvent
from wall.sources.merge import Put
from wall.sources.places import wait_seconds

PAGES, FIRST_PAGES = 3, 10
# A post of another server has its writing time, not its arrival's, so it may turn up this far below the newest.
WINDOW = timedelta(minutes=30)
MOST_SWEPT = 40  # posts on the wall or waiting that are looked for again
REFUSED_SECONDS = 600.0  # until a server that refuses us is asked again


async def tell(put: Put, events: Sequence[SourceEvent]) -> None:
    if events:
        await put(events)


def spellings(event: Event) -> list[str]:
    """Return the hashtags to ask for: as written, and as the key, for servers differ in how they fold them."""
    return list(spelt(event))


def spelt(event: Event) -> dict[str, str]:
    """Return the hashtags to ask for, each with how the organiser writes it."""
    named = zip(event.sought, event.keys, strict=False)
    return {form: raw for raw, key in named for form in (raw.lower(), key)}


def between(seconds: tuple[float, float]) -> float:
    return random.uniform(*seconds)


def wait_after(attempt: int, error: SourceError, *, longest: float) -> float:
    """Return how long to leave a server alone after trouble: a good while once it has refused us."""
    return REFUSED_SECONDS if error.permanent else wait_seconds(attempt, error, longest=longest)

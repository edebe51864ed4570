"""Where something happens now: the events that are worth a look each time, when there are hundreds of others.

Looking at all of them every second costs a wall that hosts many events more than what happens in them. What is heard of
an event wakes it; what nobody hears of, or somebody missed, is found by a look at all of them now and then.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Collection, Iterable
from contextlib import suppress

from wall.errors import StoreUnavailable
from wall.rounds import rounds
from wall.store.feeds import Feeds, Published

ALL_SECONDS = 10.0
AGAIN_SECONDS = 1.0

Look = Callable[[Collection[str] | None], Awaitable[Collection[str]]]
"""Looks at these events, or at all; returns those at which to look the next time, whatever is heard of them."""


class Awake:
    """Wakes who looks at events. `watched` returns those that somebody here follows, which are always awake."""

    def __init__(self, watched: Callable[[], Iterable[str]] = tuple) -> None:
        self.watched = watched
        self._stirred: list[set[str]] = []

    def stir(self, slug: str) -> None:
        """Have everybody look at an event the next time."""
        for stirred in self._stirred:
            stirred.add(slug)

    async def hear(self, feeds: Feeds) -> None:
        """Have every update stir its event until cancelled, where no hub tells of them."""
        while True:
            with suppress(StoreUnavailable):  # who looks says so
                async for heard in feeds.listen():
                    if isinstance(heard, Published):
                        self.stir(heard.slug)
            await asyncio.sleep(AGAIN_SECONDS)

    async def rounds(self, look: Look, *, every: float, meanwhile: str) -> None:
        """Look until cancelled at what is awake, with so many seconds between, as `wall.rounds` does."""
        stirred: set[str] = set()
        self._stirred.append(stirred)
        clock, all_at = asyncio.get_running_loop(), -math.inf

        async def turn() -> None:
            nonlocal all_at
            among = None if clock.time() >= all_at else stirred.union(self.watched())
            stirred.clear()
            if among is None:
                all_at = clock.time() + ALL_SECONDS
            try:
                stirred.update(await look(among))
            except StoreUnavailable:
                all_at = -math.inf
                raise

        try:
            await rounds(turn, every=every, meanwhile=meanwhile)
        finally:
            self._stirred.remove(stirred)

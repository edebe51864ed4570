"""What pages ask of polls when they hear that something changed: made once a moment, for all who ask."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

KEPT = timedelta(seconds=1)
MOST_KEPT = 256

Make = Callable[[], Awaitable[str]]


class PollAnswers:
    """The answers of one process, each kept for a second under what was asked, and after which update of the feed.

    Who asks after a newer update is never given an answer from before it: what was struck or hidden stays away.
    """

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.kept: dict[tuple[str, ...], tuple[datetime, str]] = {}
        self.lock = asyncio.Lock()

    async def get(self, key: tuple[str, ...], make: Make) -> str:
        async with self.lock:
            found = self.kept.pop(key, None)
            if found is None or self.now() - found[0] >= KEPT:
                found = self.now(), await make()
            self.kept[key] = found
            while len(self.kept) > MOST_KEPT:
                del self.kept[next(iter(self.kept))]
            return found[1]

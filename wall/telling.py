"""Tells, once a second, what was counted since, and which announcements begin or end. Any number of these may run."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from wall.errors import StoreUnavailable
from wall.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0


class Teller:
    """Tells the feeds of every event what was counted. Run `run` as a task, in as many processes as there are.

    Each thing is told by whoever comes first, in one script that also forgets it.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store = store
        self.now = now

    async def run(self) -> None:
        """Tell until cancelled, through every loss of Redis."""
        while True:
            try:
                await self.tell()
            except StoreUnavailable as error:
                log.warning("What was counted is told once Redis is back: %s", error)
            await asyncio.sleep(EVERY_SECONDS)

    async def tell(self) -> None:
        """Tell of what is untold now."""
        for slug in await self.store.announcements.slugs():
            await self.store.announcements.ring(slug, now=self.now())
        for slug in await self.store.untold.slugs():
            await self.store.untold.tell(slug, now=self.now())

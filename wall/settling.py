"""Decides what circles vote on once its time is over. Any number of these may run; each vote is decided once."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from wall.errors import StoreUnavailable
from wall.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0


class Settler:
    """Looks after the proposals of every circle. Run `run` as a task, in as many processes as there are.

    Whoever reads a proposal whose time has come decides it, too; this is for those that nobody reads.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store = store
        self.now = now

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        while True:
            try:
                await self.look()
            except StoreUnavailable as error:
                log.warning("Circles decide once Redis is back: %s", error)
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Decide what is due now."""
        for slug in await self.store.proposals.slugs():
            await self.store.proposals.all(slug, now=self.now())

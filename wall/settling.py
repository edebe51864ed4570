"""Decides what circles vote on once its time is over. Any number of these may run; each vote is decided once."""

from collections.abc import Callable
from datetime import datetime

from wall.rounds import rounds
from wall.store import Store

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
        await rounds(self.look, every=LOOK_SECONDS, meanwhile="Circles decide once Redis is back")

    async def look(self) -> None:
        """Decide what is due now."""
        for slug in await self.store.proposals.slugs():
            await self.store.proposals.all(slug, now=self.now())

"""Tells, once a second, what was counted since, what begins or ends, and what chats ask.

Any number of these may run.
"""

from collections.abc import Callable, Collection
from datetime import datetime

from wall.awake import Awake
from wall.store import Store

EVERY_SECONDS = 1.0


class Teller:
    """Tells the feeds of every event what was counted. Run `run` as a task, in as many processes as there are.

    Each thing is told by whoever comes first, in one script that also forgets it.
    """

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store = store
        self.now = now

    async def run(self, awake: Awake) -> None:
        """Tell until cancelled, through every loss of Redis."""
        await awake.rounds(self.tell, every=EVERY_SECONDS, meanwhile="What was counted is told once Redis is back")

    async def tell(self, among: Collection[str] | None = None) -> Collection[str]:
        """Tell of what is untold now, of these events or of all; returns those of which more will be by the clock."""
        announcing, chatting = await self.store.announcements.slugs(among), await self.store.chats.slugs(among)
        for slug in announcing:
            await self.store.announcements.ring(slug, now=self.now())
        for slug in chatting:
            await self.store.chats.ring(slug, now=self.now())
        for slug in await self.store.untold.slugs(among):
            await self.store.untold.tell(slug, now=self.now())
        return [*announcing, *chatting]

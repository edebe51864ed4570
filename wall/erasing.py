"""Erases events with all there is of them: keys, roles, pictures. What a crash cut off is gone on with."""

import asyncio
import logging
import time
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from wall.core.erasure import Erased
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput
from wall.media import Pictures
from wall.media.postcards import Postcards
from wall.purge import pictures_of, referred
from wall.rounds import rounds
from wall.store import Store

log = logging.getLogger(__name__)

LOOK_SECONDS = 60.0
SETTLED = timedelta(minutes=10)
"""So long after an event is gone, nobody who was in the midst of something still writes there."""


class Eraser:
    """Erases at a request, and looks after what was begun. Run `run` as a task, in as many processes as there are."""

    def __init__(self, store: Store, pictures: Pictures, now: Callable[[], datetime]) -> None:
        self.store = store
        self.pictures = pictures
        self.now = now

    async def erase(self, event: Event, *, by_name: str, second: str = "") -> None:
        """Erase an event; raises InvalidInput while it has circles of its own."""
        if circles := await self.store.circles.of(event.slug):
            names = ", ".join(f"“{one.title}”" for one in circles)
            raise InvalidInput(_("Erase its circles first: %(names)s.", names=names), field="slug")
        own = tuple(sorted(await pictures_of(self.store, event)))
        erased = Erased(slug=event.slug, at=self.now(), by_name=by_name, second=second, pictures=own)
        await self.store.erasures.begin(event, erased)
        await self._go_on(erased)
        log.warning("The event %s was erased by %s%s.", event.slug, by_name, f" and {second}" if second else "")

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        await rounds(self.look, every=LOOK_SECONDS, meanwhile="Events are erased once Redis is back")

    async def look(self) -> None:
        """Go on with what is not done."""
        for erased in await self.store.erasures.all():
            if not erased.done:
                await self._go_on(erased)
                if self.now() - erased.at > SETTLED:
                    await self.store.erasures.finish(erased)

    async def _go_on(self, erased: Erased) -> None:
        await self.store.people.part_from(erased.slug)
        await self.store.erasures.clear(erased.slug)
        await discard(self.store, self.pictures, erased.pictures)


async def discard(store: Store, pictures: Pictures, ids: Iterable[str]) -> None:
    """Delete pictures that no event refers to, and every picture drawn of a post: those are drawn anew.

    Who fetched one of them for another event meanwhile, and has not submitted its post yet, loses it.
    """
    for id in set(ids) - await referred(store):
        await asyncio.to_thread(pictures.discard, id, time.time() + 1)
    await asyncio.to_thread(Postcards(pictures.folder).discard_older, time.time() + 1)

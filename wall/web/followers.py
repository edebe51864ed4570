"""Presence without tracking: how many streams of an event are open, here and in all other processes."""

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from wall.core.following import Following
from wall.core.people import Role
from wall.errors import StoreUnavailable
from wall.store import Store
from wall.web.fanout import Fanout

log = logging.getLogger(__name__)

SAY_SECONDS = 5.0
FORGOTTEN_SECONDS = 15.0
MOST_KNOWN = 1_000
VIEWERS: tuple[Role, ...] = ("viewer", "embed")


class Followers:
    """How many follow each event. Run `run` as a task for as long as the process serves.

    Screens, desks and those who poll are not counted.
    """

    def __init__(self, store: Store, fanout: Fanout, now: Callable[[], datetime]) -> None:
        self.store = store
        self.fanout = fanout
        self.now = now
        self.process = secrets.token_hex(8)
        self.ordinary: Counter[str] = Counter()
        self.known: dict[str, tuple[float, Following]] = {}
        self.said: set[str] = set()

    async def run(self) -> None:
        """Say how many follow here until cancelled, through every loss of Redis."""
        try:
            while True:
                try:
                    await self.say()
                except StoreUnavailable as error:
                    log.warning("How many follow is told once Redis is back: %s", error)
                await asyncio.sleep(SAY_SECONDS)
        finally:
            with suppress(StoreUnavailable):
                for slug in self.said:
                    await self.store.followers.say(slug, self.process, Following(), seconds=0)

    async def say(self) -> None:
        """Say how many follow each event here, hear how many that makes, and note it for the report."""
        here = self.here()
        for slug in {*here, *self.said}:
            found = await self._say(slug, here.get(slug, Following()))
            await self.store.audience.note(slug, found.all, now=self.now())
        self.said = set(here)

    async def get(self, slug: str) -> Following:
        """Return how many follow an event, as it was some seconds ago."""
        at, found = self.known.get(slug, (float("-inf"), Following()))
        if asyncio.get_running_loop().time() - at < SAY_SECONDS * 2:
            return found
        return await self._say(slug, self.here().get(slug, Following()))

    def here(self) -> dict[str, Following]:
        """Return how many follow each event in this process."""
        found = {slug: Following(number) for slug, number in self.ordinary.items() if number}
        for group in self.fanout.groups.values():
            if group.role in VIEWERS and (number := len(group.audience)):
                place = group.ticket.place
                more = Following(number, number * (place == "room"), number * (place == "remote"))
                found[group.ticket.slug] = found.get(group.ticket.slug, Following()) + more
        return found

    @contextmanager
    def following(self, slug: str, role: Role) -> Iterator[None]:
        """Count a stream of an ordinary road for as long as this lasts."""
        by = 1 if role in VIEWERS else 0
        self.ordinary[slug] += by
        try:
            yield
        finally:
            self.ordinary[slug] -= by
            if not self.ordinary[slug]:
                del self.ordinary[slug]

    async def _say(self, slug: str, own: Following) -> Following:
        seconds = FORGOTTEN_SECONDS if own.all else 0
        found = await self.store.followers.say(slug, self.process, own, seconds=seconds)
        self.known.pop(slug, None)
        self.known[slug] = asyncio.get_running_loop().time(), found
        if len(self.known) > MOST_KNOWN:
            del self.known[next(iter(self.known))]
        return found

"""One ingest worker: which sources it follows, by lease, and for how long."""

import asyncio
import logging
import math
import secrets
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from wall.accept import Acceptor
from wall.core.backoff import delay
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.shares import share
from wall.core.source import SourceSettings
from wall.errors import StoreUnavailable, WallError
from wall.ingest.follower import Follower, Services
from wall.ingest.lease import Lease
from wall.ingest.times import Times
from wall.sources.fetch import Fetch
from wall.sources.registry import is_polled
from wall.store import Store

log = logging.getLogger(__name__)

Key = tuple[str, str]
"""An event's slug and a source's id."""
ReadWith = tuple[tuple[str, ...], tuple[str, ...], Terms, str, str, int]


@dataclass(frozen=True, slots=True)
class Held:
    """A source that this worker follows."""

    lease: Lease
    read_with: ReadWith
    task: asyncio.Task[None]


class Worker:
    """Follows the sources of all events, each by one worker at a time, which holds its lease.

    Run `run` as a task. Several workers on several machines share the sources between them evenly.
    """

    def __init__(
        self,
        store: Store,
        acceptor: Acceptor,
        fetch: Fetch,
        *,
        now: Callable[[], datetime],
        random: Callable[[], float],
        times: Times = Times(),
        public_url: str = "",
    ) -> None:
        self.services = Services(
            store=store, acceptor=acceptor, fetch=fetch, now=now, random=random, times=times, public_url=public_url
        )
        self.store = store
        self.times = times
        self.name = secrets.token_hex(8)
        self.held: dict[Key, Held] = {}
        self.turned_at = asyncio.get_running_loop().time()
        """When it last began to look after its sources, whatever came of it."""
        self.looked_at = -math.inf
        """When it last did, for which Redis must answer."""

    async def run(self) -> None:
        """Follow sources until cancelled, through every loss of Redis; then give the leases back."""
        failures = 0
        clock = asyncio.get_running_loop()
        try:
            while True:
                self.turned_at = clock.time()
                try:
                    await self._look()
                    self.looked_at = clock.time()
                    failures = 0
                except StoreUnavailable as error:
                    failures += 1
                    log.warning("The ingest worker lost Redis: %s", error)
                await asyncio.sleep(self.times.look + delay(failures, self.services.random, longest=5.0))
        finally:
            await asyncio.gather(*(self._stop(key) for key in list(self.held)))
            with suppress(StoreUnavailable):
                await self.store.workers.gone(self.name)

    async def _look(self) -> None:
        """Stop following what was deleted or changed, and follow as many sources as are this worker's share."""
        wanted = await self._wanted()
        for key, held in list(self.held.items()):
            current = wanted.get(key)
            if held.task.done() or current is None or held.read_with != read_with(*current):
                await self._stop(key)
        loads = await self.store.workers.here(self.name, len(self.held), seconds=self.times.lease)
        most = share(self.name, loads, len(wanted))
        for key in sorted(self.held)[most:]:
            await self._stop(key)
        for key in sorted(wanted.keys() - self.held.keys()):
            if len(self.held) < most:
                await self._begin(key, *wanted[key])

    async def _wanted(self) -> dict[Key, tuple[Event, SourceSettings]]:
        events = await self.store.events.all()
        sources = await self.store.sources.of([event.slug for event in events])
        return {
            (event.slug, settings.id): (event, settings)
            for event, each in zip(events, sources, strict=True)
            for settings in each
            if is_polled(settings.kind)
        }

    async def _begin(self, key: Key, event: Event, settings: SourceSettings) -> None:
        lease = await Lease.taken(self.store.leases, *key, seconds=self.times.lease)
        if lease:
            task = asyncio.create_task(self._hold(lease, event, settings), name="/".join(key))
            self.held[key] = Held(lease, read_with(event, settings), task)

    async def _stop(self, key: Key) -> None:
        held = self.held.pop(key)
        held.task.cancel()
        try:
            # Gathered, so that the task's cancellation is not taken for ours, nor ours for the task's.
            (outcome,) = await asyncio.gather(held.task, return_exceptions=True)
        finally:
            with suppress(StoreUnavailable):
                await held.lease.give_back()
        if isinstance(outcome, Exception) and not isinstance(outcome, WallError):
            raise outcome

    async def _hold(self, lease: Lease, event: Event, settings: SourceSettings) -> None:
        """Follow a source for as long as its lease can be renewed."""
        follower = asyncio.create_task(Follower(self.services, lease, event, settings).follow())
        try:
            while not follower.done():
                await asyncio.wait({follower}, timeout=self.times.renew)
                if not await lease.renew():
                    return
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower


def read_with(event: Event, settings: SourceSettings) -> ReadWith:
    """Return what a source is read with: it begins anew when this changes, and for nothing else of its event."""
    return event.hashtags, event.keys, event.terms, event.timezone, event.replies, settings.version

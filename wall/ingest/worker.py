"""One ingest worker: which sources it follows, by lease, and for how long."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from wall.accept import Acceptor
from wall.core.backoff import delay
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.source import SourceSettings
from wall.errors import StoreUnavailable, WallError
from wall.ingest.follower import Follower, Services
from wall.ingest.times import Times
from wall.sources.fetch import Fetch
from wall.sources.registry import source_class
from wall.store import Store

log = logging.getLogger(__name__)

Key = tuple[str, str]
"""An event's slug and a source's id."""
ReadWith = tuple[tuple[str, ...], tuple[str, ...], Terms, str, int]


class Worker:
    """Follows the sources of all events, each by one worker at a time, which holds its lease.

    Run `run` as a task. Several workers on several machines share the sources between them.
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
        self.tasks: dict[Key, tuple[ReadWith, asyncio.Task[None]]] = {}

    async def run(self) -> None:
        """Follow sources until cancelled, through every loss of Redis; then give the leases back."""
        failures = 0
        try:
            while True:
                try:
                    await self._look()
                    failures = 0
                except StoreUnavailable as error:
                    failures += 1
                    log.warning("The ingest worker lost Redis: %s", error)
                await asyncio.sleep(self.times.look + delay(failures, self.services.random, longest=5.0))
        finally:
            await asyncio.gather(*(self._stop(key) for key in list(self.tasks)))

    async def _look(self) -> None:
        """Start following sources that are new or free, and stop those that were deleted or changed."""
        wanted: dict[Key, tuple[Event, SourceSettings]] = {}
        for event in await self.store.events.all():
            for settings in await self.store.sources.all(event.slug):
                if not source_class(settings.kind).pushed:
                    wanted[event.slug, settings.id] = (event, settings)
        for key, (before, task) in list(self.tasks.items()):
            current = wanted.get(key)
            if task.done() or current is None or before != read_with(*current):
                await self._stop(key)
        for key in wanted.keys() - self.tasks.keys():
            if await self.store.sources.take_lease(*key, self.name, seconds=self.times.lease):
                event, settings = wanted[key]
                task = asyncio.create_task(self._hold(event, settings), name=f"{event.slug}/{settings.id}")
                self.tasks[key] = (read_with(event, settings), task)

    async def _stop(self, key: Key) -> None:
        _, task = self.tasks.pop(key)
        task.cancel()
        try:
            # Gathered, so that the task's cancellation is not taken for ours, nor ours for the task's.
            (outcome,) = await asyncio.gather(task, return_exceptions=True)
        finally:
            with suppress(StoreUnavailable):
                await self.store.sources.release_lease(*key, self.name)
        if isinstance(outcome, Exception) and not isinstance(outcome, WallError):
            raise outcome

    async def _hold(self, event: Event, settings: SourceSettings) -> None:
        """Follow a source for as long as its lease can be renewed."""
        follower = asyncio.create_task(Follower(self.services, event, settings).follow())
        try:
            while not follower.done():
                await asyncio.wait({follower}, timeout=self.times.renew)
                if not await self.store.sources.take_lease(
                    event.slug, settings.id, self.name, seconds=self.times.lease
                ):
                    return
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower


def read_with(event: Event, settings: SourceSettings) -> ReadWith:
    """Return what a source is read with: it begins anew when this changes, and for nothing else of its event."""
    return event.hashtags, event.keys, event.terms, event.timezone, settings.version

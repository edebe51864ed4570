"""Following one source: what it yields goes to the acceptor, and how it fares is noted for the organiser."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.accept import Acceptor
from wall.core.backoff import delay
from wall.core.event import Event
from wall.core.post import Post
from wall.core.source import SourceSettings, State
from wall.errors import SourceError, StoreUnavailable
from wall.ingest.bell import StoredBell
from wall.ingest.times import Times
from wall.sources.base import Batch, Checkpoint, Context, Delete, Health, Restore, SetAside, Upsert
from wall.sources.fetch import Fetch
from wall.sources.registry import polled
from wall.store import Store

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What following sources takes, whichever they are."""

    store: Store
    acceptor: Acceptor
    fetch: Fetch
    now: Callable[[], datetime]
    random: Callable[[], float]
    times: Times
    public_url: str = ""


class Follower:
    """Follows one source for its event."""

    def __init__(self, services: Services, event: Event, settings: SourceSettings) -> None:
        self.services = services
        self.event = event
        self.settings = settings

    async def follow(self) -> None:
        """Read the source for ever, waiting longer after each failure in a row."""
        failures = 0
        while True:
            try:
                async with aclosing(self._batches()) as batches:
                    async for batch in batches:
                        await self._take(batch)
                        failures = 0
                error = SourceError("The source ended, which it should not.")
            except SourceError as refused:
                error = refused
            except StoreUnavailable as lost:
                log.warning("%s/%s waits for Redis: %s", self.event.slug, self.settings.id, lost)
                await asyncio.sleep(delay(failures, self.services.random, longest=5.0, first=1.0))
                failures += 1
                continue
            except Exception:
                # A bug in one adapter must not stop the others; the organiser sees it, and it is tried again.
                log.exception("%s/%s failed unexpectedly", self.event.slug, self.settings.id)
                error = SourceError("An unexpected answer; the log of the ingest worker has the details.")
            failures += 1
            await self._wait_after(error, failures)

    async def _batches(self) -> AsyncGenerator[Batch, None]:
        store, slug, settings = self.services.store, self.event.slug, self.settings

        async def known(limit: int) -> Sequence[str]:
            return await store.posts.uids_of(slug, settings.id, limit)

        url = self.services.public_url
        bell = StoredBell(store, slug, settings.id, url) if url else None
        context = Context(
            settings=settings,
            event=self.event,
            fetch=self.services.fetch,
            known=known,
            now=self.services.now,
            bell=bell,
        )
        source = polled(settings.kind)
        position = await store.sources.position(slug, settings.id)
        async with aclosing(source(context).posts(position)) as batches:
            async for batch in batches:
                yield batch

    async def _take(self, batch: Batch) -> None:
        """Take in one batch of a source: deletes after the posts before them, the position in the last step."""
        acceptor, slug, settings = self.services.acceptor, self.event.slug, self.settings
        position: str | None = None
        state: State | None = None
        detail: str | None = None
        reasons: list[str] = []
        posts: list[Post] = []
        taken = 0
        for event in batch:
            match event:
                case Upsert(post):
                    posts.append(post)
                case Delete():
                    taken += await acceptor.accept(slug, posts)
                    posts = []
                    await acceptor.withdraw(slug, event)
                case Restore(post):
                    taken += await acceptor.accept(slug, posts)
                    posts = []
                    taken += await acceptor.restore(slug, post)
                case Checkpoint(position=position):
                    pass
                case SetAside(reason):
                    reasons.append(reason)
                case Health(state, detail):
                    pass
        taken += await acceptor.accept(slug, posts, source_id=settings.id, position=position)
        if taken or reasons or state:
            await self.services.store.sources.note(
                slug,
                settings.id,
                state=state,
                detail=detail,
                error=reasons[-1] if reasons else None,
                posts=taken,
                set_aside=len(reasons),
                now=self.services.now(),
            )

    async def _wait_after(self, error: SourceError, failures: int) -> None:
        """Tell the organiser what went wrong and when it is tried again, and wait until then."""
        services, slug, settings = self.services, self.event.slug, self.settings
        seconds = delay(failures, services.random, longest=services.times.longest_wait, first=1.0)
        if error.permanent:
            seconds = services.times.permanent_wait
        seconds = max(seconds, error.retry_after or 0.0)
        log.warning("%s/%s: %s Next try in %.0f s.", slug, settings.id, error.message, seconds)
        with suppress(StoreUnavailable):
            await services.store.sources.note(
                slug,
                settings.id,
                state="failing",
                detail=error.message,
                error=error.message,
                next_try_at=services.now() + timedelta(seconds=seconds),
                now=services.now(),
            )
        await asyncio.sleep(seconds)

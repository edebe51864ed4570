"""The ingest worker: follows every source of every event, and gives what it yields to the acceptor."""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.accept import Acceptor
from wall.core.backoff import delay
from wall.core.event import Event
from wall.core.matching import Terms
from wall.core.post import Post
from wall.core.source import SourceSettings, State
from wall.core.subscription import Subscription
from wall.errors import SourceError, StoreUnavailable, WallError
from wall.sources.base import Asked, Batch, Checkpoint, Context, Delete, Health, Restore, SetAside, Upsert
from wall.sources.fetch import Fetch
from wall.sources.registry import polled, source_class
from wall.store import Store

log = logging.getLogger(__name__)

LEASE_SECONDS = 9.0
RENEW_SECONDS = 3.0
LOOK_SECONDS = 2.0
LONGEST_WAIT_SECONDS = 60.0
PERMANENT_WAIT_SECONDS = 600.0
MOST_RECALLED = 200

Key = tuple[str, str]
"""An event's slug and a source's id."""
ReadWith = tuple[tuple[str, ...], tuple[str, ...], Terms, str, str, int]


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
        public_url: str = "",
    ) -> None:
        self.store = store
        self.acceptor = acceptor
        self.fetch = fetch
        self.now = now
        self.random = random
        self.public_url = public_url
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
                await asyncio.sleep(LOOK_SECONDS + delay(failures, self.random, longest=5.0))
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
            if await self.store.sources.take_lease(*key, self.name, seconds=LEASE_SECONDS):
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
        follower = asyncio.create_task(self.follow(event, settings))
        try:
            while not follower.done():
                await asyncio.wait({follower}, timeout=RENEW_SECONDS)
                if not await self.store.sources.take_lease(
                    event.slug, settings.id, self.name, seconds=LEASE_SECONDS
                ):
                    return
        finally:
            follower.cancel()
            with suppress(asyncio.CancelledError):
                await follower

    async def follow(self, event: Event, settings: SourceSettings) -> None:
        """Read a source for ever, waiting longer after each failure in a row."""
        failures = 0
        while True:
            try:
                async with aclosing(self._batches(event, settings)) as batches:
                    async for batch in batches:
                        await self._take(event.slug, settings, batch)
                        failures = 0
                error = SourceError("The source ended, which it should not.")
            except SourceError as refused:
                error = refused
            except StoreUnavailable as lost:
                log.warning("%s/%s waits for Redis: %s", event.slug, settings.id, lost)
                await asyncio.sleep(delay(failures, self.random, longest=5.0, first=1.0))
                failures += 1
                continue
            except Exception:
                # A bug in one adapter must not stop the others; the organiser sees it, and it is tried again.
                log.exception("%s/%s failed unexpectedly", event.slug, settings.id)
                error = SourceError("An unexpected answer; the log of the ingest worker has the details.")
            failures += 1
            await self._wait_after(event.slug, settings, error, failures)

    async def _batches(self, event: Event, settings: SourceSettings) -> AsyncGenerator[Batch, None]:
        async def known(limit: int) -> Sequence[str]:
            return await self.store.posts.uids_of(event.slug, settings.id, limit)

        async def recall() -> Sequence[Post]:
            return await self.store.posts.live_of(event.slug, settings.id, MOST_RECALLED)

        async def to_ask() -> Sequence[Post]:
            if event.replies == "no":
                return ()
            return await self.store.threads.to_ask(event.slug, settings.id, now=self.now())

        bell = StoredBell(self.store, event.slug, settings.id, self.public_url) if self.public_url else None
        context = Context(
            settings=settings,
            event=event,
            fetch=self.fetch,
            known=known,
            now=self.now,
            bell=bell,
            to_ask=to_ask,
            recall=recall,
        )
        source = polled(settings.kind)
        position = await self.store.sources.position(event.slug, settings.id)
        async with aclosing(source(context).posts(position)) as batches:
            async for batch in batches:
                yield batch

    async def _take(self, slug: str, settings: SourceSettings, batch: Batch) -> None:
        """Take in one batch of a source: deletes after the posts before them, the position in the last step."""
        position: str | None = None
        state: State | None = None
        detail: str | None = None
        reasons: list[str] = []
        posts: list[Post] = []
        asked: list[str] = []
        taken = 0
        for event in batch:
            match event:
                case Upsert(post):
                    posts.append(post)
                case Delete():
                    taken += await self.acceptor.accept(slug, posts)
                    posts = []
                    await self.acceptor.withdraw(slug, event)
                case Restore(post):
                    taken += await self.acceptor.accept(slug, posts)
                    posts = []
                    taken += await self.acceptor.restore(slug, post)
                case Checkpoint(position=position):
                    pass
                case Asked(uid):
                    asked.append(uid)
                case SetAside(reason):
                    reasons.append(reason)
                case Health(state, detail):
                    pass
        taken += await self.acceptor.accept(slug, posts, source_id=settings.id, position=position)
        for uid in asked:
            await self.store.threads.asked(slug, settings.id, uid, now=self.now())
        if taken or reasons or state:
            await self.store.sources.note(
                slug,
                settings.id,
                state=state,
                detail=detail,
                error=reasons[-1] if reasons else None,
                posts=taken,
                set_aside=len(reasons),
                now=self.now(),
            )

    async def _wait_after(self, slug: str, settings: SourceSettings, error: SourceError, failures: int) -> None:
        """Tell the organiser what went wrong and when it is tried again, and wait until then."""
        seconds = delay(failures, self.random, longest=LONGEST_WAIT_SECONDS, first=1.0)
        if error.permanent:
            seconds = PERMANENT_WAIT_SECONDS
        seconds = max(seconds, error.retry_after or 0.0)
        log.warning("%s/%s: %s Next try in %.0f s.", slug, settings.id, error.message, seconds)
        with suppress(StoreUnavailable):
            await self.store.sources.note(
                slug,
                settings.id,
                state="failing",
                detail=error.message,
                error=error.message,
                next_try_at=self.now() + timedelta(seconds=seconds),
                now=self.now(),
            )
        await asyncio.sleep(seconds)


@dataclass(frozen=True, slots=True)
class StoredBell:
    """The bell of one source: whoever rings, a web process hears, which may be another one on another machine."""

    store: Store
    slug: str
    source_id: str
    public_url: str

    def address(self, token: str) -> str:
        return f"{self.public_url}/{self.slug}/feeds/{self.source_id}/{token}"

    async def subscriptions(self) -> Sequence[Subscription]:
        return await self.store.subscriptions.all(self.slug, self.source_id)

    async def save(self, subscription: Subscription) -> None:
        await self.store.subscriptions.save(self.slug, self.source_id, subscription)

    async def forget(self, token: str) -> None:
        await self.store.subscriptions.forget(self.slug, self.source_id, token)

    async def rung(self) -> bool:
        return await self.store.subscriptions.rung(self.slug, self.source_id)


def read_with(event: Event, settings: SourceSettings) -> ReadWith:
    """Return what a source is read with: it begins anew when this changes, and for nothing else of its event."""
    return event.hashtags, event.keys, event.terms, event.timezone, event.replies, settings.version

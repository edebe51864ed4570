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
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.errors import LeaseLost, SourceError, StoreUnavailable
from wall.ingest.account import Account
from wall.ingest.bell import StoredBell
from wall.ingest.lease import Lease
from wall.ingest.times import Times
from wall.sources.base import (
    Amplified,
    Asked,
    Batch,
    Checkpoint,
    Context,
    Delete,
    Health,
    Restore,
    SetAside,
    Upsert,
)
from wall.sources.fetch import Fetch
from wall.sources.registry import polled
from wall.store import Store
from wall.store.fares import Happened

log = logging.getLogger(__name__)

MOST_RECALLED = 200


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
    """Follows one source for its event, under a lease."""

    def __init__(self, services: Services, lease: Lease, event: Event, settings: SourceSettings) -> None:
        self.services = services
        self.lease = lease
        self.event = event
        self.settings = settings
        self.since = services.now()

    async def follow(self) -> None:
        """Read the source for ever, waiting longer after each failure in a row; ends if the lease is lost."""
        failures = 0
        while True:
            try:
                async with aclosing(self._batches()) as batches:
                    async for batch in batches:
                        await self._take(batch)
                        failures = 0
                error = SourceError(_("The source ended, which it should not."))
            except LeaseLost:
                log.warning("%s/%s is read by another worker.", self.event.slug, self.settings.id)
                return
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
                error = SourceError(_("An unexpected answer; the log of the ingest worker has the details."))
            failures += 1
            await self._wait_after(error, failures)

    async def _batches(self) -> AsyncGenerator[Batch, None]:
        store, slug, settings = self.services.store, self.event.slug, self.settings

        async def known(limit: int) -> Sequence[str]:
            return await store.posts.uids_of(slug, settings.id, limit)

        async def recall() -> Sequence[Post]:
            return await store.posts.live_of(slug, settings.id, MOST_RECALLED)

        async def to_ask() -> Sequence[Post]:
            return await store.threads.to_ask(slug, settings.id, now=self.services.now())

        url = self.services.public_url
        bell = StoredBell(store, slug, settings.id, url) if url else None
        context = Context(
            settings=settings,
            event=self.event,
            fetch=self.services.fetch,
            known=known,
            now=self.services.now,
            bell=bell,
            to_ask=to_ask,
            recall=recall,
        )
        source = polled(settings.kind)
        position = await store.sources.position(slug, settings.id)
        async with aclosing(source(context).posts(position)) as batches:
            async for batch in batches:
                yield batch

    async def _take(self, batch: Batch) -> None:
        """Take in one batch of a source: deletes after the posts before them, the position in the last step."""
        if self.lease.ran_out:
            raise LeaseLost("This worker was held up for longer than its lease.")
        acceptor, slug, settings = self.services.acceptor, self.event.slug, self.settings
        account = Account()
        position: str | None = None
        posts: list[Post] = []
        asked: list[str] = []
        amplified: list[Amplified] = []
        for event in batch:
            match event:
                case Upsert(post):
                    posts.append(post)
                case Delete():
                    account.took(await acceptor.accept(slug, posts))
                    posts = []
                    account.deletes += await acceptor.withdraw(slug, event)
                case Restore(post):
                    account.took(await acceptor.accept(slug, posts))
                    posts = []
                    account.edits += await acceptor.restore(slug, post)
                case Checkpoint(position=position):
                    pass
                case Asked(uid):
                    asked.append(uid)
                case Amplified():
                    amplified.append(event)
                case SetAside(reason):
                    account.reasons.append(reason)
                case Health():
                    account.health = event
        account.took(
            await acceptor.accept(slug, posts, source_id=settings.id, position=position, holder=self.lease.holder)
        )
        for one in amplified:
            await acceptor.amplifying.take(slug, one, now=self.services.now())
        for uid in asked:
            await self.services.store.threads.asked(slug, settings.id, uid, now=self.services.now())
        if account.is_news:
            await self._note(account)

    async def _wait_after(self, error: SourceError, failures: int) -> None:
        """Tell the organiser what went wrong and when it is tried again, and wait until then."""
        services = self.services
        seconds = delay(failures, services.random, longest=services.times.longest_wait, first=1.0)
        if error.permanent:
            seconds = services.times.permanent_wait
        seconds = max(seconds, error.retry_after or 0.0)
        log.warning("%s/%s: %s Next try in %.0f s.", self.event.slug, self.settings.id, error.message, seconds)
        with suppress(StoreUnavailable):
            failed = Account(health=Health("failing", error.message))
            await self._note(failed, next_try_at=services.now() + timedelta(seconds=seconds))
        await asyncio.sleep(seconds)

    async def _note(self, account: Account, *, next_try_at: datetime | None = None) -> None:
        health = account.health
        happened = Happened(
            now=self.services.now(),
            kind=self.settings.kind,
            holder=self.lease.holder,
            state=health.state if health else None,
            detail=health.detail if health else None,
            blind_spots=health.blind_spots if health else None,
            error=account.error,
            reasons=account.reasons,
            posts=len(account.new),
            edits=account.edits,
            deletes=account.deletes,
            lags=account.lags(self.since),
            next_try_at=next_try_at,
        )
        await self.services.store.sources.note(self.event.slug, self.settings.id, happened)

"""Viewers of a hub, each with the wall it was told of and what it was told wrongly."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from tests.cast import NOW, a_post
from wall.core.feed import Cursor
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.hub import Hub
from wall.store.submission import Submission

THROUGH = Verdict(status=Status.APPROVED)
SOON_SECONDS = 25.0
PAUSE_SECONDS = 0.02


def encode(slug, name, view, told):
    return (told.update.offset, told.update.kind, told.update.post_id)


class Viewer:
    """One viewer, as docs/stream.md asks of it: a cursor and a wall, and coming back by itself."""

    def __init__(self, hub, slug):
        self.hub = hub
        self.slug = slug
        self.cursor = None
        self.wall = []
        self.told = set()
        self.resyncs = 0
        self.faults = []

    async def watch(self):
        while True:
            with suppress(StoreUnavailable):
                async with self.hub.join(self.slug, "public", "json", self.cursor) as place:
                    await self.follow(place)
            await asyncio.sleep(PAUSE_SECONDS)

    async def follow(self, place):
        if self.cursor is None:
            await self.begin()
        while True:
            owed = await self.hub.owed(place)
            if owed is None:
                self.resyncs += 1
                await self.begin()
            else:
                self.take(owed, place.cursor)
            await self.hub.news(place)

    async def begin(self):
        """Fetch the wall as it is, and pass over what the stream tells of before."""
        snapshot = await self.hub.store.feeds.snapshot(self.slug, "public", limit=1000)
        self.wall = [standing.post.id for standing in reversed(snapshot.standings)]
        self.cursor = snapshot.cursor
        self.told = set()

    def take(self, owed, cursor):
        for offset, kind, post_id in owed:
            if offset in self.told:
                self.faults.append(("repeat", offset, kind))
            self.told.add(offset)
            if offset <= self.cursor.offset:
                continue
            if offset != self.cursor.offset + 1 or kind != "posted" or cursor.epoch != self.cursor.epoch:
                self.faults.append(("hole", str(self.cursor), cursor.epoch, offset, kind))
            self.wall.append(post_id)
            self.cursor = Cursor(cursor.epoch, offset)


@asynccontextmanager
async def hubs(*stores):
    """Hubs that follow their stores, as many web processes would."""
    async with AsyncExitStack() as stack:
        running = [Hub(store, encode, kept=1000, random=lambda: 0.0) for store in stores]
        for hub in running:
            await stack.enter_async_context(task(hub.follow()))
        await until(lambda: all(hub.caught_up for hub in running))
        yield running


@asynccontextmanager
async def watching(hub, slug, *, many):
    """So many viewers of a hub, each with its first wall."""
    viewers = [Viewer(hub, slug) for _ in range(many)]
    async with AsyncExitStack() as stack:
        for viewer in viewers:
            await stack.enter_async_context(task(viewer.watch()))
        await until(lambda: all(viewer.cursor for viewer in viewers))
        yield viewers


@asynccontextmanager
async def task(coroutine):
    running = asyncio.create_task(coroutine)
    try:
        yield running
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def put_through(store, slug, *, many, before_each=None):
    """Put posts on the wall one after the other, each again until Redis has taken it."""
    posts = [a_post(f"Post {number}") for number in range(many)]
    for number, post in enumerate(posts):
        if before_each:
            await before_each(number)
        await persist(lambda post=post: store.posts.submit(slug, [Submission(post, THROUGH)], now=NOW))
    return [post.id for post in posts]


async def persist(attempt):
    """Try until Redis answers, as every caller of the store does, and return the answer."""
    async with asyncio.timeout(SOON_SECONDS):
        while True:
            try:
                return await attempt()
            except StoreUnavailable:
                await asyncio.sleep(PAUSE_SECONDS)


async def until(condition):
    async with asyncio.timeout(SOON_SECONDS):
        while not condition():
            await asyncio.sleep(PAUSE_SECONDS)


async def converged(store, slug, viewers):
    """Wait until every viewer's wall is the wall as it is kept, and return that."""
    snapshot = await persist(lambda: store.feeds.snapshot(slug, "public", limit=1000))
    kept = [standing.post.id for standing in reversed(snapshot.standings)]
    await until(lambda: all(viewer.wall == kept for viewer in viewers))
    return kept

"""What those who poll are answered: built and compressed once for all who ask."""

import asyncio
import gzip
import hashlib
from collections.abc import Callable, Coroutine, Hashable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.measures import Measures
from wall.hub import Hub
from wall.web import frames, language
from wall.web.pages import Pages
from wall.web.views import post_json

SNAPSHOT_POSTS = 40
SMALLEST_COMPRESSED = 500
LARGEST_KEPT = 64 * 1024
MOST_KEPT = 256


@dataclass(frozen=True, slots=True)
class Answer:
    """A body as it is sent to everybody who asks the same, `gzipped` unless it is too small for that."""

    status: HTTPStatus
    etag: str
    plain: bytes
    gzipped: bytes | None


def made(body: str, status: HTTPStatus = HTTPStatus.OK) -> Answer:
    plain = body.encode()
    # Weak, since both encodings share it.
    etag = f'W/"{hashlib.blake2b(plain, digest_size=12).hexdigest()}"'
    gzipped = gzip.compress(plain, 6, mtime=0) if len(plain) >= SMALLEST_COMPRESSED else None
    return Answer(status, etag, plain, gzipped)


GONE = made(
    frames.dump({"error": {"code": "gone", "message": "That history is gone; fetch the feed without a cursor."}}),
    HTTPStatus.GONE,
)


class Answers:
    """The answers of one process: made by whoever asks first, and shared until the feed moves on."""

    def __init__(self, hub: Hub, pages: Pages, measures: Measures) -> None:
        self.hub = hub
        self.pages = pages
        self.measures = measures
        self.snapshots: dict[tuple[str, str], tuple[tuple[Cursor, str], Answer]] = {}
        self.told: dict[tuple[str, str, Cursor], tuple[Cursor, Answer]] = {}
        self.making: dict[Hashable, asyncio.Task[Answer]] = {}

    async def snapshot(self, event: Event, view: str) -> Answer:
        """Return the wall as it is."""
        # Who asks joins, so that the hub follows the feed and the next one need not ask Redis.
        async with self.hub.join(event.slug, "public", view, None) as viewer:
            kept = self.snapshots.get((event.slug, view))
            if kept and self.hub.caught_up and kept[0] == (viewer.channel.tip, event.theme):
                return kept[1]
            return await self.once((event.slug, view), lambda: self.make_snapshot(event, view))

    async def updates(self, slug: str, view: str, cursor: Cursor) -> Answer:
        """Return what came after a cursor, or that it can no longer be told one by one."""
        async with self.hub.join(slug, "public", view, cursor) as viewer:
            kept = self.told.get((slug, view, cursor))
            if kept and self.hub.caught_up and kept[0] == viewer.channel.tip:
                return kept[1]
            return await self.once((slug, view, cursor), lambda: self.make_updates(slug, view, cursor))

    async def make_snapshot(self, event: Event, view: str) -> Answer:
        snapshot = await self.hub.snapshot(event.slug, "public", limit=SNAPSHOT_POSTS)
        with language.speaking(language.of_view(view)):
            posts = [
                post_json(event.slug, one) if view == "json" else frames.post_html(event.slug, one, self.pages)
                for one in snapshot.standings
            ]
        pinned = [standing.post.id for standing in snapshot.standings if standing.pinned]
        answer = self.made(
            frames.dump(
                {
                    "cursor": str(snapshot.cursor),
                    "posts": posts,
                    "pinned": pinned,
                    "screen": {"theme": event.theme, "curtain": frames.curtain(snapshot.curtain)},
                }
            )
        )
        self.snapshots[event.slug, view] = (snapshot.cursor, event.theme), answer
        return answer

    async def make_updates(self, slug: str, view: str, cursor: Cursor) -> Answer:
        found = await self.owed(slug, view, cursor)
        if found is None:
            return GONE
        reached, encoded = found
        answer = self.made(f'{{"cursor":"{reached}","updates":[{",".join(encoded)}]}}')
        if len(answer.plain) <= LARGEST_KEPT:
            self.told.pop((slug, view, cursor), None)
            self.told[slug, view, cursor] = reached, answer
            while len(self.told) > MOST_KEPT:
                del self.told[next(iter(self.told))]
        return answer

    async def owed(self, slug: str, view: str, cursor: Cursor) -> tuple[Cursor, list[str]] | None:
        """Return what a reader lacks and its next cursor; asks Redis only where this process cannot know."""
        async with self.hub.join(slug, "public", view, cursor) as viewer:
            if self.hub.caught_up:
                owed = await self.hub.owed(viewer)
                return None if owed is None else (viewer.cursor, owed)
        return await self.hub.updates(slug, "public", view, cursor)

    async def once(self, key: Hashable, make: Callable[[], Coroutine[Any, Any, Answer]]) -> Answer:
        """Let those who ask for the same at once wait for one answer, or for one failure."""
        task = self.making.get(key)
        if task is None:
            task = self.making[key] = asyncio.create_task(make())
            task.add_done_callback(lambda done: self.forget(key, done))
        return await asyncio.shield(task)

    def forget(self, key: Hashable, done: "asyncio.Task[Answer]") -> None:
        del self.making[key]
        if not done.cancelled():
            done.exception()  # Nobody may be left to hear of it.

    def made(self, body: str) -> Answer:
        self.measures.built.add()
        return made(body)

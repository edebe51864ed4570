"""Who approves: puts each line that arrives on the wall, as a post that needs no moderator.

Run by the other benchmarks: `python -m bench.approver REDIS_URL PORT`. So a post of ours takes the whole road, through
the store's script and the hub, where the posts of other servers are published bare.
"""

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.moderation import Status, Verdict
from wall.core.post import Author, Post, SourceRef, Tag
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store import open_store
from wall.store.submission import Submission

SLUG = "bench"
EVENT = Event(slug=SLUG, title="Benchmark", hashtags=("PyConEx",), keys=("pyconex",))
APPROVED = Verdict(status=Status.APPROVED)
LONGEST_LINE = 64 * 1024
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Prepared:
    """The event as it was found or made: where its feed is, and what lets a viewer and a screen straight in."""

    tip: Cursor
    viewer: str
    screen: str


async def prepare(url: str) -> Prepared:
    """Make the event unless it is there, and a screen, and tickets that outlast a run."""
    store = open_store(url)
    try:
        if SLUG not in [event.slug for event in await store.events.all()]:
            await store.events.create(EVENT)
        now = datetime.now(UTC)
        screen, _ = await store.screens.open(SLUG, "Main stage", now=now)
        secret = await store.screens.secret(SLUG)
        later = now + timedelta(hours=6)  # a page's ticket is good for ten minutes
        return Prepared(
            tip=await store.feeds.tip(SLUG, "public"),
            viewer=make_stream_ticket(secret, StreamTicket(SLUG, "html"), now=later),
            screen=make_stream_ticket(secret, StreamTicket(SLUG, "html", screen.id), now=later),
        )
    finally:
        await store.database.close()


async def put(url: str, texts: Sequence[str]) -> None:
    """Put posts with these texts on the wall."""
    store = open_store(url)
    try:
        now = datetime.now(UTC)
        await store.posts.submit(SLUG, [Submission(post(text, now), APPROVED) for text in texts], now=now)
    finally:
        await store.database.close()


async def approve(url: str, port: int) -> None:
    store = open_store(url)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            now = datetime.now(UTC)
            await store.posts.submit(SLUG, [Submission(post(line.decode().strip(), now), APPROVED)], now=now)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", port, limit=LONGEST_LINE)
    await server.serve_forever()


def post(text: str, now: datetime) -> Post:
    return Post(
        uid=f"ap:https://social.example/notes/{time.time_ns()}-{next(numbers)}",
        source=SourceRef(id="m1", kind="mastodon"),
        author=Author(uid="ap:https://social.example/users/ana", handle="@ana@social.example", name="Ana"),
        text=text,
        tags=(Tag("PyConEx", "pyconex"),),
        created_at=now,
        received_at=now,
    )


if __name__ == "__main__":
    asyncio.run(approve(sys.argv[1], int(sys.argv[2])))

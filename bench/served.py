"""A wall as an organiser starts it: `backchannel serve` on a free port, its data in a folder that goes with it."""

import asyncio
import os
import re
import secrets
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.statuses import statuses
from wall.core.decision import Decision
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Post, SourceRef
from wall.sources.mastodon.status import parse_status
from wall.sources.payload import loads
from wall.store import Store, open_store
from wall.store.server import running_url
from wall.store.submission import Submission

SLUG = "bench"
EVENT = Event(slug=SLUG, title="Benchmark", hashtags=("PyConDE",), keys=("pyconde",))
SOURCE = SourceRef(id="m1", kind="mastodon")
START_SECONDS = 60.0
ADDRESS = re.compile(rb"http://127\.0\.0\.1:(\d+)")
NETWORK = "social.example"


@dataclass(frozen=True, slots=True)
class Wall:
    """A running wall: where it listens, its store, and the cookies of a moderator and of a screen."""

    port: int
    store: Store
    moderator: str
    screen: str

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def now(self) -> datetime:
        return datetime.now(UTC)

    async def submit(self, post: Post, status: Status) -> None:
        await self.store.posts.submit(SLUG, [Submission(post, Verdict(status=status))], now=datetime.now(UTC))

    async def remove(self, post: Post) -> None:
        standing = await self.store.posts.get(SLUG, post.id)
        decision = Decision(
            id=secrets.token_hex(8),
            post_id=post.id,
            kind="remove",
            by="bench",
            by_name="Bench",
            version=standing.version,
            content_hash=standing.post.content_hash,
        )
        await self.store.posts.decide(SLUG, decision, now=datetime.now(UTC))


@asynccontextmanager
async def served(folder: Path, *options: str, **settings: str) -> AsyncIterator[Wall]:
    """Run the wall until left, with these options and settings (`WALL_…`); nobody else's is touched."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
    command = (sys.executable, "-m", "wall", "serve", "--port", "0", "--data-dir", str(folder), *options)
    process = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE, env=plain | settings)
    try:
        async with asyncio.timeout(START_SECONDS):
            port = await first_port(process)
        store = open_store(running_url(folder / "redis"))
        try:
            await store.events.create(EVENT)
            now = datetime.now(UTC)
            person = await store.people.add("Mia", owner=True)
            moderator = await store.people.sign_in(person, browser="Benchmark", now=now)
            _, screen = await store.screens.open(SLUG, "Main stage", now=now)
            yield Wall(port, store, moderator, screen)
        finally:
            await store.database.close()
    finally:
        if process.returncode is None:
            process.terminate()
        await process.wait()


async def first_port(process: asyncio.subprocess.Process) -> int:
    """Return the port in the address that the wall prints when it answers."""
    assert process.stdout
    async for line in process.stdout:
        if found := ADDRESS.search(line):
            return int(found[1])
    raise SystemExit("The wall did not start; what it says is above.")


def posts(seed: int) -> Iterator[Post]:
    """Yield posts without end, as they come from a Mastodon server."""
    for text in statuses(seed):
        post = parse_status(
            loads(text), host=NETWORK, domain=NETWORK, uids={}, source=SOURCE, now=datetime.now(UTC)
        )
        if post:
            yield post

"""Two versions side by side over one Redis: an upgrade part by part, the way back, and its end."""

import asyncio
import json
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from types import SimpleNamespace

import msgspec
import pytest
import pytest_asyncio

from tests.cast import a_post
from tests.faults.deciders import PatientDeciders
from tests.faults.editions import NEXT, Part, next_version, programs, shared_socket
from tests.faults.viewers import watching
from tests.program import ROOT
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Verdict
from wall.core.post import post_id
from wall.core.source import SourceSettings
from wall.store import open_store
from wall.store.keys import SCHEMA_KEPT, EventKeys
from wall.store.server import PrivateRedis
from wall.store.submission import Submission

pytestmark = pytest.mark.thorough

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
POSTS = 3000
SOURCE_POSTS, SOURCE_PER_SECOND = 3000, 30
PER_SECOND = 12
VIEWERS = 6


@pytest_asyncio.fixture
async def redis(tmp_path):
    server = PrivateRedis(tmp_path / "redis")
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture
async def store(redis):
    store = open_store(redis.url)
    await store.events.create(EVENT)
    yield store
    await store.database.close()


class Wall:
    """A web process and an ingest worker over one Redis, each of any version; two of each while one replaces another."""

    def __init__(self, redis_url, folder, store):
        self.redis_url = redis_url
        self.folder = folder
        self.store = store
        self.sock = shared_socket()
        self.url = f"http://127.0.0.1:{self.sock.getsockname()[1]}"
        self.parts = []
        self.every = []

    async def add(self, kind, version):
        part = Part(kind, version, self.redis_url, self.folder, self.sock if kind == "web" else None)
        self.every.append(part)
        return await part.here(self.store)

    async def open(self, version):
        self.parts = await self.add_all(version)

    async def add_all(self, version):
        return await asyncio.gather(*(self.add(kind, version) for kind in ("web", "ingest")))

    async def become(self, version):
        """Replace one part after the other, each by one that is there before it goes."""
        before, self.parts = self.parts, await self.add_all(version)
        for part in before:
            assert await part.stop() == 0, part.words

    async def close(self):
        for part in self.every:
            await part.kill()
        self.sock.close()


@asynccontextmanager
async def standing(redis, folder, store):
    wall = Wall(redis.url, folder, store)
    try:
        yield wall
    finally:
        await wall.close()


async def test_an_upgrade_part_by_part_and_the_way_back_lose_nobody_anything(redis, store, tmp_path):
    newer = next_version(tmp_path / "next")
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    for start in range(0, POSTS, 500):
        some = [Submission(post, Verdict()) for post in posts[start : start + 500]]
        await store.posts.submit(EVENT.slug, some, now=datetime.now(UTC))
    confirmed = {}
    async with standing(redis, tmp_path, store) as wall:
        await wall.open(ROOT)
        deciders = await PatientDeciders.signed_in(
            SimpleNamespace(url=wall.url), store, EVENT.slug, ("Mia", "Max")
        )
        begin = str(await store.feeds.tip(EVENT.slug, "public"))
        async with (
            watching(f"{wall.url}/{EVENT.slug}", begin, number=VIEWERS) as viewers,
            deciders.at_work(posts, confirmed, per_second=PER_SECOND),
        ):
            await until(lambda: all(viewer.connections for viewer in viewers))
            await more(confirmed)

            await wall.become(newer)
            await until(lambda: schema_is(store, 2))
            assert (await kept_event(store))["motto"] == "One wall for all"
            await more(confirmed)

            await wall.become(ROOT)
            assert await schema_is(store, 1)
            await more(confirmed)
            deciders.turn = len(posts)
            await until(lambda: not deciders.asking)
            tip = await store.feeds.tip(EVENT.slug, "public")
            await until(lambda: all(viewer.cursor == str(tip) for viewer in viewers))

        assert deciders.failed == []
        told = await store.feeds.after(EVENT.slug, "public", 0, limit=10_000)
        kinds = [update.kind for update in told]
        assert {"posted", "hailed"} == set(kinds), "Both versions have decided."
        assert kinds.count("posted") > kinds.count("hailed") > 0
        assert [viewer.offsets for viewer in viewers] == [list(range(1, tip.offset + 1))] * VIEWERS
        assert {viewer.resyncs for viewer in viewers} == {0}
        assert min(viewer.connections for viewer in viewers) > 1
        standings = await store.posts.get_all(EVENT.slug, list(confirmed))
        assert {one.post.id: one.status.value for one in standings} == confirmed


async def test_past_its_point_of_no_return_the_version_before_does_not_start(redis, store, tmp_path):
    newer = next_version(tmp_path / "next", closes=True)
    async with standing(redis, tmp_path, store) as wall:
        old = await wall.add("ingest", ROOT)
        await wall.add("ingest", newer)
        assert len(await programs(store)) == 2
        assert await schema_is(store, 1), "Nothing is migrated while the version before is here."

        await old.stop()
        await until(lambda: schema_is(store, 2))

        for kind in ("ingest", "web"):
            late = await Part(kind, ROOT, redis.url, tmp_path, wall.sock if kind == "web" else None).start()
            wall.every.append(late)
            async with asyncio.timeout(60):
                assert await late.process.wait() == 2
            assert late.words.startswith("A newer version changed what this Redis keeps (schema 2)")
            assert late.words.count("\n") == 1
        assert (await kept_event(store))["motto"] == "One wall for all"


async def test_a_source_moves_to_the_next_version_and_back_and_each_of_its_posts_is_taken_in_once(
    redis, store, tmp_path
):
    newer, recording = next_version(tmp_path / "next"), tmp_path / "recording.jsonl"
    author = {"id": "a", "handle": "ana"}
    lines = [
        {"at": number / SOURCE_PER_SECOND, "id": f"p{number}", "text": f"{number} #PyConEx", "author": author}
        for number in range(SOURCE_POSTS)
    ]
    recording.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    await store.sources.save(EVENT.slug, SourceSettings(id="s", kind="replay", options={"path": str(recording)}))
    async with standing(redis, tmp_path, store) as wall:
        worker, places = await wall.add("ingest", ROOT), []
        for version in (newer, ROOT):
            await until(lambda: came_further(store, places))
            another = await wall.add("ingest", version)
            assert await worker.stop() == 0, worker.words
            worker = another
            places.append(await place(store))
        await until(lambda: came_further(store, places))
        assert await worker.stop() == 0, worker.words
        read = await place(store)

    told = await store.feeds.after(EVENT.slug, "desk", 0, limit=2 * SOURCE_POSTS)
    submitted = [update.post_id for update in told if update.kind == "submitted"]
    assert submitted == [post_id(f"replay:p{number}") for number in range(read)]
    # The control: what the next version wrote has its field, and what came before and after has none.
    written = [await is_of_next(store, id) for id in submitted]
    assert (written[0], True in written, written[-1]) == (False, True, False)


async def place(store):
    return int(await store.sources.position(EVENT.slug, "s") or 0)


async def came_further(store, places):
    return await place(store) > (places[-1] if places else 0) + SOURCE_PER_SECOND // 2


async def is_of_next(store, id):
    """Tell whether a post was written by the next version."""
    return b"applause" in b"".join(await store.database.command("HVALS", EventKeys(EVENT.slug).post(id)))


async def more(confirmed, number=12):
    """Wait until so many more decisions are confirmed."""
    enough = len(confirmed) + number
    await until(lambda: len(confirmed) >= enough)


async def kept_event(store):
    return msgspec.json.decode(await store.database.command("GET", EventKeys(EVENT.slug).event))


async def schema_is(store, number):
    return int(await store.database.command("HGET", SCHEMA_KEPT, "number") or 1) == number


def test_the_next_version_is_another_one(tmp_path):
    """The control: what runs beside this version is not this version."""
    assert f'"{NEXT}-' in (next_version(tmp_path / "next") / "wall/__init__.py").read_text(encoding="utf-8")

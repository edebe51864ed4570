"""A real Redis for every test that asks, and the small cast of the tests."""

import gc
import itertools
import re
from contextlib import suppress
from datetime import UTC, datetime

import pytest_asyncio
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from wall.core.event import Event
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.keys import EVENT_SLUGS
from wall.store.server import PrivateRedis

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
THOROUGH = re.compile(r"^pytestmark = .*\bpytest\.mark\.thorough\b", re.MULTILINE)
BROWSERS = re.compile(r"^tests/(browser/|test_journey)|_in_a_browser\.py$")
slugs = (f"event-{number}" for number in itertools.count(1))


def pytest_configure(config):
    """Have properties be tried on few examples where what is thorough is not wanted."""
    settings.register_profile("few", max_examples=25)
    if "not thorough" in config.option.markexpr:
        settings.load_profile("few")


def pytest_ignore_collect(collection_path, config):
    """Have files that are thorough from end to end not even be read where they are not wanted."""
    if "not thorough" in config.option.markexpr and collection_path.name.startswith("test_"):
        return True if THOROUGH.search(collection_path.read_text(encoding="utf-8")) else None
    return None


def pytest_xdist_make_scheduler(config, log):
    """Have two processes do all that wants a browser and a whole wall, which each of them starts once."""
    return Files(config, log)


class Files(LoadFileScheduling):
    """Gives out the tests by file, and those of browsers in two heaps."""

    def _split_scope(self, nodeid):
        file = super()._split_scope(nodeid)
        return f"browsers {len(file) % 2}" if BROWSERS.search(file) else file


def pytest_collection_finish():
    """Have no search for garbage look through thousands of tests, which stay until the end."""
    gc.freeze()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def one_redis(tmp_path_factory):
    """One private redis-server for the whole run."""
    server = PrivateRedis(tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def redis_server(one_redis):
    """That server, with nothing in it: what looks through all there is, or asks every event, finds no other file's."""
    store = open_store(one_redis.url)
    cursor = b"0"
    while True:
        cursor, keys = await store.database.command("SCAN", cursor, "COUNT", 1000)
        if keys:
            await store.database.command("UNLINK", *keys)
        if int(cursor) == 0:
            break
    await store.database.close()
    return one_redis


@pytest_asyncio.fixture
async def store(redis_server):
    store = open_store(redis_server.url)
    yield store
    await store.database.close()


@pytest_asyncio.fixture
async def event(store):
    """An event of this test's own, so that no test sees another's posts."""
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    yield event
    for _ in range(3):  # what lists all events need not list those of earlier tests
        with suppress(StoreUnavailable):  # where a test took Redis away, or the machine is busy
            await store.database.command("SREM", EVENT_SLUGS, event.slug)
            break

"""A real Redis for every test that asks, and the small cast of the tests."""

import gc
import itertools
from contextlib import suppress
from datetime import UTC, datetime

import pytest_asyncio

from wall.core.event import Event
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.keys import EVENT_SLUGS
from wall.store.server import PrivateRedis

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
slugs = (f"event-{number}" for number in itertools.count(1))


def pytest_collection_finish():
    """Have no search for garbage look through thousands of tests, which stay until the end."""
    gc.freeze()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def redis_server(tmp_path_factory):
    """One private redis-server for the whole run."""
    server = PrivateRedis(tmp_path_factory.mktemp("redis"))
    await server.start()
    yield server
    await server.stop()


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

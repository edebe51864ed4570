"""A real Redis for every test that asks, and the small cast of the tests."""

import itertools
from datetime import UTC, datetime

import pytest_asyncio

from wall.core.event import Event
from wall.store import open_store
from wall.store.server import PrivateRedis

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)
slugs = (f"event-{number}" for number in itertools.count(1))


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
    return event

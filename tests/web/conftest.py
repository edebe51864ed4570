"""The web application, and who uses it: Mia moderates the event, Olga organises it, Max moderates another, Zed is nobody."""

import asyncio
from dataclasses import replace

import pytest_asyncio

from tests.cast import NOW, a_decision, a_post
from tests.web.site import SOON_SECONDS, Site
from wall.core.moderation import Verdict
from wall.store.posts import Submission


@pytest_asyncio.fixture
async def site(redis_server, tmp_path):
    """The application, asked without a socket."""
    async with Site(tmp_path, redis_server.url).running() as site:
        yield site


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    """The application on a real socket, for streams."""
    async with asyncio.timeout(SOON_SECONDS * 4), Site(tmp_path, redis_server.url).listening() as site:
        yield site


@pytest_asyncio.fixture
async def olga(store, event):
    """Olga organises the event."""
    return await store.people.add("Olga", slug=event.slug, role="organiser")


@pytest_asyncio.fixture
async def mia(store, event):
    """Mia moderates the event."""
    return await store.people.add("Mia", slug=event.slug, role="moderator")


@pytest_asyncio.fixture
async def other_event(store, event):
    other = replace(event, slug=f"{event.slug}-other", title="Other Meet")
    await store.events.create(other)
    return other


@pytest_asyncio.fixture
async def max_(store, other_event):
    """Max moderates another event."""
    return await store.people.add("Max", slug=other_event.slug, role="moderator")


@pytest_asyncio.fixture
async def zed(store):
    """Zed is known here, and is nobody at any event."""
    return await store.people.add("Zed")


@pytest_asyncio.fixture
async def owner(store):
    return await store.people.add("Oda", owner=True)


@pytest_asyncio.fixture
async def waiting(store, event):
    """A post that waits for a moderator."""
    post = a_post("Hello from the hall #PyConEx")
    await store.posts.submit(event.slug, [Submission(post, Verdict())], now=NOW)
    return await store.posts.get(event.slug, post.id)


@pytest_asyncio.fixture
async def approved(store, event, waiting):
    """A post that is on the wall."""
    return await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

"""The web application, and who uses it: Mia moderates the event and Olga organises it; Max moderates another and
Otto organises that; Oda owns the installation; Zed is nobody.
"""

import asyncio
from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision, a_post
from tests.web.site import SOON_SECONDS, Site
from tests.web.wall import Wall
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
async def nobody_yet(store):
    """An installation that nobody has set up."""
    await store.database.command("DEL", "wall:{people}:persons")
    await store.limits.forget("sign-in from 127.0.0.1")


@pytest_asyncio.fixture
async def wall(store, nobody_yet):
    """The pages of staff by themselves."""
    wall = Wall(store)
    yield wall
    for browser in wall.browsers:
        await browser.aclose()


@pytest_asyncio.fixture
async def olga(store, event, nobody_yet):
    """Olga organises the event."""
    return await store.people.add("Olga", slug=event.slug, role="organiser")


@pytest_asyncio.fixture
async def mia(store, event, nobody_yet):
    """Mia moderates the event."""
    return await store.people.add("Mia", slug=event.slug, role="moderator")


@pytest_asyncio.fixture
async def other_event(store, event):
    other = replace(event, slug=f"{event.slug}-other", title="Other Meet")
    await store.events.create(other)
    return other


@pytest_asyncio.fixture
async def max_(store, other_event, nobody_yet):
    """Max moderates another event."""
    return await store.people.add("Max", slug=other_event.slug, role="moderator")


@pytest_asyncio.fixture
async def otto(store, other_event, nobody_yet):
    """Otto organises another event."""
    return await store.people.add("Otto", slug=other_event.slug, role="organiser")


@pytest_asyncio.fixture
async def zed(store, nobody_yet):
    """Zed is known here, and is nobody at any event."""
    return await store.people.add("Zed")


@pytest_asyncio.fixture
async def owner(store, nobody_yet):
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


@pytest.fixture
def passphrase():
    return "four plain words together"

"""The whole application, and browsers that notice whatever a stranger's words do in a page."""

from itertools import count

import pytest_asyncio
from playwright.async_api import expect

from tests.attacks.doors import Sender
from tests.attacks.watch import Watch
from tests.browser.chromium import running_chromium
from tests.cast import a_decision
from tests.raw_server import raw_server
from tests.web import conftest as web
from tests.web.site import Site
from wall.core.event import Event
from wall.store.posts import Submission

mia, olga, owner, people = web.mia, web.olga, web.owner, web.people
other_event, served, site = web.other_event, web.served, web.site

slugs = (f"room-{number}" for number in count(1))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium():
    async with running_chromium() as chromium:
        yield chromium


@pytest_asyncio.fixture(loop_scope="session")
async def unguarded(chromium):
    """A browser that heeds no policy of pages, so that escaping alone stands between words and scripts."""
    async with Watch.opened(chromium, bypass_csp=True) as watch:
        yield watch


@pytest_asyncio.fixture(loop_scope="session")
async def guarded(chromium):
    """A browser as people have it."""
    async with Watch.opened(chromium) as watch:
        yield watch


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def hall(redis_server, tmp_path_factory):
    """The whole application on a real socket, for browsers; each test has an event of its own there."""
    async with Site(tmp_path_factory.mktemp("hall"), redis_server.url).listening() as hall:
        yield hall


@pytest_asyncio.fixture(loop_scope="session")
async def room(hall):
    """An event of the hall, where Mia moderates."""
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await hall.store.events.create(event)
    return Room(hall, event, await hall.store.people.add("Mia", slug=event.slug, role="moderator"))


@pytest_asyncio.fixture
async def sender(site, event):
    """A program that sends posts to a wall that asks no private address."""
    return await Sender(site, event).open()


@pytest_asyncio.fixture
async def open_site(redis_server, tmp_path):
    """A wall that may ask this machine for pictures, because that is where the tests have them."""
    async with Site(tmp_path, redis_server.url, private_addresses=True).running() as site:
        yield site


@pytest_asyncio.fixture
async def open_sender(open_site, event):
    return await Sender(open_site, event).open()


@pytest_asyncio.fixture
async def server():
    """A server of the author's own."""
    async with raw_server() as server:
        yield server


class Room:
    """An event, and the pages on it in a browser that is watched."""

    def __init__(self, hall, event, moderator):
        self.hall, self.event, self.moderator = hall, event, moderator
        self.store, self.slug = hall.store, event.slug

    async def take_in(self, posts, verdict):
        await self.store.posts.submit(self.slug, [Submission(post, verdict) for post in posts], now=self.hall.time)

    async def decide(self, kind, posts):
        for standing in await self.store.posts.get_all(self.slug, [post.id for post in posts]):
            await self.store.posts.decide(self.slug, a_decision(kind, standing), now=self.hall.time)

    async def live(self, watch):
        page = await watch.context.new_page()
        await page.goto(f"{self.hall.base}/{self.slug}")
        return page

    async def screen(self, watch):
        _, token = await self.store.screens.open(self.slug, "Main hall", now=self.hall.time)
        return await self.page_of(watch, "screen", f"screen-{self.slug}", token)

    async def desk(self, watch):
        page = await self.page_of(watch, "moderate", "session", await self.hall.secret_of(self.moderator))
        await expect(page.locator(".connection[data-level=good]")).to_be_attached()
        return page

    async def page_of(self, watch, name, cookie, secret):
        await watch.context.add_cookies([{"name": cookie, "value": secret, "url": self.hall.base}])
        page = await watch.context.new_page()
        await page.goto(f"{self.hall.base}/{self.slug}/{name}")
        return page

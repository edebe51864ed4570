"""A wall that is open to programs of others, and what they ask of it."""

from dataclasses import replace

import pytest
import pytest_asyncio

from tests.cast import NOW, a_decision, a_post
from tests.waiting import until
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store.database import Database
from wall.store.submission import Submission


class Program:
    """A program of others, which asks without cookies, from a page of another site."""

    def __init__(self, site, slug):
        self.site = site
        self.slug = slug
        self.browser = site.browser(headers={"sec-fetch-site": "cross-site", "origin": "https://fediwall.example"})

    async def get(self, path, **options):
        return await self.browser.get(path, **options)

    async def posts(self, path="/api/v1/timelines/tag/PyConEx", **query):
        """Return the statuses at an address, once this process knows what stands on the wall."""
        await self.heard()
        answer = await self.get(path, params=query)
        assert answer.status_code == 200
        return answer.json()

    async def heard(self):
        await until(self.knows)

    async def knows(self):
        tip = await self.site.store.feeds.tip(self.slug, "public")
        channel = self.site.services["hub"].channels.get((self.slug, "public"))
        return channel is None or channel.tip == tip


@pytest_asyncio.fixture
async def opened(store, event):
    """The event, open to programs of others."""
    return await store.events.change(event.slug, lambda before: replace(before, mastodon_api=True))


@pytest.fixture
def program(site, opened):
    return Program(site, opened.slug)


@pytest.fixture
def show(site, store, event):
    async def show(text="Hello #PyConEx", **fields):
        """Bring a post onto the wall a moment after the one before."""
        site.later(seconds=1)
        post = a_post(text, **fields)
        verdict = Verdict(status=Status.APPROVED)
        await store.posts.submit(event.slug, [Submission(post, verdict)], now=site.time)
        return await store.posts.get(event.slug, post.id)

    return show


@pytest.fixture
def act(store, event):
    async def act(kind, standing):
        newest = await store.posts.get(event.slug, standing.post.id)
        await store.posts.decide(event.slug, a_decision(kind, newest), now=NOW)

    return act


@pytest.fixture
def without_redis(monkeypatch):
    """Have Redis away from when this is called."""

    async def away(*args, **options):
        raise StoreUnavailable("Redis is away.")

    def begin():
        for name in ("command", "commands", "run"):
            monkeypatch.setattr(Database, name, away)

    return begin

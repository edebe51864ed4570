"""An event that lets anybody take part, and who does."""

import secrets
from dataclasses import replace

import pytest

from wall.core.moderation import Status
from wall.core.participation import NEW
from wall.core.source import SourceSettings


@pytest.fixture(autouse=True)
async def opened(store, event):
    """The event lets anybody take part."""
    await store.sources.save(event.slug, SourceSettings(id="form", kind="form"))
    return await store.events.change(event.slug, lambda event: replace(event, participation=NEW))


@pytest.fixture
def rule(store, event):
    async def rule(**fields):
        """Change how people take part."""
        return await store.events.change(
            event.slug, lambda event: replace(event, participation=replace(event.participation, **fields))
        )

    return rule


@pytest.fixture
def browser_at(site, event):
    async def browser_at(address="192.0.2.1", **query):
        """Return a browser that has opened the page."""
        browser = site.browser(address=address)
        browser.follow_redirects = True
        page = await browser.get(f"/{event.slug}/join", params=query)
        assert page.status_code == 200
        return browser

    return browser_at


@pytest.fixture
async def ana(browser_at):
    return await browser_at()


@pytest.fixture
def send(event):
    async def send(browser, text="Hello from afar", *, picture=None, **fields):
        form = {"text": text, "name": "Ana", "nonce": secrets.token_hex(16)} | fields
        files = {"picture": ("cat.png", picture)} if picture is not None else None
        return await browser.post(f"/{event.slug}/join", data=form, files=files)

    return send


@pytest.fixture
def waiting_posts(store, event):
    async def waiting_posts():
        return [one for _, one in await store.posts.page(event.slug, Status.WAITING, limit=100)]

    return waiting_posts


@pytest.fixture
def causes(store, event):
    async def causes():
        return {one.why: one.count for one in await store.turned_away.all(event.slug)}

    return causes

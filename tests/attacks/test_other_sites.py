"""Pages of other sites, open in the browser of somebody who is signed in here: for every route there is."""

import pytest
from starlette.routing import WebSocketRoute
from websockets.exceptions import InvalidStatus

from tests.web.site import HERE, next_frame
from tests.web.test_access import MAY, STREAMS, a_widget, form_of, names, picture, staff  # noqa: F401 - fixtures
from tests.web.test_security import FOREIGN_ORIGINS, foreign
from wall.core.audit import Filter
from wall.web.routes import routes

UNSAFE = sorted(row for row in MAY if not row.startswith(("GET ", "HEAD ")))
SOCKETS = sorted(route.path for route in routes() if isinstance(route, WebSocketRoute))
# What a form, a script without asking first, and a link of another site can send with the cookies of who visits it.
FORGED = [
    {"origin": "http://evil.example", "sec-fetch-site": "cross-site"},
    {"origin": "null", "sec-fetch-site": "cross-site"},
    {"origin": HERE, "sec-fetch-site": "same-site"},
    {"origin": "http://evil.example"},
    {},
]
REFUSAL = "This request came from another site."


@pytest.fixture
async def owner_s_browser(site, owner):
    """The browser of somebody who may do everything, without what tells our own pages from others."""
    browser = await site.browser_of(owner)
    del browser.headers["sec-fetch-site"]
    return browser


def test_every_unsafe_route_and_every_socket_is_tried():
    unsafe = {
        f"{method} {route.path}"
        for route in routes()
        for method in (getattr(route, "methods", None) or ())
        if method not in ("GET", "HEAD")
    }

    assert set(UNSAFE) == unsafe
    assert set(SOCKETS) == set(STREAMS)


@pytest.mark.parametrize("forged", FORGED, ids=str)
async def test_no_other_site_has_anything_done(site, event, owner_s_browser, names, forged):  # noqa: F811
    before = await everything(site, event)

    for row in UNSAFE:
        method, path = row.split(" ")
        answer = await owner_s_browser.request(
            method, path.format(**names), headers=forged, **await form_of(path, names, site.store)
        )
        assert (answer.status_code, REFUSAL in answer.text) == (403, True), row

    assert await everything(site, event) == before


async def test_our_own_pages_are_not_taken_for_another_site(site, event, owner_s_browser, names):  # noqa: F811
    before = await everything(site, event)

    for row in UNSAFE:
        method, path = row.split(" ")
        answer = await owner_s_browser.request(
            method, path.format(**names), headers={"origin": HERE}, **await form_of(path, names, site.store)
        )
        assert REFUSAL not in answer.text, row

    assert await everything(site, event) != before


@pytest.mark.parametrize("path", SOCKETS)
async def test_no_other_site_opens_a_stream(served, event, owner, path):
    browser = await served.browser_of(owner)
    _, token = await a_widget(served.store, event)
    path = path.format(slug=event.slug, token=token)

    for origin in FOREIGN_ORIGINS:
        with pytest.raises(InvalidStatus) as refused:
            async with served.stream(path, browser=browser, origin=foreign(origin, served.base)):
                pass
        assert refused.value.response.status_code == 403, origin

    async with served.stream(path, browser=browser) as stream:
        assert await next_frame(stream, "hello")


async def test_a_ticket_lets_no_other_site_in(served, event):
    """The fast road, which is let in before the application is asked."""
    page = (await served.browser().get(f"/{event.slug}")).text
    path = f"/{event.slug}/stream?ticket={page.partition('ticket=')[2].partition(chr(34))[0]}"

    for origin in FOREIGN_ORIGINS:
        with pytest.raises(InvalidStatus) as refused:
            async with served.stream(path, origin=foreign(origin, served.base)):
                pass
        assert refused.value.response.status_code == 403, origin

    async with served.stream(path) as stream:
        assert await next_frame(stream, "hello")


async def everything(site, event):
    """Return all that staff could have changed."""
    store = site.store
    entries, _ = await store.audit.page(event.slug, Filter(), limit=100)
    tips = [await store.feeds.tip(event.slug, name) for name in ("public", "desk")]
    return [
        await store.events.get(event.slug),
        (await store.rules.get(event.slug)).rules,
        entries,
        tips,
        await people(store),
    ]


async def people(store):
    return sorted(await store.people.all(), key=lambda person: person.id)

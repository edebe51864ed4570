"""The web application on a real Redis, and who uses it: Olga, Mia, Max, Otto, Oda and Zed."""

import json
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest
import pytest_asyncio
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route

from tests.cast import NOW, a_decision, a_post
from tests.circle import RULE, a_circle
from tests.web.site import Site
from wall.assets import folder
from wall.config import Config
from wall.core.event import Event
from wall.core.measures import Measures
from wall.core.moderation import Verdict
from wall.core.people import Link
from wall.store.submission import Submission
from wall.web import account, error_pages, live, organise
from wall.web.pages import Pages
from wall.web.security import Security
from wall.web.static_files import StaticFiles

HERE = "http://127.0.0.1:8000"
DORA = {"name": "Dora", "reach": "dora@x.example", "reason": "She <b>asks</b> well."}
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Wall:
    """The web process, with a clock that the tests set."""

    def __init__(self, store):
        self.store = store
        self.time = NOW
        self.config = Config()
        self.pages = Pages()
        self.measures = Measures()
        self.app = Starlette(
            routes=[
                Mount("/static/{edition}", StaticFiles(folder("static"))),
                *account.routes,
                *organise.routes,
                Route("/{slug}/theme.css", live.theme),
            ],
            middleware=[Middleware(Security, public_url="")],
            exception_handlers=error_pages.HANDLERS,
        )
        self.browsers = []

    async def __call__(self, scope, receive, send):
        services = {
            "config": self.config,
            "store": self.store,
            "pages": self.pages,
            "measures": self.measures,
            "now": lambda: self.time,
        }
        await self.app({**scope, "state": services}, receive, send)

    def browser(self, *, address="127.0.0.1", base=HERE, headers=None):
        """Return a browser of its own, with its own cookies, as Chromium and Firefox ask."""
        transport = httpx2.ASGITransport(app=self, client=(address, 50000))
        headers = {
            "accept": "text/html",
            "sec-fetch-site": "same-origin",
            "user-agent": FIREFOX,
            **(headers or {}),
        }
        browser = httpx2.AsyncClient(transport=transport, base_url=base, headers=headers)
        self.browsers.append(browser)
        return browser

    async def browser_of(self, person):
        """Return a browser in which a person is signed in, by a link as in life."""
        browser = self.browser()
        token = await self.link("sign-in", person_id=person.id)
        answer = await browser.post("/sign-in", data={"token": token})
        assert answer.status_code == 303
        return browser

    async def link(self, kind, **fields):
        link = Link(kind=kind, expires_at=self.time + timedelta(hours=1), **fields)
        return await self.store.people.make_link(link, now=self.time)

    def on_insecure_lan(self):
        self.config = replace(self.config, insecure_lan=True)


@pytest_asyncio.fixture
async def people(store):
    """The staff of a wall that nobody has set up yet."""
    await store.database.command("DEL", "wall:{people}:persons")
    await store.limits.forget("sign-in from 127.0.0.1")
    return store.people


@pytest_asyncio.fixture
async def wall(store, people):
    """The staff's pages alone, for browsers that sign in as in life."""
    wall = Wall(store)
    yield wall
    for browser in wall.browsers:
        await browser.aclose()


@pytest_asyncio.fixture
async def site(redis_server, tmp_path):
    """The whole application, asked without a socket."""
    async with Site(tmp_path, redis_server.url).running() as site:
        yield site


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    """The whole application on a real socket, for streams."""
    async with Site(tmp_path, redis_server.url).listening() as site:
        yield site


@pytest_asyncio.fixture
async def olga(people, event):
    """Olga organises the event."""
    return await people.add("Olga", slug=event.slug, role="organiser")


@pytest_asyncio.fixture
async def mia(people, event):
    """Mia moderates the event."""
    return await people.add("Mia", slug=event.slug, role="moderator")


@pytest_asyncio.fixture
async def other_event(store, event):
    other = Event(slug=f"{event.slug}-other", title="Other Meet", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(other)
    return other


@pytest_asyncio.fixture
async def max_(people, other_event):
    """Max moderates another event."""
    return await people.add("Max", slug=other_event.slug, role="moderator")


@pytest_asyncio.fixture
async def otto(people, other_event):
    """Otto organises another event."""
    return await people.add("Otto", slug=other_event.slug, role="organiser")


@pytest_asyncio.fixture
async def zed(people):
    """Zed is known here, and is nobody at any event."""
    return await people.add("Zed")


@pytest_asyncio.fixture
async def owner(people):
    return await people.add("Oda", owner=True)


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


@pytest.fixture
async def browser(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
def decide(browser, event):
    async def decide(kind, standing, /, **changed):
        form = {
            "id": "decision1", "post": standing.post.id, "kind": kind,
            "version": standing.version, "hash": standing.post.content_hash,
        }  # fmt: skip
        return await browser.post(f"/{event.slug}/moderate/decisions", json=form | changed)

    return decide


@pytest.fixture
def ask(browser, event):
    async def ask(path, body):
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return await browser.post(f"/{event.slug}/moderate/{path}", content=content)

    return ask


@pytest_asyncio.fixture
async def hall(site, event):
    """The browser of a screen, and the screen."""
    return await site.browser_of_screen(event.slug)


@pytest.fixture
def ask_plan(event, hall):
    """Ask for the plan as that screen does."""

    async def ask_plan(**options):
        return await hall[0].get(f"/{event.slug}/screen/plan", **options)

    return ask_plan


# The circle


@pytest_asyncio.fixture
async def people_of(site, store, event):
    """The browsers of Olga's friends Ana and Ben, in a circle of three."""
    await store.events.change(event.slug, lambda before: replace(before, circle=RULE))
    *_, anas, bens = await a_circle(store, event.slug)
    browsers = [site.browser(headers={"accept": "text/html"}) for _ in (anas, bens)]
    for browser, secret in zip(browsers, (anas, bens), strict=True):
        browser.cookies.set(f"circle-{event.slug}", secret)
    return browsers


@pytest.fixture
def ana(people_of):
    return people_of[0]


@pytest.fixture
def ben(people_of):
    return people_of[1]


@pytest.fixture
def circle_path(event):
    return f"/{event.slug}/circle"


@pytest_asyncio.fixture
async def proposal(site, ana, circle_path):
    """The address of Ana's proposal to admit Dora."""
    site.later(minutes=1)
    return (await ana.post(f"{circle_path}/propose", data=DORA)).headers["location"]

"""The pages of staff by themselves, asked without a socket, with a clock that the tests set."""

from dataclasses import replace
from datetime import timedelta

import httpx2
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from tests.cast import NOW
from wall.assets import folder
from wall.config import Config
from wall.core.people import Link
from wall.web import account, error_pages, live, organise
from wall.web.pages import Pages
from wall.web.security import Security

HERE = "http://127.0.0.1:8000"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


class Wall:
    """The web process, with a clock that the tests set."""

    def __init__(self, store):
        self.store = store
        self.time = NOW
        self.config = Config()
        self.pages = Pages()
        self.app = Starlette(
            routes=[
                Mount("/static/{edition}", StaticFiles(directory=folder("static"))),
                *account.routes,
                *organise.routes,
                Route("/{slug}/theme.css", live.theme),
            ],
            middleware=[Middleware(Security, public_url="")],
            exception_handlers=error_pages.HANDLERS,
        )
        self.browsers = []

    async def __call__(self, scope, receive, send):
        services = {"config": self.config, "store": self.store, "pages": self.pages, "now": lambda: self.time}
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

"""The whole web application on a real Redis, asked in this process or over a socket, by people of the tests."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import httpx2
import uvicorn
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError

from tests.cast import NOW
from tests.program import KEY
from tests.waiting import until
from wall.commands.web import LONGEST_FRAME
from wall.config import Config
from wall.web.app import create_app
from wall.web.entrance import Entrance
from wall.web.server import Server

HERE = "http://127.0.0.1"
SOON_SECONDS = 5.0


class Site:
    """A running application, with a clock that the tests set. `port` is 0 unless it listens."""

    def __init__(self, folder, redis_url, **settings):
        self.time = NOW
        self.config = Config(data_dir=folder, **{"back_channel_key": KEY, **settings})
        self.app = create_app(self.config, redis_url=redis_url, now=lambda: self.time)
        self.services = {}
        self.browsers = []
        self.port = 0

    async def __call__(self, scope, receive, send):
        await self.app({**scope, "state": dict(self.services)}, receive, send)

    @property
    def store(self):
        return self.services["store"]

    @property
    def base(self):
        return f"{HERE}:{self.port}" if self.port else HERE

    def later(self, **passed):
        self.time += timedelta(**passed)

    def browser(self, *, address="127.0.0.1", base=None, headers=None, **options):
        """Return a browser of its own, with its own cookies, whose requests come from pages of this site."""
        transport = httpx2.ASGITransport(app=self, client=(address, 50000), **options)
        headers = {"sec-fetch-site": "same-origin", **(headers or {})}
        browser = httpx2.AsyncClient(transport=transport, base_url=base or self.base, headers=headers)
        self.browsers.append(browser)
        return browser

    async def browser_of(self, person, **options):
        """Return a browser in which a person is signed in."""
        browser = self.browser(**options)
        browser.cookies.set("session", await self.secret_of(person))
        return browser

    async def secret_of(self, person):
        return await self.store.people.sign_in(person, browser="Firefox", now=self.time)

    async def browser_of_screen(self, slug, kind="screen"):
        """Return the browser of a projector, or of another kind of screen, opened by its link, and the screen."""
        screen, token = await self.store.screens.open(slug, "Main hall", now=self.time, kind=kind)
        browser = self.browser()
        browser.cookies.set(f"{kind}-{slug}", token)
        return browser, screen

    def client(self):
        """Return a program that asks over a real socket."""
        return httpx2.AsyncClient(base_url=self.base, trust_env=False)

    def stream(self, path, *, browser=None, origin="ours", **options):
        """Connect to a stream as a page of this site does, with the cookies of a browser."""
        cookies = "; ".join(f"{one.name}={one.value}" for one in browser.cookies.jar) if browser else ""
        headers = {"cookie": cookies} if cookies else {}
        return connect(
            f"ws://127.0.0.1:{self.port}{path}",
            origin=self.base if origin == "ours" else origin,
            additional_headers=headers,
            compression=None,
            proxy=None,
            **options,
        )

    @asynccontextmanager
    async def running(self):
        """Run the application without a socket: `browser` asks it directly."""
        async with self.app.router.lifespan_context(self.app) as services:
            self.services = services
            try:
                yield self
            finally:
                await self.leave()

    @asynccontextmanager
    async def listening(self, *, port=0, **options):
        """Run the application in a real server, as `backchannel web` does."""
        sock = socket.socket()
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        for name, value in options.items():
            sock.setsockopt(socket.SOL_SOCKET, getattr(socket, name), value)
        sock.bind(("127.0.0.1", port))
        sock.listen()
        self.port = sock.getsockname()[1]
        settings = uvicorn.Config(
            self.app,
            http=Entrance,
            ws="websockets-sansio",
            ws_max_size=LONGEST_FRAME,
            ws_per_message_deflate=False,
            log_config=None,
            access_log=False,
        )
        settings.load()
        server = Server(settings)
        server.lifespan = settings.lifespan_class(settings)
        await server.startup(sockets=[sock])
        self.services = server.lifespan.state
        await until(lambda: self.services["hub"].caught_up)
        try:
            yield self
        finally:
            await self.leave()
            server.force_exit = True  # nobody who is still connected is waited for
            await server.shutdown(sockets=[sock])
            await stopped(server.server_state.tasks)
            await server.lifespan.shutdown()  # which a forced exit leaves out

    async def leave(self):
        for browser in self.browsers:
            await browser.aclose()


async def stopped(tasks):
    """Stop what answers still."""
    left = list(tasks)
    for task in left:
        task.cancel()
    await asyncio.gather(*left, return_exceptions=True)


async def next_frame(stream, type):
    """Return the next frame of a stream of this type, passing over the others."""
    async for text in stream:
        frame = json.loads(text)
        if frame["type"] == type:
            return frame
    raise AssertionError(f"The stream ended without a frame “{type}”.")


async def updates(stream, count):
    """Return as many updates of a stream, as they come."""
    told = []
    while len(told) < count:
        told += (await next_frame(stream, "updates"))["updates"]
    return told


async def closed(stream):
    """Return the code that a stream is closed with."""
    with suppress(ConnectionClosedError):
        async for _ in stream:
            pass
    return stream.close_code

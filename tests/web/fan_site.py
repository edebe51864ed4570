"""The web process behind a real socket, as `backchannel web` runs it, with the entrance in front."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager

import uvicorn
from websockets.asyncio.client import connect

from tests.cast import NOW, a_post
from wall.commands.web import LONGEST_FRAME
from wall.config import Config
from wall.core.moderation import Status, Verdict
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store.submission import Submission
from wall.web.app import create_app
from wall.web.entrance import Entrance
from wall.web.server import Server

SOON_SECONDS = 5.0


class Served:
    """A running server and its services."""

    def __init__(self, server, port, event):
        self.server = server
        self.port = port
        self.event = event
        self.services = server.lifespan.state
        self.store = self.services["store"]
        self.fanout = self.services["fanout"]
        scheme, stream_scheme = ("https", "wss") if server.config.is_ssl else ("http", "ws")
        self.origin = f"{scheme}://127.0.0.1:{port}"
        self.stream_base = f"{stream_scheme}://127.0.0.1:{port}"

    async def ticket(self, *, view="json", screen=""):
        ticket = StreamTicket(self.event.slug, view, screen)
        secret = await self.store.screens.secret(self.event.slug)
        return make_stream_ticket(secret, ticket, now=self.services["now"]())

    def stream(self, *, road="stream", origin=None, headers=(), compression=None, tls=None, **query):
        words = "&".join(f"{name}={value}" for name, value in query.items())
        return connect(
            f"{self.stream_base}/{self.event.slug}/{road}?{words}",
            ssl=tls,
            origin=origin or self.origin,
            additional_headers=list(headers),
            compression=compression,
            proxy=None,
            ping_interval=None,
        )

    async def say(self, *texts):
        """Put posts on the wall."""
        for text in texts:
            await self.store.posts.submit(
                self.event.slug, [Submission(a_post(text), Verdict(status=Status.APPROVED))], now=NOW
            )

    @property
    def adopted(self):
        return sum(len(group.audience) for group in self.fanout.groups.values())


@asynccontextmanager
async def serving(redis_url, event, folder, *, listening=Server, options=(), **settings):
    """Serve a wall; `options` are uvicorn's, beyond those of `backchannel web`."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        create_app(Config(data_dir=folder, **settings), redis_url=redis_url),
        http=Entrance,
        ws="websockets-sansio",
        ws_max_size=LONGEST_FRAME,
        ws_per_message_deflate=False,
        log_config=None,
        access_log=False,
        **dict(options),
    )
    config.load()
    server = listening(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[sock])
    served = Served(server, sock.getsockname()[1], event)
    try:
        yield served
    finally:
        await server.shutdown(sockets=[sock])


async def until(condition):
    async with asyncio.timeout(SOON_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


async def frame(stream):
    async with asyncio.timeout(SOON_SECONDS):
        return json.loads(await stream.recv())


async def texts(stream, count):
    """The texts of the next posts of a stream, with the cursor reached."""
    found, cursor = [], None
    while len(found) < count:
        one = await frame(stream)
        if one["type"] == "updates":
            cursor = one["cursor"]
            found += [update["post"]["text"] for update in one["updates"]]
    return found, cursor

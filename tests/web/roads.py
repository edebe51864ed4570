"""A served wall and the viewers of its roads, for tests of streams."""

import asyncio
import json
import socket
from contextlib import asynccontextmanager

import httpx2
import uvicorn
from websockets.asyncio.client import connect

from tests.cast import NOW, a_post
from wall.config import Config
from wall.core.moderation import Status, Verdict
from wall.store.posts import Submission
from wall.web.app import create_app
from wall.web.server import Server

SOON_SECONDS = 10.0
THROUGH = Verdict(status=Status.APPROVED)


class Served:
    """A wall on a real socket, in this process."""

    def __init__(self, app, port, services):
        self.app = app
        self.port = port
        self.services = services

    @property
    def base(self):
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def serving(redis_url, folder, *, port=0, **settings):
    """Serve the application as `backchannel web` does."""
    sock = socket.socket()
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind(("127.0.0.1", port))
    app = create_app(Config(data_dir=folder, **settings), redis_url=redis_url, now=lambda: NOW)
    config = uvicorn.Config(
        app, ws="websockets-sansio", ws_per_message_deflate=False, log_config=None, access_log=False
    )
    config.load()
    server = Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[sock])
    served = Served(app, sock.getsockname()[1], server.lifespan.state)
    await until(lambda: served.services["hub"].caught_up)
    try:
        yield served
    finally:
        await server.shutdown(sockets=[sock])


@asynccontextmanager
async def events(base, path, **headers):
    """Open a stream of server-sent events; yields the answer and its events as they come."""
    async with (
        httpx2.AsyncClient(base_url=base, trust_env=False, timeout=SOON_SECONDS) as client,
        client.stream("GET", path, headers=headers) as answer,
    ):
        yield answer, each_event(answer)


async def each_event(answer):
    """Yield each event as its fields, with the frame of its data parsed."""
    fields = {}
    async for line in answer.aiter_lines():
        if line:
            name, _, value = line.partition(": ")
            fields[name] = json.loads(value) if name == "data" else value
        elif fields:
            yield fields
            fields = {}


def websocket(base, path):
    return connect(base.replace("http", "ws") + path, compression=None, proxy=None, ping_interval=None)


async def until(condition):
    async with asyncio.timeout(SOON_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)


async def through(store, event, text, **fields):
    """Bring a post onto the wall."""
    post = a_post(text, **fields)
    await store.posts.submit(event.slug, [Submission(post, THROUGH)], now=NOW)
    return await store.posts.get(event.slug, post.id)

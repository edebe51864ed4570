"""Several web processes on one socket: all of them take viewers, and one that dies loses nobody anything."""

import asyncio
import json
import random
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import pytest
from httpx2 import AsyncClient
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException
from websockets.protocol import State

from tests.audience import put_through, task
from tests.program import end, running
from tests.waiting import until
from wall.core.event import Event

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
VIEWERS = 20
POSTS = 50
FETCHED = 40  # posts in a feed without a cursor


class Viewer:
    """A viewer as docs/stream.md describes one: by websocket, with a cursor, fetching the feed at a resync."""

    def __init__(self, program):
        self.address = f"127.0.0.1:{program.port}/{EVENT.slug}"
        self.cursor = None
        self.wall = []
        self.returns = -1
        self.resyncs = 0
        self.faults = []

    async def watch(self):
        async with AsyncClient(timeout=10, trust_env=False) as client:
            await self.fetch(client)
            while True:
                self.returns += 1
                with suppress(WebSocketException, OSError):
                    await self.follow(client)
                await asyncio.sleep(random.random() / 10)

    async def follow(self, client):
        async with connect(f"ws://{self.address}/stream?cursor={self.cursor}", proxy=None) as socket:
            async for frame in socket:
                told = json.loads(frame)
                if told["type"] == "resync":
                    self.resyncs += 1
                    await self.fetch(client)
                for update in told.get("updates", ()):
                    self.take(update, told["cursor"])

    async def fetch(self, client):
        feed = (await client.get(f"http://{self.address}/feed")).json()
        self.cursor = feed["cursor"]
        self.wall = [post["id"] for post in reversed(feed["posts"])]

    def take(self, update, cursor):
        epoch, offset = self.cursor.split(":")
        if update["offset"] <= int(offset):
            return
        if update["offset"] != int(offset) + 1 or cursor.split(":")[0] != epoch:
            self.faults.append((self.cursor, cursor, update["offset"]))
        self.wall.append(update["post"]["id"])
        self.cursor = f"{epoch}:{update['offset']}"


@asynccontextmanager
async def watching(program):
    viewers = [Viewer(program) for _ in range(VIEWERS)]
    async with AsyncExitStack() as stack:
        for viewer in viewers:
            await stack.enter_async_context(task(viewer.watch()))
        yield viewers


@pytest.fixture
def program(program):
    program.options = ("--workers", "2")
    return program


async def test_both_processes_take_viewers(program):
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await until(lambda: len(program.parts("web")) == 2)

        async with AsyncExitStack() as stack:
            address = f"ws://127.0.0.1:{program.port}/{EVENT.slug}/stream"
            sockets = [await stack.enter_async_context(connect(address, proxy=None)) for _ in range(40)]

            end(program.parts("web")[0].pid)

            await until(lambda: any(socket.state is State.CLOSED for socket in sockets))
            left = [socket for socket in sockets if socket.state is State.OPEN]
            assert left
            await (await left[0].ping())


async def test_a_web_process_that_is_killed_loses_no_viewer_anything(program):
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await until(lambda: len(program.parts("web")) == 2)
        async with watching(program) as viewers:
            await until(lambda: all(viewer.returns == 0 for viewer in viewers))

            async def kill_at_twenty(number):
                if number == 20:
                    end(program.parts("web")[0].pid)

            ids = await put_through(store, EVENT.slug, many=POSTS, before_each=kill_at_twenty)
            await until(lambda: all(viewer.wall[-FETCHED:] == ids[-FETCHED:] for viewer in viewers))

        assert [viewer.faults for viewer in viewers if viewer.faults] == []
        assert any(viewer.returns for viewer in viewers)

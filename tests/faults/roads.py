"""Viewers by every road a wall has: they come back by themselves, each time to the next web process, and testify."""

import asyncio
import json
from contextlib import suppress

from httpx2 import AsyncClient, HTTPError
from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

PAUSE_SECONDS = 0.02
LONGEST_SECONDS = 5.0
LOST = (OSError, HTTPError, WebSocketException, TimeoutError)


class Viewer:
    """Follows `walls`, the addresses of one wall in several processes, and tells its witness what it hears."""

    def __init__(self, walls, witness, client, *, first=0):
        self.walls = walls
        self.witness = witness
        self.client = client
        self.turn = first
        self.following = None
        self.connections = 0

    def __repr__(self):
        return f"{type(self).__name__} of process {self.place}, connection {self.connections}"

    @property
    def place(self):
        """Which of the processes it follows now."""
        return self.turn % len(self.walls)

    @property
    def wall(self):
        return self.walls[self.place]

    async def watch(self):
        """Follow until cancelled."""
        while True:
            self.following = asyncio.create_task(self._once())
            try:
                await asyncio.wait([self.following])
            finally:
                self.following.cancel()
            with suppress(asyncio.CancelledError, *LOST):
                self.following.result()
            self.turn += 1
            await asyncio.sleep(PAUSE_SECONDS)

    def cut(self):
        """Break the line; it comes back to the next process."""
        if self.following:
            self.following.cancel()

    async def _once(self):
        if self.witness.cursor is None:
            await self._start()
        self.witness.connected()
        self.connections += 1
        await self._follow()

    async def _start(self):
        answer = await self.client.get(f"{self.wall}/feed")
        answer.raise_for_status()
        self.witness.starts(answer.json(), answer.text)

    async def _hear(self, text):
        if self.witness.hears(json.loads(text), text):
            # Whatever happens to this connection, the place of before is no good any more.
            self.witness.cursor = None
            await self._start()


class ByWebsocket(Viewer):
    """By the ordinary road, or with a ticket by the fast one; with compression if that is agreed."""

    path = "stream"

    def __init__(self, *arguments, ticket=None, compression=None, **options):
        super().__init__(*arguments, **options)
        self.query = f"&ticket={ticket}" if ticket else ""
        self.compression = compression

    async def _follow(self):
        address = self.wall.replace("http", "ws", 1) + f"/{self.path}?cursor={self.witness.cursor}{self.query}"
        origin = self.wall.rpartition("/")[0]
        async with connect(
            address, origin=origin, compression=self.compression, proxy=None, ping_interval=None
        ) as socket:
            try:
                async for text in socket:
                    await self._hear(text)
            finally:
                socket.transport.abort()


class ByScreen(ByWebsocket):
    """As a projector's page, with its ticket."""

    path = "screen/stream"


class ByEvents(Viewer):
    """By server-sent events."""

    async def _follow(self):
        address = f"{self.wall}/stream.sse?cursor={self.witness.cursor}"
        async with self.client.stream("GET", address) as answer:
            answer.raise_for_status()
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    await self._hear(line.removeprefix("data: "))


class ByPolling(Viewer):
    """By asking again and again, each time another process, as behind a load balancer."""

    async def _follow(self):
        answer = await self.client.get(f"{self.wall}/feed?cursor={self.witness.cursor}")
        if answer.status_code == 410:
            await self._hear('{"type":"resync"}')
            return
        answer.raise_for_status()
        text = answer.text
        self.witness.hears({"type": "updates", **answer.json()}, text)


def a_client():
    """Return what the viewers of a house ask with."""
    return AsyncClient(trust_env=False, timeout=LONGEST_SECONDS)

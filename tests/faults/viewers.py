"""Viewers who follow a wall by its websocket, come back when it breaks, and write down what they were told."""

import asyncio
import json
from contextlib import asynccontextmanager, suppress

from websockets.asyncio.client import connect
from websockets.exceptions import WebSocketException

PAUSE_SECONDS = 0.2


class Viewer:
    """Follows from the beginning; `offsets` is every update it was told of, in order, `resyncs` how often it started over."""

    def __init__(self, url, cursor):
        self.url = url.replace("http", "ws") + "/stream?view=json&cursor="
        self.cursor = cursor
        self.offsets = []
        self.resyncs = 0
        self.connections = 0

    async def follow(self):
        while True:
            with suppress(OSError, WebSocketException):
                async with connect(self.url + self.cursor, proxy=None) as socket:
                    self.connections += 1
                    async for frame in socket:
                        self.hear(json.loads(frame))
            await asyncio.sleep(PAUSE_SECONDS)

    def hear(self, frame):
        if frame["type"] == "resync":
            self.resyncs += 1
        elif frame["type"] == "updates":
            self.offsets += [update["offset"] for update in frame["updates"]]
            self.cursor = frame["cursor"]


@asynccontextmanager
async def watching(url, cursor, *, number):
    """Have so many viewers follow an event from a cursor on."""
    viewers = [Viewer(url, cursor) for _ in range(number)]
    tasks = [asyncio.create_task(viewer.follow()) for viewer in viewers]
    try:
        yield viewers
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

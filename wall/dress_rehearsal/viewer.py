"""Viewers who come back by themselves, and hold what they are told against what they may and must be told."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress

import httpx2
import msgspec
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import WebSocketException
from websockets.typing import Origin

from wall.core.feed import Cursor
from wall.dress_rehearsal.clocked import Book

LOST = (OSError, httpx2.HTTPError, WebSocketException, TimeoutError, ValueError)
OPEN_SECONDS = 10.0
LEAST_PAUSE, MOST_PAUSE = 0.2, 2.0
MOST_KEPT = 256


class Told(msgspec.Struct):
    """An update, as much of it as is looked at."""

    offset: int
    kind: str
    id: str = ""


class Frame(msgspec.Struct):
    """A frame, as much of it as is looked at."""

    type: str = "updates"
    cursor: str = ""
    updates: list[Told] = []


class Frames:
    """Reads frames; those that are the same for all are read once."""

    def __init__(self) -> None:
        self.decoder = msgspec.json.Decoder(Frame)
        self.kept: dict[str | bytes, Frame] = {}

    def read(self, text: str | bytes) -> Frame:
        frame = self.kept.get(text)
        if frame is None:
            if len(self.kept) >= MOST_KEPT:
                self.kept.clear()
            frame = self.kept[text] = self.decoder.decode(text)
        return frame


class Viewer:
    """One viewer. Between two connections it keeps its cursor, and its next update must be the one after it."""

    def __init__(
        self, wall: str, ticket: Callable[[], str], book: Book, frames: Frames, asking: httpx2.AsyncClient
    ) -> None:
        self.wall = wall
        self.ticket = ticket
        self.book = book
        self.frames = frames
        self.asking = asking
        self.cursor: Cursor | None = None
        self.heard: int | None = None
        self.seen: set[str] = set()
        self.socket: ClientConnection | None = None
        self.away_since: float | None = None
        self.curtained = False

    async def watch(self) -> None:
        """Follow until cancelled."""
        while True:
            with suppress(*LOST):
                await self._follow()
            self.socket = None
            if self.away_since is None:
                self.away_since = self.book.now()
            self.book.measured.reconnects += 1
            await asyncio.sleep(random.uniform(LEAST_PAUSE, MOST_PAUSE))

    def cut(self) -> None:
        """Lose the line, as where a network fails."""
        if self.socket:
            self.socket.transport.abort()

    async def _follow(self) -> None:
        if self.cursor is None:
            await self._start()
        self.heard = self.cursor.offset if self.cursor else None
        origin = self.wall.rpartition("/")[0]
        address = (
            f"{self.wall.replace('http', 'ws', 1)}/stream?view=json&cursor={self.cursor}&ticket={self.ticket()}"
        )
        async with connect(
            address,
            origin=Origin(origin),
            compression=None,
            proxy=None,
            open_timeout=OPEN_SECONDS,
            ping_interval=None,
        ) as self.socket:
            async for text in self.socket:
                if self.away_since is not None:
                    self.book.measured.back.append(self.book.now() - self.away_since)
                    self.away_since = None
                await self.hear(self.frames.read(text))

    async def _start(self) -> None:
        """Fetch the wall as it is."""
        answer = await self.asking.get(f"{self.wall}/feed")
        answer.raise_for_status()
        snapshot = answer.json()
        self.cursor = Cursor.parse(snapshot["cursor"])
        self.seen |= {post["id"] for post in snapshot["posts"]}

    async def hear(self, frame: Frame) -> None:
        """Take a frame in, and count what is wrong with it."""
        if frame.type == "resync":
            self.book.measured.resyncs += 1
            self.cursor = self.heard = None
            await self._start()
        for update in frame.updates:
            self._take(update)

    def _take(self, update: Told) -> None:
        book, now = self.book, self.book.now()
        if self.heard is not None and update.offset != self.heard + 1:
            if update.offset > self.heard:
                book.measured.lost += 1
            else:
                book.measured.repeated += 1
        self.heard = update.offset
        if self.cursor is None or update.offset <= self.cursor.offset:
            return  # The snapshot had it already.
        self.cursor = Cursor(self.cursor.epoch, update.offset)
        self.seen.add(update.id)
        if update.kind == "posted":
            sent = book.approving.get(update.id)
            if sent is None:
                book.measured.leaked += 1
            else:
                book.measured.posted.append((sent, now - sent))
        elif update.kind == "removed" and update.id in book.removing:
            sent = book.removing[update.id]
            book.measured.removed.append((sent, now - sent))
        elif update.kind == "curtained" and book.drawing is not None and not self.curtained:
            self.curtained = True
            book.measured.curtains.append((book.drawing, now - book.drawing))

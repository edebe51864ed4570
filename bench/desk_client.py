"""A moderator's desk without a page: it takes a seat, follows the stream, holds posts and decides about them.

It asks the server what a page asks, as often, and reads all that a page is told; nothing is drawn. So it is what a desk
on a machine of its own is to this one.
"""

import asyncio
import json
import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

import httpx2
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from bench.desk_page import signed_in
from bench.served import SLUG, Wall

KINDS = ("approve", "approve", "reject", "approve", "reject", "stash")
CARD = re.compile(
    r'<li class="card"[^>]* data-post="([^"]*)" data-version="(\d+)" data-hash="([^"]*)" data-status="(\w+)"'
)
APART_SECONDS = 0.25  # between two asks for posts, like a page
RENEW_SECONDS = 15.0
LEAST_IN_STOCK = 5
LOOK_SECONDS = 0.005
LARGEST_FRAME = 2**24


@dataclass(slots=True)
class Seen:
    """A waiting post, as much of it as a decision says."""

    version: int
    hash: str


@dataclass(slots=True)
class DeskClient:
    """The desk of one moderator; `confirmed` counts the decisions that it was answered, `waits` how long that took."""

    http: httpx2.AsyncClient
    cookie: str
    base: str
    desk: str = field(default_factory=lambda: secrets.token_hex(16))
    waiting: dict[str, Seen] = field(default_factory=dict)
    own: list[str] = field(default_factory=list)
    cursor: str = ""
    asked: float = 0.0
    confirmed: int = 0
    waits: list[float] = field(default_factory=list)

    # Lifecycle

    async def begin(self) -> None:
        body = (await self.http.get("feed")).raise_for_status().json()
        self.cursor = body["cursor"]
        for one in body["cards"]:
            self._see(one["card"])
        await self.ask()

    async def follow(self) -> None:
        """Read the stream until cancelled."""
        query = f"desk={self.desk}&view=html&cursor={self.cursor}"
        address = f"{self.base.replace('http', 'ws', 1)}stream?{query}"
        headers = {"Cookie": f"session={self.cookie}"}
        origin = self.base.split(f"/{SLUG}/")[0]
        with suppress(ConnectionClosed):
            async with connect(
                address,
                additional_headers=headers,
                origin=origin,
                max_size=LARGEST_FRAME,  # type: ignore[arg-type]
            ) as socket:
                async for data in socket:
                    self._hear(json.loads(data))

    async def decide(self, each_second: float) -> None:
        """Decide about the oldest post that is held here, so many times a second, until cancelled."""
        due = time.perf_counter()
        number = 0
        while True:
            id = await self._next()
            seen = self.waiting.pop(id)
            body = {
                "id": secrets.token_hex(16),
                "post": id,
                "kind": KINDS[number % len(KINDS)],
                "version": seen.version,
                "hash": seen.hash,
            }
            asked = time.perf_counter()
            answer = await self.http.post("decisions", json=body)
            if answer.status_code == 200:
                self.confirmed += 1
                self.waits.append(time.perf_counter() - asked)
            number += 1
            due += 1 / each_second
            await asyncio.sleep(max(0.0, due - time.perf_counter()))

    # Internal

    async def ask(self) -> None:
        """Ask for posts to decide."""
        self.asked = time.perf_counter()
        body = {"desk": self.desk, "post": self.own[0] if self.own else "", "idle_seconds": 0}
        answer = await self.http.post("seat", json=body)
        if answer.status_code == 200:
            self.own = answer.json()["posts"]

    async def _next(self) -> str:
        """Return the next post of one's own, and ask for more before the last of them."""
        while True:
            stock = [id for id in self.own if id in self.waiting]
            since = time.perf_counter() - self.asked
            if since > RENEW_SECONDS or (len(stock) <= LEAST_IN_STOCK and since > APART_SECONDS):
                await self.ask()
            elif stock:
                return stock[0]
            else:
                await asyncio.sleep(LOOK_SECONDS)

    def _hear(self, frame: dict[str, Any]) -> None:
        for update in frame.get("updates", ()):
            if update["status"] == "waiting" and update.get("card"):
                self._see(update["card"])
            elif update["status"] != "waiting":
                self.waiting.pop(update["id"], None)

    def _see(self, card: str) -> None:
        if found := CARD.match(card):
            id, version, hash, status = found.groups()
            if status == "waiting":
                self.waiting[id] = Seen(int(version), hash)


@asynccontextmanager
async def desk_client(wall: Wall, name: str) -> AsyncIterator[DeskClient]:
    """Take a seat as a moderator of this name, and follow the desk's stream until left."""
    cookie = await signed_in(wall, name)
    base = f"{wall.base}/{SLUG}/moderate/"
    headers = {"cookie": f"session={cookie}", "origin": wall.base}
    async with httpx2.AsyncClient(base_url=base, headers=headers, trust_env=False) as http:
        client = DeskClient(http, cookie, base)
        await client.begin()
        following = asyncio.ensure_future(client.follow())
        try:
            yield client
        finally:
            following.cancel()
            await asyncio.gather(following, return_exceptions=True)

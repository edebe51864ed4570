"""Moderators who race for the same posts, repeat what was not answered as a desk does, and write down what they were told."""

import asyncio
import random
import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from httpx2 import AsyncClient, HTTPError

from tests.cast import a_post
from wall.core.post import Post

PAUSE_SECONDS = 0.3
RACES = (("approve", "approve"), ("approve", "reject"), ("approve", "stash"), ("reject", "stash"))
REMOVED = 0.25  # of those that were approved


@dataclass(slots=True)
class Moderators:
    """`client` is what they ask with, `confirmed` is the status that was confirmed last for a post, `winners` whose first decision it was told to be."""

    client: AsyncClient
    address: str
    origin: str
    cookies: list[str]
    allowed: set[str]
    dice: random.Random
    confirmed: dict[str, str] = field(default_factory=dict)
    winners: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    racing: set[asyncio.Task[None]] = field(default_factory=set)
    told: int = 0
    refused: int = 0
    repeated: int = 0

    def race(self, post: Post) -> None:
        """Have two of them decide about a post that nobody decided yet, at the same instant."""
        task = asyncio.create_task(self._race(post))
        self.racing.add(task)
        task.add_done_callback(self.racing.discard)

    async def done(self) -> None:
        """Wait until each was answered."""
        while self.racing:
            await asyncio.gather(*self.racing)

    def give_up(self) -> None:
        for task in self.racing:
            task.cancel()

    async def _race(self, post: Post) -> None:
        kinds = self.dice.choice(RACES)
        if "approve" in kinds:
            self.allowed.add(post.text.split()[0])
        who = self.dice.sample(range(len(self.cookies)), 2)
        async with asyncio.TaskGroup() as tasks:
            for one, kind in zip(who, kinds, strict=True):
                tasks.create_task(self._first(post, kind, one))
        if self.confirmed.get(post.id) == "approved" and self.dice.random() < REMOVED:
            await self._decide(post, "remove", 2, who[0])

    async def _first(self, post: Post, kind: str, who: int) -> None:
        if await self._decide(post, kind, 1, who):
            self.winners[post.id].add(f"{who} {kind}")

    async def _decide(self, post: Post, kind: str, version: int, who: int) -> bool:
        """Send a decision until it is answered, each time with the same id; returns whether it counts."""
        decision = {
            "id": secrets.token_hex(16),
            "post": post.id,
            "kind": kind,
            "version": version,
            "hash": post.content_hash,
        }
        while True:
            status, body = await self._send(decision, who)
            if status == 200:
                self.told += 1
                self.confirmed[post.id] = body["status"]
                return True
            if 400 <= status < 500 and status not in (401, 408, 425, 429):
                self.refused += 1
                return False
            self.repeated += 1
            await asyncio.sleep(PAUSE_SECONDS)

    async def _send(self, decision: dict[str, Any], who: int) -> tuple[int, dict[str, Any]]:
        headers = {"cookie": self.cookies[who], "origin": self.origin}
        try:
            answer = await self.client.post(self.address, json=decision, headers=headers)
            return answer.status_code, answer.json()
        except (HTTPError, ValueError):
            return 0, {}


def numbered(number: int) -> Post:
    """Return a post whose words are its own."""
    return a_post(f"words-{number} #PyConDE", uid=f"ap:chaos/{number}")

"""Moderators who decide over HTTP as fast as they are told to, and write down what was confirmed."""

import asyncio
import secrets
from contextlib import asynccontextmanager
from datetime import UTC, datetime

from httpx2 import AsyncClient, HTTPError

KINDS = ("approve", "reject", "stash")


class Deciders:
    def __init__(self, address, cookies):
        self.address = address
        self.cookies = cookies
        self.turn = 0

    @classmethod
    async def signed_in(cls, program, store, slug, names):
        """Sign moderators in, each in a browser of their own."""
        cookies = []
        for name in names:
            person = await store.people.add(name, slug=slug, role="moderator")
            secret = await store.people.sign_in(person, browser="A test", now=datetime.now(UTC))
            cookies.append(f"session={secret}")
        return cls(f"{program.url}/{slug}/moderate/decisions", cookies)

    @asynccontextmanager
    async def at_work(self, posts, confirmed, *, per_second):
        """Decide about one post after the other, adding the status that each 2xx told to `confirmed` by post id."""
        async with AsyncClient(timeout=10, trust_env=False) as client:
            working = asyncio.create_task(self.decide_all(client, posts, confirmed, 1 / per_second))
            try:
                yield
            finally:
                working.cancel()
                await asyncio.gather(working, return_exceptions=True)

    async def decide_all(self, client, posts, confirmed, pause_seconds):
        async with asyncio.TaskGroup() as tasks:
            while self.turn < len(posts):
                tasks.create_task(self.decide(client, posts[self.turn], confirmed, self.turn))
                self.turn += 1
                await asyncio.sleep(pause_seconds)

    async def decide(self, client, post, confirmed, turn):
        decision = {
            "id": secrets.token_hex(16),
            "post": post.id,
            "kind": KINDS[turn % len(KINDS)],
            "version": 1,
            "hash": post.content_hash,
        }
        headers = {"cookie": self.cookies[turn % len(self.cookies)], "origin": self.address.partition("/hall")[0]}
        try:
            answer = await client.post(self.address, json=decision, headers=headers)
        except HTTPError:
            return
        if answer.is_success:
            confirmed[post.id] = answer.json()["status"]

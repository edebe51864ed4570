"""Moderators who decide over HTTP as fast as they are told to, and write down what was confirmed."""

import asyncio
import secrets
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime

from httpx2 import AsyncClient, HTTPError

KINDS = ("approve", "reject", "stash")


class Deciders:
    def __init__(self, origin, slug, cookies):
        self.origin = origin
        self.address = f"{origin}/{slug}/moderate/decisions"
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
        return cls(program.url, slug, cookies)

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
        try:
            answer = await self.ask(client, post, KINDS[turn % len(KINDS)], who=turn % len(self.cookies))
        except HTTPError:
            return
        if answer.is_success:
            confirmed[post.id] = answer.json()["status"]

    async def ask(self, client, post, kind, *, who, id=None):
        """Have a moderator ask for a decision about a post nobody has decided yet, and return the answer."""
        decision = {
            "id": id or secrets.token_hex(16),
            "post": post.id,
            "kind": kind,
            "version": 1,
            "hash": post.content_hash,
        }
        headers = {"cookie": self.cookies[who], "origin": self.origin}
        return await client.post(self.address, json=decision, headers=headers)


class PatientDeciders(Deciders):
    """Ask again, as a desk does, where a connection broke; `failed` is every answer that was no confirmation."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        self.failed = []
        self.asking = 0

    async def decide(self, client, post, confirmed, turn):
        answer, id = None, secrets.token_hex(16)
        self.asking += 1
        async with asyncio.timeout(60):
            while answer is None:
                with suppress(HTTPError):
                    who = turn % len(self.cookies)
                    answer = await self.ask(client, post, KINDS[turn % len(KINDS)], who=who, id=id)
                await asyncio.sleep(0 if answer else 0.1)
        if answer.is_success:
            confirmed[post.id] = answer.json()["status"]
        else:
            self.failed.append((answer.status_code, answer.text))
        self.asking -= 1

"""G4: whoever was not answered sends the same decision again, and it is taken once."""

import asyncio
import random
import secrets
from contextlib import asynccontextmanager

import pytest
from httpx2 import AsyncClient, HTTPError

from tests.cast import a_post
from tests.faults.deciders import Deciders
from tests.faults.house import Web, now
from wall.core.audit import Filter
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

POSTS = 40
LOST_ANSWERS = 0.6


class Gap:
    """A line that passes each question on, and of the answer only the first few bytes as often as dice say so."""

    def __init__(self, there):
        self.there = there
        self.dice = random.Random(7)
        self.lost = 0

    async def carry(self, reader, writer):
        far, back = await asyncio.open_connection("127.0.0.1", self.there)
        try:
            back.write(await reader.read(65536))
            answer = await far.read(65536)
            if self.dice.random() < LOST_ANSWERS:
                self.lost += 1
                answer = answer[: self.dice.randrange(60)]
            writer.write(answer)
            await writer.drain()
        finally:
            for end in (writer, back):
                end.close()


@asynccontextmanager
async def gap_to(port):
    gap = Gap(port)
    server = await asyncio.start_server(gap.carry, "127.0.0.1", 0)
    gap.port = server.sockets[0].getsockname()[1]
    try:
        yield gap
    finally:
        server.close()


@pytest.fixture
async def web(redis_server, tmp_path):
    web = Web(tmp_path, None, redis_server.url)
    await web.start()
    yield web
    await web.close()


@pytest.mark.parametrize("remembers", [True, False], ids=["with its id", "with another id"])
async def test_a_decision_whose_answer_is_lost_is_sent_again_and_taken_once(web, store, event, remembers):
    """The second is the control: who draws another id is told that somebody was faster, and never what came of theirs."""
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    await store.posts.submit(event.slug, [Submission(post, Verdict()) for post in posts], now=now())
    deciders = await Deciders.signed_in(web, store, event.slug, ("Mia",))

    async with gap_to(web.port) as gap, AsyncClient(timeout=10, trust_env=False) as client:
        statuses = [await until_answered(client, deciders, gap, post, remembers=remembers) for post in posts]

    standings = await store.posts.get_all(event.slug, [post.id for post in posts])
    log = await store.feeds.after(event.slug, "public", 0, limit=1000)
    entries, _ = await store.audit.page(event.slug, Filter(), limit=1000)
    assert gap.lost > POSTS / 3
    assert {standing.status for standing in standings} == {Status.APPROVED}
    assert [update.post_id for update in log] == [post.id for post in posts]
    assert len(entries) == POSTS
    assert set(statuses) == ({200} if remembers else {200, 409})


async def until_answered(client, deciders, gap, post, *, remembers):
    """Approve a post over the line until an answer comes through; return its status."""
    decision = {"post": post.id, "kind": "approve", "version": 1, "hash": post.content_hash}
    decision["id"] = secrets.token_hex(16)
    headers = {"cookie": deciders.cookies[0], "origin": f"http://127.0.0.1:{gap.port}"}
    address = deciders.address.replace(f":{gap.there}/", f":{gap.port}/")
    while True:
        if not remembers:
            decision["id"] = secrets.token_hex(16)
        try:
            answer = await client.post(address, json=decision, headers=headers)
            return answer.json() and answer.status_code
        except (HTTPError, ValueError):
            pass

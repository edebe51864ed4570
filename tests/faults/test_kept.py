"""Promise 2 at its root: what Redis has confirmed is there after kill -9; without its journal, this test would see it."""

import asyncio
import os
import signal
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.cast import a_decision, a_post
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store import open_store, server
from wall.store.posts import Submission
from wall.store.server import PrivateRedis, find_server

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
POSTS = 20


async def decided(redis):
    """Approve posts one by one, and return those that were confirmed."""
    store = open_store(redis.url)
    await store.events.create(EVENT)
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    now = datetime.now(UTC)
    await store.posts.submit(EVENT.slug, [Submission(post, Verdict()) for post in posts], now=now)
    for post in posts:
        standing = await store.posts.get(EVENT.slug, post.id)
        await store.posts.decide(EVENT.slug, a_decision("approve", standing), now=now)
    await store.database.close()
    return [post.id for post in posts]


def tell(redis, number):
    os.kill(int((redis.folder / "redis.pid").read_text()), number)


async def killed(redis):
    """Kill Redis as a power cut does, and start it again on what is left; returns how posts stand then."""
    tell(redis, signal.SIGKILL)
    await redis.process.wait()
    await redis._spawn(find_server())
    return open_store(redis.url)


@pytest.mark.parametrize(("journal", "lost"), [("appendonly yes", 0), ("appendonly no", POSTS)])
async def test_what_was_confirmed_is_kept_by_the_journal_alone(tmp_path, monkeypatch, journal, lost):
    """The second is the control: the same kill, without what keeps decisions."""
    monkeypatch.setattr(server, "SETTINGS", server.SETTINGS.replace("appendonly yes", journal))
    redis = PrivateRedis(tmp_path)
    await redis.start()
    confirmed = await decided(redis)

    store = await killed(redis)
    after = await store.posts.get_all(EVENT.slug, confirmed)
    await store.database.close()
    await redis.stop()

    assert sum(standing is None or standing.status is not Status.APPROVED for standing in after) == lost


async def decided_while_it_stands_still(redis):
    """Have all posts decided while Redis stands still, and let it go on until the first is confirmed; return which are."""
    store, confirmed = open_store(redis.url), []
    await store.events.create(EVENT)
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    now = datetime.now(UTC)
    await store.posts.submit(EVENT.slug, [Submission(post, Verdict()) for post in posts], now=now)
    standings = await store.posts.get_all(EVENT.slug, [post.id for post in posts])

    async def decide(standing):
        with suppress(StoreUnavailable):
            await store.posts.decide(EVENT.slug, a_decision("approve", standing), now=now)
            confirmed.append(standing.post.id)

    tell(redis, signal.SIGSTOP)
    asking = [asyncio.create_task(decide(one)) for one in standings]
    await until(lambda: store.database.asking == POSTS)
    assert confirmed == []
    tell(redis, signal.SIGCONT)
    await until(lambda: confirmed)
    return store, asking, confirmed


@pytest.mark.parametrize(("journal", "kept"), [("appendonly yes", True), ("appendonly no", False)])
async def test_what_was_confirmed_after_a_standstill_is_kept_by_the_journal_alone(
    tmp_path, monkeypatch, journal, kept
):
    """G1c: Redis is killed as soon as it goes on. The second is the control."""
    monkeypatch.setattr(server, "SETTINGS", server.SETTINGS.replace("appendonly yes", journal))
    redis = PrivateRedis(tmp_path)
    await redis.start()
    before, asking, confirmed = await decided_while_it_stands_still(redis)

    store = await killed(redis)
    for one in asking:
        one.cancel()
    await asyncio.gather(*asking, return_exceptions=True)
    await before.database.close()
    after = await store.posts.get_all(EVENT.slug, confirmed)
    await store.database.close()
    await redis.stop()

    assert confirmed
    assert {standing is not None and standing.status is Status.APPROVED for standing in after} == {kept}

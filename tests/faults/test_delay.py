"""Delayed posts while everything that could release them is killed: none early, none twice, none lost."""

import asyncio
from collections import Counter
from datetime import UTC, datetime

import pytest
from httpx2 import AsyncClient, HTTPError

from tests.audience import task
from tests.cast import a_post
from tests.program import Program, running
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.keys import EventKeys
from wall.store.server import PrivateRedis
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",), mode="open with delay")
POSTS = 60
FIRST_SECONDS = 1.0
STEP_SECONDS = 0.15
OUTAGE_MILLISECONDS = 60_000


class Watcher:
    """Somebody in front of the wall, who writes down when each post was seen first."""

    def __init__(self, program):
        self.address = f"{program.url}/{EVENT.slug}/feed?view=json"
        self.seen = {}

    async def watch(self):
        async with AsyncClient(timeout=5, trust_env=False) as client:
            while True:
                try:
                    posts = (await client.get(self.address)).raise_for_status().json()["posts"]
                except (HTTPError, ValueError):
                    posts = []
                now = datetime.now(UTC).timestamp() * 1000
                for post in posts:
                    self.seen.setdefault(post["id"], now)
                await asyncio.sleep(0.02)


@pytest.mark.thorough
async def test_delayed_posts_survive_every_kill_and_none_is_seen_a_moment_early(tmp_path):
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    async with running(Program(tmp_path, "--workers", "2")) as program, program.store() as store:
        await store.events.create(EVENT)
        submissions = [
            Submission(post, Verdict(delay=FIRST_SECONDS + STEP_SECONDS * number))
            for number, post in enumerate(posts)
        ]
        await store.posts.submit(EVENT.slug, submissions, now=datetime.now(UTC))
        rows = await store.database.command("ZRANGE", EventKeys(EVENT.slug).due, 0, -1, "WITHSCORES")
        due = {id.decode(): int(at) for id, at in rows}
        watcher = Watcher(program)

        async with task(watcher.watch()):
            await program.kill_part("web")
            await program.kill_part("ingest")
            await program.kill_part("redis")
            await program.kill_part("web")
            await until(lambda: last_is_decided(program, watcher))
        async with program.store() as after:
            log = await after.feeds.after(EVENT.slug, "public", 0, limit=1000)
            standings = await after.posts.get_all(EVENT.slug, [post.id for post in posts])

    told = Counter(update.post_id for update in log)
    assert {update.kind for update in log} == {"posted"}
    assert set(told.values()) == {1}
    assert set(told) == {one.post.id for one in standings if one.status is Status.APPROVED}
    assert {one.status for one in standings} <= {Status.APPROVED, Status.WAITING}
    assert all(one.due is None for one in standings)
    assert all(update.at.timestamp() * 1000 >= due[update.post_id] for update in log)
    assert all(at >= due[id] for id, at in watcher.seen.items())


async def last_is_decided(program, watcher):
    """Tell whether nothing is pending, and what was released last has been seen."""
    async with program.store() as store:
        try:
            log = await store.feeds.after(EVENT.slug, "public", 0, limit=1000)
            return await nothing_is_pending(store) and bool(log) and log[-1].post_id in watcher.seen
        except StoreUnavailable:
            return False


async def nothing_is_pending(store):
    return await store.due.slugs() == []


async def test_after_an_outage_what_was_due_meanwhile_waits_for_a_moderator(tmp_path):
    posts = [a_post(f"Post {number} #PyConEx") for number in range(20)]
    program = Program(tmp_path)
    redis = PrivateRedis(program.data_dir / "redis")
    await redis.start()
    store = open_store(redis.url)
    await store.events.create(EVENT)
    await store.posts.submit(
        EVENT.slug, [Submission(post, Verdict(delay=4)) for post in posts], now=datetime.now(UTC)
    )
    for post in posts:
        await store.database.command("ZINCRBY", EventKeys(EVENT.slug).due, -OUTAGE_MILLISECONDS, post.id)
    await store.database.close()
    await redis.stop()

    async with running(program), program.store() as store:
        await until(lambda: nothing_is_pending(store))
        log = await store.feeds.after(EVENT.slug, "public", 0, limit=100)
        counts = await store.posts.counts(EVENT.slug)

    assert log == []
    assert counts[Status.WAITING] == len(posts)

"""G19: votes are counted once for each voter, and outlive a Redis that is killed while they come."""

import asyncio
import os
import signal
from collections import Counter

import pytest

from tests.audience import persist, task
from tests.store.test_polls import answer, opened
from tests.waiting import until
from wall.core.event import Event
from wall.store import open_store
from wall.store.server import PrivateRedis

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
VOTERS = 300
AT_ONCE = 20
KILLS = 3


@pytest.fixture
async def redis(tmp_path):
    redis = PrivateRedis(tmp_path)
    await redis.start()
    yield redis
    await redis.stop()


async def test_each_voter_counts_once_though_redis_is_killed_again_and_again(redis):
    store = open_store(redis.url)
    await store.events.create(EVENT)
    poll = await opened(store, EVENT)
    turns = asyncio.Semaphore(AT_ONCE)
    sent, told = Counter(), []

    async def vote(voter):
        async def once():
            sent[voter] += 1
            return await store.polls.cast(EVENT.slug, poll.id, f"voter-{voter}", answer(str(voter % 2)))

        async with turns:
            await persist(once)
            await persist(once)  # a double click
        told.append(voter)

    async with task(redis.watch()):
        voting = asyncio.gather(*map(vote, range(VOTERS)))
        for number in range(1, KILLS + 1):
            await until(lambda number=number: len(told) >= number * VOTERS // (KILLS + 1))
            kill(redis)
        await voting
        counted = (await persist(lambda: store.polls.counted(EVENT.slug, [poll.id])))[poll.id]
        ballots = await persist(lambda: store.polls.ballots(EVENT.slug, poll.id))
    await store.database.close()

    assert len(told) == counted.voters == len(ballots) == VOTERS
    assert counted.tally == {"0": VOTERS // 2, "1": VOTERS // 2}
    # The control: many were sent that count for nothing.
    assert sent.total() > 2 * VOTERS


def kill(redis):
    os.kill(int((redis.folder / "redis.pid").read_text()), signal.SIGKILL)

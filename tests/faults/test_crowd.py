"""Five hundred viewers of two web processes, while what these lean on is moved, killed and replaced."""

import asyncio
from contextlib import asynccontextmanager

import pytest

from tests.audience import put_through
from tests.faults.crowd import SNAPSHOT_POSTS, all_see_it, crowd, newest
from tests.program import Program, end, running
from tests.servers import move_slot, three_masters, watched_pair
from tests.waiting import until
from wall.core.event import Event
from wall.store import open_store

pytestmark = pytest.mark.thorough

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
VIEWERS = 500
POSTS = 100


async def test_a_slot_that_moves_and_a_web_process_that_dies_lose_and_repeat_nothing(tmp_path):
    async with three_masters(tmp_path) as masters, two_webs(tmp_path, cluster(masters)) as (program, store):
        moves = []

        async def disturb(number):
            if number == 30:
                moves.append(asyncio.create_task(move_slot("wall:{hall}:event", masters)))
            if number == 60:
                end(program.parts("web")[0].pid)

        async with crowd(f"{program.url}/hall", store, "hall", many=VIEWERS) as witnesses:
            ids = await put_through(store, "hall", many=POSTS, before_each=disturb)
            await moves[0]

            assert await all_see_it(witnesses, store, "hall") == []

    assert {newest(witness) for witness in witnesses} == {tuple(reversed(ids[-SNAPSHOT_POSTS:]))}


async def test_a_redis_that_sentinel_replaces_leaves_every_viewer_with_the_wall(tmp_path):
    async with watched_pair(tmp_path) as (primary, _, sentinel):
        url = f"redis+sentinel://{sentinel.address}/wall"
        async with two_webs(tmp_path, url) as (program, store):

            async def disturb(number):
                if number == 50:
                    primary.kill()

            async with crowd(f"{program.url}/hall", store, "hall", many=VIEWERS) as witnesses:
                ids = await put_through(store, "hall", many=POSTS, before_each=disturb)

                assert await all_see_it(witnesses, store, "hall") == []

    assert {newest(witness) for witness in witnesses} == {tuple(reversed(ids[-SNAPSHOT_POSTS:]))}


def cluster(masters):
    return f"redis+cluster://{masters[0].address},{masters[1].address}"


@asynccontextmanager
async def two_webs(folder, redis_url):
    """Two web processes on one port, over a Redis of ours, and that store as one more process would open it."""
    store = open_store(redis_url)
    try:
        await store.events.create(EVENT)
        async with running(Program(folder, "--workers", "2", WALL_REDIS_URL=redis_url)) as program:
            await until(lambda: len(program.parts("web")) == 2)
            yield program, store
    finally:
        await store.database.close()

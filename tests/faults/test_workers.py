"""Several web processes on one socket: all of them take viewers, and one that dies loses nobody anything."""

import json
import os
import signal

import pytest
from websockets.asyncio.client import connect

from tests.audience import put_through
from tests.faults.viewers import watching
from tests.program import end, running
from tests.waiting import until
from wall.core.event import Event

pytestmark = pytest.mark.thorough

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
VIEWERS = 20
POSTS = 50


@pytest.fixture
def program(program):
    program.arguments = ("--workers", "2")
    return program


async def test_each_process_takes_viewers_while_the_other_is_busy(program):
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await until(lambda: len(program.parts("web")) == 2)

        for busy in program.parts("web"):
            os.kill(busy.pid, signal.SIGSTOP)
            async with connect(f"ws://127.0.0.1:{program.port}/{EVENT.slug}/stream", proxy=None) as socket:
                assert json.loads(await socket.recv())["type"] == "hello"
            os.kill(busy.pid, signal.SIGCONT)


async def test_web_processes_that_are_killed_one_by_one_lose_no_viewer_anything(program):
    async with running(program), program.store() as store:
        await store.events.create(EVENT)
        await until(lambda: len(program.parts("web")) == 2)
        first, second = program.parts("web")
        deaths = {15: first, 35: second}
        begin = str(await store.feeds.tip(EVENT.slug, "public"))
        async with watching(f"{program.url}/{EVENT.slug}", begin, number=VIEWERS) as viewers:
            await until(lambda: all(viewer.connections for viewer in viewers))

            async def kill(number):
                if number in deaths:
                    end(deaths[number].pid)

            await put_through(store, EVENT.slug, many=POSTS, before_each=kill)
            await until(lambda: all(len(viewer.offsets) >= POSTS for viewer in viewers))

        assert [viewer.offsets for viewer in viewers] == [list(range(1, POSTS + 1))] * VIEWERS
        assert [viewer.resyncs for viewer in viewers] == [0] * VIEWERS
        assert all(viewer.connections > 1 for viewer in viewers)

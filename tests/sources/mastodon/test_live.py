import asyncio
from datetime import timedelta

import pytest
from starlette.responses import JSONResponse

from tests.sources.fediverse import TOKEN, fediverse, status
from tests.sources.world import EVENT, NOW, healths, posts, until
from wall.core.post import SourceRef
from wall.errors import SourceError
from wall.sources.mastodon.hearing import GRACE
from wall.sources.mastodon.live import DEAF_SECONDS, Live
from wall.sources.mastodon.reading import Reading
from wall.sources.mastodon.server import Server
from wall.sources.mastodon.source import Mastodon
from wall.sources.places import Places


class Fast(Mastodon):
    poll_seconds = sweep_seconds = (0.02, 0.03)
    look_seconds = longest_wait_seconds = 0.05


class Clock:
    """A clock that a test moves on."""

    def __init__(self):
        self.time = NOW

    def __call__(self):
        return self.time


@pytest.fixture
def clock():
    return Clock()


def deafly(server, clock):
    """Have posts come up that the stream keeps silent about, as time goes by."""
    steps = iter(
        [
            (lambda events: "live stream" in str(healths(events)), lambda: None),
            (lambda events: True, lambda: server.statuses.update(statuses(clock))),
            (lambda events: len(posts(events)) == 3, lambda: None),
        ]
    )
    waiting = [next(steps)]

    async def meanwhile(events):
        if waiting and waiting[0][0](events):
            clock.time += 2 * GRACE
            waiting.pop()[1]()
            waiting.extend(step for step in [next(steps, None)] if step)

    return meanwhile


def statuses(clock):
    made = [status(number, created_at=(clock.time - timedelta(seconds=1)).isoformat()) for number in range(3)]
    return {one["id"]: one for one in made}


async def test_a_deaf_stream_is_told_and_closed_and_polling_goes_on(world, clock):
    async with fediverse() as server:
        server.deaf = True
        source = Fast(world(servers=server.address, token=TOKEN, now=clock))

        events = await until(
            source,
            lambda events: "stays silent" in str(healths(events)) and not server.sockets,
            meanwhile=deafly(server, clock),
        )

    assert len(posts(events)) == 3
    assert healths(events)[-1] == (
        "degraded",
        f"The live stream of {server.host} stays silent for #PyConDE; posts come by polling. "
        f"Still there: {server.host}.",
    )
    assert server.requests.count("stream hashtag pyconde") == 1


async def test_a_stream_is_looked_for_where_the_server_is_when_it_is_not_where_it_says(world):
    async with fediverse() as elsewhere, fediverse() as server:
        elsewhere.no_streams = True
        server.answers["instance"] = JSONResponse({"urls": {"streaming_api": f"ws://{elsewhere.host}"}})

        events = await until(
            Fast(world(servers=server.address, token=TOKEN)), lambda events: "stream" in str(healths(events))
        )

    assert {state for state, _ in healths(events)} == {"healthy"}
    assert "stream hashtag pyconde" in server.requests


async def test_a_stream_given_up_is_tried_again_much_later(world, clock):
    waited = []

    async with fediverse() as server:
        reading = Reading(SourceRef(id="one", kind="mastodon"))
        asked = Server(server.address, fetch=world().fetch, now=clock, token=TOKEN)
        live = Live(
            asked,
            {"pyconde": "PyConDE"},
            reading,
            Places([server.host, f"the live stream of {server.host}"]),
            fetch=world().fetch,
            now=clock,
            wait=lambda attempt, error: waited.append(error) or 3600.0,
            look_seconds=0.01,
        )
        listening = asyncio.create_task(live.read(ignored))
        await reached(lambda: live.hearing.opened_at)
        clock.time += 2 * GRACE
        written = [(str(number), clock.time) for number in range(3)]
        live.hearing.find("pyconde", written, clock.time)
        clock.time += 2 * GRACE
        await reached(lambda: waited)
        listening.cancel()
        await asyncio.wait((listening,))

    (error,) = waited
    assert isinstance(error, SourceError)
    assert (error.permanent, error.retry_after) == (False, DEAF_SECONDS)
    assert EVENT.hashtags[0] in error.message


async def ignored(batch):
    pass


async def reached(condition):
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)

"""Whatever happens in a row, everybody's wall is the wall: each update once and in order, or a resync, and never a word
that was not approved.

The steps of each run are drawn by Hypothesis, the same ones each time. To look for longer, with others:
MODEL_EXAMPLES=1000 pytest tests/faults/test_model.py --timeout 0 --hypothesis-seed=7
"""

import gc
import os
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as some

from tests.conftest import slugs
from tests.faults.house import PLACES, ROADS, house
from tests.faults.model import ACTS
from wall.core.event import Event
from wall.store.server import PrivateRedis

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
EXAMPLES = int(os.environ.get("MODEL_EXAMPLES", "0"))
SILENCE_SECONDS = 0.25
NEVER_SECONDS = 1000.0

names = some.sampled_from("abcd")
webs = some.sampled_from((0, 1))
PEOPLE = (
    some.tuples(some.just("publish"), names),
    some.tuples(some.just("act"), some.sampled_from(ACTS), names),
    some.tuples(some.just("act"), some.sampled_from(("remove", "edit", "withdraw")), names),
    some.tuples(some.just("burst"), some.integers(2, 5)),
)
VIEWERS = (
    some.tuples(some.just("join"), some.sampled_from(ROADS), some.sampled_from(PLACES), webs),
    some.tuples(some.just("cut_viewer"), some.integers(0, 9)),
)
FAULTS = (
    some.tuples(some.sampled_from(("cut_line", "cut_listener", "stall", "mend", "restart_web")), webs),
    some.tuples(some.just("swallow"), webs, some.integers(1, 3)),
    some.just(("kill_redis",)),
    some.just(("new_history",)),
)
steps = some.one_of(*PEOPLE, *PEOPLE, *VIEWERS, *VIEWERS, *FAULTS, some.just(("settle",)))


@pytest.fixture
async def redis(tmp_path, monkeypatch):
    """A Redis to be killed. Hubs look for themselves as soon as it says nothing for a moment, and at no other time."""
    monkeypatch.setattr("wall.store.feeds.SILENCE_SECONDS", SILENCE_SECONDS)
    monkeypatch.setattr("wall.hub.BEAT_SECONDS", NEVER_SECONDS)
    server = PrivateRedis(tmp_path / "redis")
    await server.start()
    yield server
    await server.stop()


# A connection to Redis whose making is cancelled is left to the garbage collector by redis-py.
@pytest.mark.filterwarnings("ignore::ResourceWarning")
@settings(
    max_examples=EXAMPLES or settings().max_examples // 4,
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    print_blob=True,
    phases=[Phase.generate, Phase.shrink] if EXAMPLES else [Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=some.lists(steps, min_size=15, max_size=30))
async def test_whatever_happens_in_a_row_everybody_sees_the_wall_as_it_is(redis, tmp_path, steps):
    async with house(redis, tmp_path, replace(EVENT, slug=next(slugs))) as wall:
        for step, *how in steps:
            await getattr(wall, step)(*how)

        await wall.settle()
    gc.collect()

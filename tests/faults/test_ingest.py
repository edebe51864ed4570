"""A source moves from worker to worker as these are killed and stopped, and every post of it is taken in once."""

import asyncio
import json
import os
import signal
import subprocess
import sys
from datetime import timedelta

import pytest

from tests.conftest import slugs
from tests.program import ROOT
from tests.waiting import until
from wall.core.event import Event
from wall.core.post import post_id
from wall.core.source import SourceSettings
from wall.ingest import Times
from wall.store.keys import EVENT_SLUGS, WORKERS

POSTS = 300
POSTS_A_SECOND = 60


class Reader:
    """A worker's process. Its name is what it goes by among the workers that are here."""

    def __init__(self, url, folder, hours):
        folder.mkdir()
        self.log = folder / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.reader", url, str(folder), str(hours)],
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=log,
            )

    def wait_for_name(self):
        self.name = self.process.stdout.readline().strip()

    def signal(self, number):
        os.kill(self.process.pid, number)

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


@pytest.fixture
async def event(store):
    """The only event that the readers know of."""
    await store.database.command("DEL", EVENT_SLUGS)
    event = Event(slug=next(slugs), title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    await store.events.create(event)
    return event


@pytest.fixture
def hours():
    """How many hours the clocks of the workers are ahead."""
    return (0, 0, 0)


@pytest.fixture
async def readers(redis_server, store, event, tmp_path, hours):
    """Three workers, and a recording that one of them plays."""
    recording = tmp_path / "recording.jsonl"
    lines = [
        {
            "at": number / POSTS_A_SECOND,
            "id": f"p{number}",
            "text": f"Post {number} #PyConEx",
            "author": {"id": "a", "handle": "ana"},
        }
        for number in range(POSTS)
    ]
    recording.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    await store.sources.save(event.slug, SourceSettings(id="s1", kind="replay", options={"path": str(recording)}))
    readers = [Reader(redis_server.url, tmp_path / f"reader-{at}", ahead) for at, ahead in enumerate(hours)]
    for reader in readers:
        reader.wait_for_name()
    yield readers
    for reader in readers:
        reader.end()


@pytest.fixture
def holder(store, readers):
    async def holder():
        """Return which reader follows the source, once one does."""

        async def found():
            loads = [await load(store, one) for one in readers]
            return next((one for one, number in zip(readers, loads, strict=True) if number), None)

        return await until(found)

    return holder


async def load(store, reader):
    """Return how many sources a reader follows, None when nobody knows that it is there."""
    number = await store.database.command("HGET", WORKERS + "loads", reader.name)
    return None if number is None else int(number)


async def lets_go(store, reader):
    return await load(store, reader) == 0


async def read_to(store, event, number):
    """Wait until the source was read so far."""
    await until(lambda: at_least(store, event, number))


async def at_least(store, event, number):
    return int(await store.sources.position(event.slug, "s1") or 0) >= number


@pytest.mark.timeout(120)
async def test_workers_that_die_and_oversleep_lose_nothing_double_nothing_and_move_nothing_back(
    store, event, readers, holder
):
    first = await holder()
    await read_to(store, event, 20)
    first.end()
    await read_to(store, event, int(await store.sources.position(event.slug, "s1")) + 20)
    sleeper = await holder()
    sleeper.signal(signal.SIGSTOP)
    reached = int(await store.sources.position(event.slug, "s1"))
    await read_to(store, event, reached + 20)
    sleeper.signal(signal.SIGCONT)
    await until(lambda: lets_go(store, sleeper))
    places = [int(await store.sources.position(event.slug, "s1"))]
    while places[-1] < POSTS:
        await asyncio.sleep(0.02)
        places.append(int(await store.sources.position(event.slug, "s1")))

    told = await store.feeds.after(event.slug, "desk", 0, limit=2 * POSTS)
    submitted = [update.post_id for update in told if update.kind == "submitted"]
    assert (len(submitted), len(set(submitted))) == (POSTS, POSTS)
    assert places == sorted(places)


@pytest.mark.thorough
@pytest.mark.timeout(120)
@pytest.mark.parametrize("hours", [(-1, 3, 24 * 3653)], ids=["an hour behind, three ahead, ten years ahead"])
async def test_workers_whose_clocks_are_wrong_lose_nothing_double_nothing_and_keep_the_order(
    store, event, readers, holder
):
    """G12: the source moves from one wrong clock to the next; none takes it from another that is well."""
    held = [await holder()]
    while len(held) < len(readers):
        await read_to(store, event, 80 * len(held))
        assert await load(store, held[-1]) == 1
        held[-1].end()
        held.append(await until(lambda: next_of(store, readers, held)))
    await read_to(store, event, POSTS)

    told = await store.feeds.after(event.slug, "desk", 0, limit=2 * POSTS)
    submitted = [update for update in told if update.kind == "submitted"]
    assert [one.post_id for one in submitted] == [post_id(f"replay:p{number}") for number in range(POSTS)]
    # The control: the clocks were wrong, and by the times they told it would be hours or years long.
    times = [one.at for one in submitted]
    assert max(times) - min(times) > timedelta(hours=3)


async def next_of(store, readers, held):
    """Return which reader follows the source after those that did."""
    loads = {one: await load(store, one) for one in readers if one not in held}
    return next((one for one, number in loads.items() if number), None)


def test_by_the_times_that_are_shipped_a_source_moves_within_ten_seconds():
    times = Times()

    assert times.takeover < 10
    assert 3 * times.renew <= times.lease

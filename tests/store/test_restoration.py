"""An older copy of the data that is put back is noticed, and nothing else is taken for one."""

import asyncio
import os
import shutil
import signal
from datetime import UTC, datetime, timedelta

import pytest

from tests.audience import put_through
from tests.waiting import until
from wall.core.event import Event
from wall.store import open_store, server
from wall.store.server import PrivateRedis

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))


class Wall:
    """A Redis of our own and what stands in it, stopped and started on one folder."""

    def __init__(self, folder):
        self.folder = folder / "redis"
        self.copy = folder / "copy"

    async def start(self):
        self.redis = PrivateRedis(self.folder)
        await self.redis.start()
        self.store = open_store(self.redis.url)
        return self

    async def stop(self):
        await self.store.database.close()
        await self.redis.stop()

    async def again(self):
        await self.stop()
        return await self.start()

    async def tip(self):
        return await self.store.feeds.tip("hall", "public")

    async def put_back(self):
        return await self.store.restoring.last()


@pytest.fixture
async def wall(tmp_path):
    wall = await Wall(tmp_path).start()
    await wall.store.events.create(EVENT)
    await put_through(wall.store, "hall", many=3)
    yield wall
    await wall.stop()


def all_of_it(wall):
    shutil.rmtree(wall.folder)
    shutil.copytree(wall.copy, wall.folder)


def the_journal_alone(wall):
    shutil.rmtree(wall.folder / "appendonlydir")
    shutil.copytree(wall.copy / "appendonlydir", wall.folder / "appendonlydir")


@pytest.mark.parametrize("putting", [all_of_it, the_journal_alone])
async def test_an_older_copy_begins_another_history_and_is_noted_with_its_time(wall, putting):
    shutil.copytree(wall.folder, wall.copy, ignore=shutil.ignore_patterns("*.sock"))
    before = await wall.tip()
    await wall.redis.newest.touch(wall.store.database)
    await put_through(wall.store, "hall", many=5)
    await wall.stop()

    putting(wall)
    await wall.start()
    await put_through(wall.store, "hall", many=7)  # further than any viewer of before

    assert (await wall.tip()).epoch != before.epoch
    assert (await wall.tip()).offset == 10
    restored = await wall.put_back()
    assert timedelta(0) <= restored.at - restored.taken < timedelta(minutes=1)
    assert abs(datetime.now(UTC) - restored.at) < timedelta(minutes=1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
async def test_a_redis_that_ends_however_and_starts_again_goes_on_with_its_history(wall, number):
    before = await wall.tip()

    os.kill(int((wall.folder / "redis.pid").read_text()), number)
    await wall.redis.process.wait()
    await wall.again()

    assert await wall.tip() == before
    assert await wall.put_back() is None


async def test_data_from_before_this_was_looked_at_is_no_copy(wall):
    await wall.store.database.command("DEL", "wall:newest")
    for file in wall.folder.glob("newest-*"):
        file.unlink()
    before = await wall.tip()

    await wall.again()

    assert await wall.tip() == before


async def test_how_new_the_data_is_is_noted_while_it_runs(wall, monkeypatch):
    monkeypatch.setattr(server, "TOUCH_SECONDS", 0.05)
    noted = await wall.store.database.command("GET", "wall:newest")
    watching = asyncio.create_task(wall.redis.watch())

    async def is_newer():
        return await wall.store.database.command("GET", "wall:newest") != noted

    await until(is_newer)
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    before = await wall.tip()
    await wall.again()
    assert (await wall.tip(), await wall.put_back()) == (before, None)

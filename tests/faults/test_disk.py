"""G1b, G2 and G3: a decision is confirmed once it is on the disk, however slow, full or broken that is."""

import asyncio
import os
import re
import signal
import subprocess
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from tests.audience import task
from tests.cast import a_decision, a_post
from tests.faults.tracing import traced
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store import open_store, server
from wall.store.server import PrivateRedis, find_server
from wall.store.submission import Submission

EVENT = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
POSTS = 60
DECISIONS_TRACED = 25
SLOW_MICROSECONDS = 3_000_000
JOURNAL = "appendonly.aof"
CALL = re.compile(r"^\d+ +(?:<\.\.\. )?(?P<name>\w+)(?:\(\d+<(?P<file>[^>]*)>| resumed)")


@pytest.fixture
async def redis(tmp_path):
    redis = PrivateRedis(tmp_path / "redis")
    await redis.start()
    yield redis
    await redis.stop()


@pytest.fixture
async def careless(tmp_path, monkeypatch):
    """The control: a Redis that confirms first and writes to its disk within a second or so."""
    monkeypatch.setattr(server, "SETTINGS", server.SETTINGS.replace("appendfsync always", "appendfsync everysec"))
    redis = PrivateRedis(tmp_path / "careless")
    await redis.start()
    yield redis
    await redis.stop()


async def prepared(redis):
    """Return a store with posts that wait for a moderator."""
    store = open_store(redis.url)
    await store.events.create(EVENT)
    posts = [a_post(f"Post {number} #PyConEx") for number in range(POSTS)]
    await store.posts.submit(EVENT.slug, [Submission(post, Verdict()) for post in posts], now=now())
    return store, await store.posts.get_all(EVENT.slug, [post.id for post in posts])


async def approve(store, standing):
    await store.posts.decide(EVENT.slug, a_decision("approve", standing), now=now())


async def missing(store, confirmed):
    """Return how many of these posts are not approved."""
    standings = await store.posts.get_all(EVENT.slug, confirmed)
    return sum(one is None or one.status is not Status.APPROVED for one in standings)


def pid(redis):
    return int((redis.folder / "redis.pid").read_text())


def now():
    return datetime.now(UTC)


# The answer comes after the disk


async def early_answers(redis, log):
    """Decide one by one under strace; return how many answers went out before what they confirm was on the disk."""
    store, standings = await prepared(redis)
    async with traced(pid(redis), log, "-e", "trace=write,writev,sendto,fdatasync,fsync"):
        for standing in standings[:DECISIONS_TRACED]:
            await approve(store, standing)
    await store.database.close()
    return early(log.read_text(errors="replace").splitlines())


def early(lines):
    unsynced, answers, count = False, 0, 0
    for line in lines:
        call = CALL.match(line)
        name, file = (call["name"], call["file"] or "") if call else ("", "")
        if name == "write" and JOURNAL in file:
            unsynced = True
        elif name in ("fdatasync", "fsync") and "unfinished" not in line:
            unsynced = False
        elif name in ("write", "writev", "sendto") and ("socket" in file or "UNIX" in file):
            answers += 1
            count += unsynced
    assert answers >= DECISIONS_TRACED
    return count


async def test_no_answer_leaves_before_what_it_confirms_is_on_the_disk(redis, tmp_path):
    assert await early_answers(redis, tmp_path / "calls") == 0


async def test_answers_that_do_leave_before_are_seen(careless, tmp_path):
    """The control: as most Redis servers are set."""
    assert await early_answers(careless, tmp_path / "calls") >= DECISIONS_TRACED / 2


# A slow disk


async def lost_on_a_slow_disk(redis, log):
    """Decide while each sync takes three seconds, and kill Redis meanwhile; return how many confirmed ones are lost."""
    store, standings = await prepared(redis)
    confirmed = []

    async def work():
        for standing in standings:
            await approve(store, standing)
            confirmed.append(standing.post.id)
            await asyncio.sleep(0.05)

    slow = f"inject=fdatasync,fsync:delay_enter={SLOW_MICROSECONDS}"
    async with traced(pid(redis), log, "-e", "trace=fdatasync,fsync", "-e", slow):
        working = asyncio.create_task(work())
        await until(lambda: log.read_text())  # The first sync has begun.
        await asyncio.wait([working], timeout=1.0)  # As long as a sync lasts, twice over, Redis puts off to write.
        os.kill(pid(redis), signal.SIGKILL)
        await redis.process.wait()
        working.cancel()
        await asyncio.gather(working, return_exceptions=True)
    await store.database.close()
    await redis._spawn(find_server())
    after = open_store(redis.url)
    lost = await missing(after, confirmed)
    await after.database.close()
    return lost


async def test_on_a_slow_disk_nothing_confirmed_is_lost(redis, tmp_path):
    assert await lost_on_a_slow_disk(redis, tmp_path / "calls") == 0


async def test_what_is_confirmed_before_it_is_on_a_slow_disk_is_lost(careless, tmp_path):
    """The control: the same kill takes what only Redis' memory had."""
    assert await lost_on_a_slow_disk(careless, tmp_path / "calls") > 0


# A broken disk and a full one


async def test_a_disk_that_fails_confirms_nothing_and_redis_comes_back_by_itself(redis, tmp_path):
    store, standings = await prepared(redis)
    async with watched(redis):
        failing = "inject=fdatasync,fsync:error=EIO:when=5+"
        async with traced(pid(redis), tmp_path / "calls", "-e", "trace=fdatasync,fsync", "-e", failing):
            confirmed, unsure = await until_refused(store, standings)

        assert len(confirmed) == 4
        assert await until(lambda: confirmed_at_last(store, unsure))
        assert await missing(store, confirmed) == 0
    await store.database.close()


@pytest.fixture
async def small_disk(tmp_path):
    """A folder on a disk of its own, of eight megabytes."""
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], capture_output=True)  # noqa: ASYNC221
    if mounted.returncode:
        pytest.skip(f"No disk may be mounted here: {mounted.stderr.decode().strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)  # noqa: ASYNC221


async def test_a_full_disk_confirms_nothing_and_once_there_is_room_all_goes_on_by_itself(small_disk, monkeypatch):
    monkeypatch.setattr(server, "LONGEST_WAIT_SECONDS", 0.1)
    redis = PrivateRedis(small_disk)
    await redis.start()
    store, standings = await prepared(redis)
    async with watched(redis):
        fill(small_disk / "ballast")
        confirmed, unsure = await until_refused(store, standings)
        started = set()

        async def died_many_times():
            assert not await confirmed_at_last(store, unsure)
            started.add(redis.process.pid)
            return len(started) == 8

        await until(died_many_times)

        (small_disk / "ballast").unlink()
        assert await until(lambda: confirmed_at_last(store, unsure))
        assert await missing(store, confirmed) == 0
    await store.database.close()
    await redis.stop()


def watched(redis):
    """Have Redis looked after, as `backchannel serve` does."""
    return task(redis.watch())


async def until_refused(store, standings):
    """Decide one by one until that is refused; return whose decisions were confirmed, and the one that was not."""
    confirmed = []
    for standing in standings:
        decision = a_decision("approve", standing)
        if not await confirmed_at_last(store, decision):
            return confirmed, decision
        confirmed.append(standing.post.id)
    raise AssertionError("Every decision was confirmed.")


def fill(path):
    """Leave no room on a disk."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(b"x" * 4096)


async def confirmed_at_last(store, decision):
    """Send a decision once more, with the same id, as a desk does until it is answered."""
    try:
        return await store.posts.decide(EVENT.slug, decision, now=now())
    except StoreUnavailable:
        return None

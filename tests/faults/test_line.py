"""That the faults are real ones."""

import asyncio

import pytest

from tests.faults.line import Line
from wall.errors import StoreUnavailable
from wall.store import open_store


@pytest.fixture
async def line(redis_server, tmp_path):
    async with Line(tmp_path / "line.sock", redis_server.socket) as line:
        yield line


@pytest.fixture
async def far(redis_server, line):
    """The store at the far end of the line."""
    store = open_store(redis_server.url.replace(str(redis_server.socket), str(line.path)))
    yield store
    await store.database.close()


@pytest.fixture
async def heard(far):
    """What is published as it is heard at the far end, once Redis has confirmed all three patterns."""
    heard = far.feeds.listen()
    assert [await anext(heard) for _ in range(4)] == [None] * 4
    yield heard
    await heard.aclose()


async def test_a_message_that_is_swallowed_is_not_heard_and_the_next_one_is(line, heard, store):
    line.swallow(1)

    await publish(store, 2)
    await publish(store, 3)

    assert await next_offset(heard) == 3
    assert line.swallowed == 1


@pytest.mark.parametrize("cut", [Line.cut, Line.cut_listener])
async def test_whoever_listens_is_told_that_the_line_was_cut(line, heard, cut):
    cut(line)

    with pytest.raises(StoreUnavailable):
        await anext(heard)


async def test_nothing_passes_a_line_that_is_stalled_until_it_is_mended(line, heard, store):
    line.stall()
    await publish(store, 2)
    asked = asyncio.create_task(next_offset(heard))
    await store.database.command("PING")
    assert not asked.done()

    line.mend()

    assert await asked == 2


async def publish(store, offset):
    words = f"e {offset} posted 0 p 1 waiting approved"
    await store.database.command("PUBLISH", "wall:{line}:feed:public", words)


async def next_offset(heard):
    return (await anext(heard)).update.offset

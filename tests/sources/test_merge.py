import asyncio
from contextlib import aclosing

import pytest

from wall.errors import SourceError
from wall.sources.base import SetAside
from wall.sources.merge import QUEUED_BATCHES, merged


def saying(*words):
    async def reader(put):
        for word in words:
            await put([SetAside(word)])

    return reader


async def failing(put):
    raise SourceError("Gone.", permanent=True)


async def broken(put):
    raise ZeroDivisionError


async def waiting(put):
    await asyncio.Event().wait()


async def heard(*readers):
    return [event.reason async for batch in merged(readers) for event in batch]


async def test_each_reader_is_heard_in_its_order():
    assert sorted(await heard(saying("a", "b"), saying("c"))) == ["a", "b", "c"]


async def test_an_error_of_one_ends_all_and_is_raised_as_it_is():
    with pytest.raises(SourceError, match="Gone") as error:
        await heard(waiting, failing)

    assert error.value.permanent


async def test_a_fault_of_ours_is_not_hidden():
    with pytest.raises(ZeroDivisionError):
        await heard(waiting, broken)


async def test_a_slow_listener_makes_the_readers_wait():
    put = []

    async def eager(send):
        for number in range(1000):
            await send([SetAside(str(number))])
            put.append(number)

    async with aclosing(merged([eager])) as batches:
        await anext(batches)
        for _ in range(100):
            await asyncio.sleep(0)

    assert len(put) <= QUEUED_BATCHES + 2


async def test_whoever_stops_listening_stops_the_readers():
    stopped = asyncio.Event()

    async def reader(put):
        try:
            await put([SetAside("one")])
            await asyncio.Event().wait()
        finally:
            stopped.set()

    async with aclosing(merged([reader])) as batches:
        await anext(batches)

    assert stopped.is_set()

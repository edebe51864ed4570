import asyncio

import pytest

from wall.errors import StoreUnavailable
from wall.store.database import Database, heeding


async def test_a_redis_that_is_away_is_told_in_words(tmp_path):
    database = Database(f"unix://{tmp_path}/nothing.sock")

    with pytest.raises(StoreUnavailable, match="Redis does not answer"):
        await database.command("PING")

    await database.close()


async def test_a_cancellation_that_is_passed_over_below_is_heeded():
    async def deaf():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            return "an answer"

    task = asyncio.create_task(heeding(deaf()))
    await asyncio.sleep(0)
    task.cancel()

    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_question_asked_while_stopping_is_still_answered(store):
    async def stopping():
        try:
            await asyncio.Event().wait()
        finally:
            answers.append(await store.database.command("PING"))

    answers = []
    task = asyncio.create_task(stopping())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)

    assert answers == [True]


async def test_a_task_that_asks_without_end_can_be_cancelled_at_any_moment(store):
    async def asking():
        while True:
            await store.database.command("PING")

    for turns in range(60):
        task = asyncio.create_task(asking())
        for _ in range(turns):
            await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait({task}, timeout=1)
        assert done

import asyncio

import pytest

from wall.errors import StoreUnavailable
from wall.store.database import Database
from wall.store.servers import CONNECTIONS

WAIT_SECONDS = 5


async def test_more_who_ask_at_once_than_there_are_connections_wait_for_their_turn(store):
    answers = await asyncio.gather(*(store.database.command("ECHO", str(n)) for n in range(CONNECTIONS * 4)))

    assert answers == [str(n).encode() for n in range(CONNECTIONS * 4)]


async def test_whoever_is_told_to_stop_stops_whatever_redis_is_doing_just_then(store):
    async def ask_for_ever():
        while True:
            await store.database.command("PING")

    for steps in range(40):
        asking = asyncio.create_task(ask_for_ever())
        for _ in range(steps):
            await asyncio.sleep(0)
        asking.cancel()
        await asyncio.wait([asking], timeout=WAIT_SECONDS)

        assert asking.cancelled(), f"It went on when told to stop after {steps} steps."


async def test_a_redis_that_is_away_is_told_in_words(tmp_path):
    database = Database(f"unix://{tmp_path}/nothing.sock")

    with pytest.raises(StoreUnavailable, match="Redis does not answer"):
        await database.command("PING")

    await database.close()


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


async def test_who_asks_a_closed_database_is_refused_and_opens_no_connection(redis_url):
    database = Database(redis_url)
    await database.command("PING")
    await database.close()

    with pytest.raises(StoreUnavailable, match="stopping"):
        await database.command("PING")


async def test_closing_waits_for_who_is_just_connecting(redis_url):
    for steps in range(20):
        database = Database(redis_url)
        asking = asyncio.create_task(database.command("CLIENT", "ID"))
        for _ in range(steps):
            await asyncio.sleep(0)

        await database.close()

        assert database.asking == 0
        await asyncio.gather(asking, return_exceptions=True)

import asyncio

from wall.store.database import CONNECTIONS


async def test_more_who_ask_at_once_than_there_are_connections_wait_for_their_turn(store):
    answers = await asyncio.gather(*(store.database.command("ECHO", str(n)) for n in range(CONNECTIONS * 4)))

    assert answers == [str(n).encode() for n in range(CONNECTIONS * 4)]

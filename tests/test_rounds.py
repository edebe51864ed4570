import asyncio

from wall.errors import StoreUnavailable
from wall.rounds import rounds


async def test_a_look_that_finds_no_redis_is_told_and_the_next_one_follows(caplog):
    looked = asyncio.Queue()

    async def look():
        looked.put_nowait("looked")
        raise StoreUnavailable("Nobody answers.")

    going = asyncio.create_task(rounds(look, every=0, meanwhile="Posts wait"))
    for _ in range(3):
        await looked.get()
    going.cancel()
    await asyncio.gather(going, return_exceptions=True)

    assert "Posts wait: Nobody answers." in caplog.messages

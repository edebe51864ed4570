import asyncio

from tests.cast import NOW
from wall.store import open_store
from wall.store.keys import EventKeys
from wall.telling import Teller


async def test_what_two_processes_could_tell_is_told_once(store, event, redis_server):
    other = open_store(redis_server.url)
    await store.database.command("SADD", EventKeys(event.slug).untold, ":polls")

    await asyncio.gather(*(Teller(one, lambda: NOW).tell() for one in (store, other)))

    updates = await store.feeds.after(event.slug, "public", 0, limit=9)
    assert [(one.kind, one.status) for one in updates] == [("arranged", "polls")]
    await other.database.close()

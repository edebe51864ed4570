import os
import signal

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import StoreUnavailable
from wall.store import open_store
from wall.store.database import Database
from wall.store.posts import Submission
from wall.store.server import PrivateRedis


@pytest.mark.parametrize("login", ["", "default:@", "default:guess@", "wall:guess@"])
async def test_nobody_gets_in_without_the_password(redis_server, login):
    database = Database(f"unix://{login}{redis_server.socket}")

    with pytest.raises(StoreUnavailable):
        await database.command("GET", "anything")

    await database.close()


async def test_what_was_written_in_scripts_and_transactions_is_there_after_kill_9(tmp_path):
    event = Event(slug="hall", title="PyCon Example", hashtags=("PyConEx",), keys=("pyconex",))
    one, other = a_post(), a_post()
    server = PrivateRedis(tmp_path)
    await server.start()
    store = open_store(server.url)
    await store.events.create(event)
    await store.posts.submit(event.slug, [Submission(one, Verdict()), Submission(other, Verdict())], now=NOW)
    await store.posts.decide(event.slug, a_decision("approve", await store.posts.get(event.slug, one.id)), now=NOW)

    os.kill(int((tmp_path / "redis.pid").read_text()), signal.SIGKILL)
    await server.process.wait()
    await server.stop()
    again = PrivateRedis(tmp_path)
    await again.start()
    after = open_store(again.url)
    standings = await after.posts.get_all(event.slug, [one.id, other.id])

    assert [standing.status for standing in standings] == [Status.APPROVED, Status.WAITING]
    for open_one in (store, after):
        await open_one.database.close()
    await again.stop()

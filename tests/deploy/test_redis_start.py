"""The script that starts Redis and Sentinel in containers makes a Redis that a wall can rely on."""

import asyncio
import os
from contextlib import AsyncExitStack, asynccontextmanager, suppress

import pytest

from tests.deploy.files import DEPLOY
from tests.servers import free_port
from tests.waiting import until
from wall.errors import StoreUnavailable
from wall.store import open_store

SCRIPT = DEPLOY / "kubernetes/redis-start"
HERE = "127.0.0.1"


@asynccontextmanager
async def started(part, folder, **environment):
    folder.mkdir(exist_ok=True)
    process = await asyncio.create_subprocess_exec(
        *("sh", str(SCRIPT), part),
        env=os.environ | {name: str(value) for name, value in environment.items()} | {"FOLDER": str(folder)},
        stdout=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        # Killed, for a replica that just took everything over lets nobody stop it until that is on its disk.
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()


async def commanded(store, *words):
    try:
        return await store.database.command(*words)
    except StoreUnavailable:
        return None


async def test_a_wall_finds_the_primary_and_what_it_writes_is_on_two_disks(tmp_path):
    password = tmp_path / "password"
    password.write_text("s3cret-of-redis")
    ports = [free_port() for _ in range(3)]
    common = {"NAME": HERE, "PRIMARY": HERE, "PRIMARY_PORT": ports[0], "PASSWORD_FILE": password, "QUORUM": 1}
    url = f"redis+sentinel://:s3cret-of-redis@{HERE}:{ports[2]}/wall"
    async with AsyncExitStack() as stack:
        for name, part, port in zip(["one", "two", "watch"], ["redis", "redis", "sentinel"], ports, strict=True):
            await stack.enter_async_context(started(part, tmp_path / name, PORT=port, **common))
        store = open_store(url, replicas=1)
        stack.push_async_callback(store.database.close)
        await until(lambda: commanded(store, "SET", "wall:{x}:a", "b"))
        _, confirmed = await store.database.commands(("SET", "wall:{x}:a", "c"), ("WAIT", 1, 5000))
        fsync = await store.database.command("CONFIG", "GET", "appendfsync")
        stranger = open_store(f"redis://{HERE}:{ports[0]}")
        stack.push_async_callback(stranger.database.close)
        with pytest.raises(StoreUnavailable, match=r"(?i)auth"):
            await stranger.database.command("PING")

    assert confirmed == 1
    assert b"always" in (fsync.values() if isinstance(fsync, dict) else fsync)
    assert (tmp_path / "two/redis.conf").read_text().count("replicaof") == 1
    assert (tmp_path / "one/redis.conf").read_text().count("replicaof") == 0


async def test_settings_that_sentinel_changed_are_kept(tmp_path):
    (tmp_path / "password").write_text("s3cret-of-redis")
    folder = tmp_path / "one"
    folder.mkdir()
    port = free_port()
    (folder / "redis.conf").write_text(f"port {port}\ndir {folder}\nreplicaof {HERE} 1\nrequirepass x\n")
    kept = (folder / "redis.conf").read_text()

    async with started(
        "redis", folder, NAME=HERE, PRIMARY=HERE, PRIMARY_PORT=port, PASSWORD_FILE=tmp_path / "password"
    ):
        store = open_store(f"redis://:x@{HERE}:{port}")
        role = await until(lambda: commanded(store, "ROLE"))
        await store.database.close()

    assert role[0] in (b"slave", "slave")
    assert (folder / "redis.conf").read_text() == kept

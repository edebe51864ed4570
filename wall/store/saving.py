"""A copy of all that the private Redis keeps: made by itself, at one moment, while it goes on; and taken in again."""

import asyncio
import fcntl
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

from wall.errors import ConfigError, StoreUnavailable
from wall.store.database import Database
from wall.store.server import find_server, keeper_url

DUMP = "dump.rdb"
LONGEST_SECONDS = 3600.0
LOOK_SECONDS = 0.02
STOP_SECONDS = 60.0
LOADING = """\
port 0
unixsocket {socket}
unixsocketperm 700
dir {folder}
logfile {folder}/redis.log
databases 1
appendonly no
save ""
"""


@asynccontextmanager
async def snapshot(folder: Path) -> AsyncIterator[Path]:
    """Yield a file with all that the private Redis of a folder kept at one moment from now on; it goes afterwards.

    Raises ConfigError while another backup is taken, and StoreUnavailable when Redis cannot write the file.
    """
    dump = folder / DUMP
    database = Database(keeper_url(folder))
    with (folder / "backup.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ConfigError("Another backup is taken just now; wait for it.") from error
        try:
            await settled(database, "rdb_bgsave_in_progress")
            dump.unlink(missing_ok=True)
            await database.command("BGSAVE", "SCHEDULE")
            told = await settled(database, "rdb_bgsave_in_progress", done=dump.exists)
            if told["rdb_last_bgsave_status"] != "ok" or not dump.exists():
                raise StoreUnavailable(f"Redis could not write {dump}; see {folder}/redis.log.")
            dump.chmod(0o600)
            yield dump
        finally:
            await database.close()
            dump.unlink(missing_ok=True)


async def settled(database: Database, name: str, *, done: Callable[[], bool] = lambda: True) -> dict[str, str]:
    """Wait until Redis has done something and that can be seen, or failed, and return how its files fare."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        told = {name: str(value) for name, value in (await database.command("INFO", "persistence")).items()}
        failed = any(value == "err" for key, value in told.items() if key.endswith("_status"))
        if told[name] == "0" and (failed or done()):
            return told
        if time.monotonic() > deadline:
            raise StoreUnavailable("Redis takes longer than an hour to write its file; look after its disk.")
        await asyncio.sleep(LOOK_SECONDS)


async def take_in(folder: Path) -> None:
    """Make of the `dump.rdb` in a folder what a private Redis begins with there; raises StoreUnavailable.

    Redis does that by itself: how its files are laid out differs from version to version.
    """
    with tempfile.TemporaryDirectory(prefix="wall-") as own:
        settings, socket = Path(own) / "redis.conf", Path(own) / "redis.sock"
        settings.write_text(LOADING.format(folder=folder, socket=socket), encoding="utf-8")
        process = await asyncio.create_subprocess_exec(
            find_server(),
            str(settings),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        database = Database(f"unix://{socket}")
        try:
            await loaded(database, process)
            await database.command("CONFIG", "SET", "appendonly", "yes")
            told = await settled(database, "aof_rewrite_in_progress")
            if told["aof_last_bgrewrite_status"] != "ok" or told["aof_rewrite_scheduled"] != "0":
                raise StoreUnavailable("Redis could not write what it read; is the disk full?")
        finally:
            await database.close()
            if process.returncode is None:
                process.terminate()
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            (folder / DUMP).unlink(missing_ok=True)


async def loaded(database: Database, process: asyncio.subprocess.Process) -> None:
    deadline = time.monotonic() + LONGEST_SECONDS
    while True:
        try:
            await database.command("PING")
            return
        except StoreUnavailable as error:
            if process.returncode is not None:
                raise StoreUnavailable("Redis cannot read this backup; it may be of a newer Redis.") from error
            if time.monotonic() > deadline:
                raise
        await asyncio.sleep(LOOK_SECONDS)

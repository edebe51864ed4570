"""The program as several processes: started, watched, restarted and stopped together."""

import asyncio
import logging
import resource
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from wall.config import Config, environment, others_environment
from wall.errors import ConfigError

log = logging.getLogger(__name__)

STOP_SECONDS = 10.0
QUICK_SECONDS = 5.0
LONGEST_WAIT_SECONDS = 10.0
STALLED_MILLISECONDS = 15_000
BACKLOG = 4096


class Child:
    """One process of ours, running a `backchannel` command; it ends when we do, since its standard input ends."""

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], *, files: Sequence[int] = ()
    ) -> None:
        self.arguments = list(arguments)
        self.environment = dict(environment)
        self.files = tuple(files)
        self.process: asyncio.subprocess.Process | None = None

    async def watch(self) -> None:
        """Run the process until cancelled, starting it again whenever it ends, then stop it."""
        wait = 0.0
        try:
            while True:
                started = time.monotonic()
                self.process = await asyncio.create_subprocess_exec(
                    sys.executable,
                    "-m",
                    "wall",
                    *self.arguments,
                    env=self.environment,
                    stdin=asyncio.subprocess.PIPE,
                    pass_fds=self.files,
                    start_new_session=True,
                )
                status = await self.process.wait()
                quick = time.monotonic() - started < QUICK_SECONDS
                wait = min(LONGEST_WAIT_SECONDS, max(0.5, wait * 2)) if quick else 0.0
                log.error("backchannel %s ended with status %s; starting it again.", self.arguments[0], status)
                await asyncio.sleep(wait)
        finally:
            await self.stop()

    async def stop(self) -> None:
        process = self.process
        if process is None or process.returncode is not None:
            return
        with suppress(ProcessLookupError):
            process.terminate()
        try:
            await asyncio.wait_for(process.wait(), STOP_SECONDS)
        except TimeoutError:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()


def listen(config: Config) -> socket.socket:
    """Return the listening socket that every web process shares; raises ConfigError in words.

    The kernel keeps callers waiting in it while a web process is started again, and frees the connection of a
    viewer that has taken nothing for a while.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, STALLED_MILLISECONDS)
    try:
        sock.bind((config.host, config.port))
        sock.listen(BACKLOG)
    except OSError as error:
        sock.close()
        raise ConfigError(
            f"Nothing can listen on {config.host}:{config.port} ({error.strerror}). Give another one with --port."
        ) from error
    sock.set_inheritable(True)
    return sock


def allow_many_connections() -> None:
    """Let this process hold as many connections as the system permits; by default that is often a thousand."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def until_told_to_stop() -> None:
    """Wait for Ctrl-C or a polite kill."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await stop.wait()


async def until_parent_ends() -> None:
    """Wait until standard input, our parent's end of a pipe, is closed: it stopped, or was killed."""
    reader = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while await reader.read(1024):
        pass


def environment_of(config: Config, *, redis_url: str) -> dict[str, str]:
    """Return the environment that gives a child the same settings."""
    return others_environment() | environment(
        replace(config, redis_url=redis_url, data_dir=config.data_dir.resolve())
    )

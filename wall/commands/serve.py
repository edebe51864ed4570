"""`backchannel serve`: a whole wall on one machine."""

import argparse
import asyncio
import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from wall.commands import base_url, say, setup_link
from wall.config import Config
from wall.errors import ConfigError
from wall.processes import Child, environment_of, listen, until_told_to_stop
from wall.store import Store, open_store
from wall.store.server import PrivateRedis


async def serve(config: Config, options: argparse.Namespace) -> int:
    """Run a wall on this machine until told to stop; on the first start, print the link that sets it up."""
    async with running(config, workers=options.workers) as (store, base):
        if await store.people.exist():
            say(f"The wall is at {base}/organise")
        else:
            link = await setup_link(store, base)
            write_private(config.data_dir / "setup-link", link)
            say("Nobody organises this wall yet. Open this link, which works once and for a day:", f"  {link}")
        say("Ctrl-C stops it.")
        await until_told_to_stop()
    return 0


@asynccontextmanager
async def running(config: Config, *, workers: int) -> AsyncIterator[tuple[Store, str]]:
    """Run everything for one machine, and yield the store and the address people use once the wall answers.

    Raises OtherSchema, before anything of ours uses it, where Redis keeps what another version wrote.
    """
    server = None if config.redis_url else PrivateRedis(config.data_dir / "redis")
    sock = listen(config)
    tasks: list[asyncio.Task[None]] = []
    try:
        if server:
            await server.start()
        redis_url = server.url if server else config.redis_url
        environment = environment_of(config, redis_url=redis_url)
        children = [Child(["ingest", "--child"], environment)]
        children += [
            Child(["web", "--child", "--fd", str(sock.fileno())], environment, files=[sock.fileno()])
            for _ in range(workers)
        ]
        store = open_store(redis_url)
        minding: list[asyncio.Task[None]] = []
        try:
            await store.sharing.check()
            tasks = [asyncio.create_task(child.watch()) for child in children]
            if server:
                minding = [asyncio.create_task(server.watch()), asyncio.create_task(server.tidy())]
            port = sock.getsockname()[1]
            await answers(port, host=config.host)
            yield store, base_url(config, port)
        finally:
            for task in minding:
                task.cancel()
            await asyncio.gather(*minding, return_exceptions=True)
            await store.database.close()
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        sock.close()
        if server:
            await server.stop()


async def answers(port: int, *, host: str) -> None:
    """Wait until a web process answers; the socket keeps us waiting in line until then."""
    address = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    reader, writer = await asyncio.open_connection(address, port)
    writer.write(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
    await reader.read()
    writer.close()
    with contextlib.suppress(OSError):
        await writer.wait_closed()


def write_private(path: Path, text: str) -> None:
    """Write a file that only we may read; raises ConfigError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"The data folder {path.parent} cannot be written: {error.strerror}.") from error

"""What each command does, but for the demo, which has a file of its own."""

import argparse
import asyncio
import contextlib
import gc
import random
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import uvicorn

from wall.accept import Acceptor
from wall.assets import folder
from wall.classifier import Classifier
from wall.config import Config, settings
from wall.core.people import Link
from wall.errors import ConfigError
from wall.ingest import Worker
from wall.media import Pictures
from wall.processes import (
    BACKLOG,
    Child,
    allow_many_connections,
    environment_of,
    listen,
    until_parent_ends,
    until_told_to_stop,
)
from wall.programmes import ProgrammeReader
from wall.purge import Purge
from wall.rehearsal.pictures import picture
from wall.release import Releaser
from wall.sources.fetch import Fetch
from wall.store import Store, open_store
from wall.store.server import PrivateRedis, running_url
from wall.web.app import USER_AGENT, create_app
from wall.web.entrance import Entrance
from wall.web.server import REQUESTS_SECONDS, Server

Command = Callable[[Config, argparse.Namespace], Awaitable[int]]

LINK_LASTS = timedelta(hours=24)
LONGEST_FRAME = 16 * 1024
GARBAGE_OBJECTS = 20_000


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


async def web(config: Config, options: argparse.Namespace) -> int:
    """Run one web process."""
    app = create_app(config, redis_url=required_url(config))
    allow_many_connections()
    # Connections that stay are no garbage: looking through ten thousand of them now and then would hold everybody up.
    gc.set_threshold(GARBAGE_OBJECTS, 20, 50)
    sock = socket.socket(fileno=options.fd) if options.fd is not None else listen(config)
    server = Server(
        uvicorn.Config(
            app,
            http=Entrance,
            backlog=BACKLOG,
            ws="websockets-sansio",
            ws_max_size=LONGEST_FRAME,
            ws_per_message_deflate=False,
            forwarded_allow_ips=config.trusted_proxies,
            timeout_graceful_shutdown=REQUESTS_SECONDS,
            server_header=False,
            access_log=False,
            log_config=None,
        )
    )
    if not options.child:
        await server.serve(sockets=[sock])
        return 0
    parent = asyncio.create_task(until_parent_ends())
    parent.add_done_callback(lambda _: setattr(server, "should_exit", True))
    await server.serve(sockets=[sock])
    parent.cancel()
    return 0


async def ingest(config: Config, options: argparse.Namespace) -> int:
    """Run one ingest worker."""
    store = open_store(required_url(config))
    async with Fetch(private_addresses=config.private_addresses, user_agent=USER_AGENT) as fetch:
        pictures = Pictures(config.picture_dir, fetch, own=picture)
        classifier = Classifier(config.classifier) if config.classifier else None
        acceptor = Acceptor(store, pictures, now=now, classifier=classifier)
        worker = Worker(store, acceptor, fetch, now=now, random=random.random)
        following = asyncio.create_task(worker.run())
        purging = asyncio.create_task(Purge(store, pictures).run())
        releasing = asyncio.create_task(Releaser(store).run())
        reading = asyncio.create_task(ProgrammeReader(store, fetch, now=now).run())
        endings = {following, purging, releasing, reading, asyncio.create_task(until_told_to_stop())}
        if options.child:
            endings.add(asyncio.create_task(until_parent_ends()))
        await asyncio.wait(endings, return_when=asyncio.FIRST_COMPLETED)
        for task in endings:
            task.cancel()
        await asyncio.gather(*endings, return_exceptions=True)
        if classifier:
            await classifier.close()
    await store.database.close()
    return 0


async def invite(config: Config, options: argparse.Namespace) -> int:
    """Print a one-time link for an owner, or for the staff of an event."""
    store = open_store(config.redis_url or running_url(config.data_dir / "redis"))
    base = base_url(config, config.port)
    try:
        if options.owner and not await store.people.exist():
            link = await setup_link(store, base)
        elif options.owner:
            owner = next(person for person in await store.people.all() if person.owner)
            token = await store.people.make_link(
                Link(kind="sign-in", person_id=owner.id, expires_at=now() + LINK_LASTS), now=now()
            )
            link = f"{base}/sign-in#{token}"
        elif options.event:
            event = await store.events.get(options.event)
            token = await store.people.make_link(
                Link(
                    kind="invite",
                    slug=event.slug,
                    role=options.role,
                    name=options.name,
                    expires_at=now() + LINK_LASTS,
                ),
                now=now(),
            )
            link = f"{base}/sign-in#{token}"
        else:
            raise ConfigError("Say whom to invite: --owner, or --event with its slug.")
    finally:
        await store.database.close()
    say("This link works once, in the first browser that opens it, and for a day:", f"  {link}")
    return 0


async def check(config: Config, options: argparse.Namespace) -> int:
    """Print each setting with its origin, and see whether Redis and the assets are there."""
    for entry in settings():
        value = getattr(config, entry.name)
        shown = "(secret)" if entry.metadata["secret"] and value else value
        say(f"WALL_{entry.name.upper():26} {shown!s:30} {config.origins.get(entry.name, 'default')}")
    say(f"templates are in {folder('templates')}, static files in {folder('static')}")
    server = None if config.redis_url else PrivateRedis(config.data_dir / "redis")
    if server:
        await server.start()
    store = open_store(server.url if server else config.redis_url)
    try:
        events = await store.events.all()
        say(f"Redis answers; it holds {len(events)} event{'' if len(events) == 1 else 's'}.")
    finally:
        await store.database.close()
        if server:
            await server.stop()
    return 0


@asynccontextmanager
async def running(config: Config, *, workers: int) -> AsyncIterator[tuple[Store, str]]:
    """Run everything for one machine, and yield the store and the address people use once the wall answers."""
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
        tasks = [asyncio.create_task(child.watch()) for child in children]
        store = open_store(redis_url)
        watching = asyncio.create_task(server.watch()) if server else None
        try:
            port = sock.getsockname()[1]
            await answers(port, host=config.host)
            yield store, base_url(config, port)
        finally:
            if watching:
                watching.cancel()
                await asyncio.gather(watching, return_exceptions=True)
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


async def setup_link(store: Store, base: str) -> str:
    token = await store.people.make_link(Link(kind="setup", expires_at=now() + LINK_LASTS), now=now())
    return f"{base}/setup#{token}"


def base_url(config: Config, port: int) -> str:
    """Return the address people use; on every address of a machine, that is its own name for itself."""
    if config.public_url:
        return config.public_url
    host = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(config.host, config.host)  # noqa: S104 - compared, not bound
    return f"http://{host}:{port}"


def required_url(config: Config) -> str:
    if not config.redis_url:
        raise ConfigError("WALL_REDIS_URL is not set; `backchannel serve` runs a private Redis by itself.")
    return config.redis_url


def write_private(path: Path, text: str) -> None:
    """Write a file that only we may read; raises ConfigError where that cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise ConfigError(f"The data folder {path.parent} cannot be written: {error.strerror}.") from error


def now() -> datetime:
    return datetime.now(UTC)


def say(*lines: str) -> None:
    """Print for a person, at once, also when the output is a file or a pipe."""
    print("\n".join(lines), flush=True)

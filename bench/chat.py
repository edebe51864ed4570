"""What pages of a chat cost over an archive of 22 editions and 30,000 posts, beside the same pages of a small event.

Both are asked in turn of the whole application, in this process. Said are the ratio of the times, and how many commands
Redis was asked. See README.md.
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from starlette.applications import Starlette

from bench.chat_archive import Size, editions, seed
from bench.figures import machine, ratios, spread, table
from bench.polls import request
from wall.config import Config
from wall.store import Store
from wall.store.database import Database
from wall.store.server import PrivateRedis
from wall.store.servers import Command
from wall.web.app import create_app

SMALL = Size(editions=1, posts=400, people=120)
LARGE = Size()
ARCHIVE, EVENT = "custserv", "small"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds, both in turn (9)")
    parser.add_argument("--asks", type=int, default=30, help="times that a page is asked for in a round (30)")
    parser.add_argument("--posts", type=int, default=LARGE.posts, help="posts of the archive (30,000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options.rounds, options.asks, Size(posts=options.posts)))


async def bench(folder: Path, rounds: int, asks: int, large: Size) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    clock = Clock()
    app = create_app(Config(data_dir=folder), redis_url=server.url, now=lambda: clock.now)
    try:
        async with app.router.lifespan_context(app) as services:
            store: Store = services["store"]
            for slug, size in ((EVENT, SMALL), (ARCHIVE, large)):
                began = time.perf_counter()
                await seed(store, slug, size)
                print(f"{slug}: {size.posts:,} posts kept and gathered in {time.perf_counter() - began:.0f} s")
            await measure(app, services, clock, rounds, asks, large)
    finally:
        await server.stop()
    print(f"\n{machine()}")


async def measure(
    app: Starlette, services: MutableMapping[str, Any], clock: "Clock", rounds: int, asks: int, large: Size
) -> None:
    """Ask for each page of both in turn, as it is in the middle of the last edition, and print what that costs."""
    last = {EVENT: editions(SMALL)[-1], ARCHIVE: editions(large)[-1]}
    pages = {
        "all editions": {slug: f"/{slug}/chat/editions" for slug in last},
        "an edition": {slug: f"/{slug}/chat/{one.number}" for slug, one in last.items()},
        "the chat now": {slug: f"/{slug}/chat" for slug in last},
    }
    rows = []
    for name, paths in pages.items():
        times: dict[str, list[float]] = {slug: [] for slug in paths}
        asked: dict[str, int] = {}
        for _ in range(rounds):
            for slug, path in paths.items():
                clock.now = last[slug].starts + timedelta(minutes=40)
                with counting(services["store"].database) as commands:
                    await ask(app, services, path)
                asked[slug] = len(commands)
                began = time.perf_counter()
                for _again in range(asks):
                    await ask(app, services, path)
                times[slug].append((time.perf_counter() - began) / asks * 1000)
        rows.append(
            [
                name,
                spread(ratios(times[ARCHIVE], times[EVENT]), 2),
                spread(times[ARCHIVE], 1),
                f"{asked[ARCHIVE]} and {asked[EVENT]}",
            ]
        )
    print("\n" + table(["page", "of the small event's", "ms", "commands to Redis"], rows))


async def ask(app: Starlette, services: MutableMapping[str, Any], path: str) -> None:
    status, _ = await request(app, services, "GET", path)
    if status != 200:
        raise SystemExit(f"{path} was answered with {status}.")


class Clock:
    """The time of the application."""

    def __init__(self) -> None:
        self.now = datetime.fromisoformat("2026-01-01T00:00:00+00:00")


@contextmanager
def counting(database: Database) -> Iterator[list[Command]]:
    """Yield a list of the commands that this task sends to Redis meanwhile; loops of the application are other tasks."""
    seen: list[Command] = []
    send, own = database.servers.send, asyncio.current_task()

    async def counted(commands: Sequence[Command], **how: bool) -> list[Any]:
        if asyncio.current_task() is own:
            seen.extend(commands)
        return await send(commands, **how)

    database.servers.send = counted  # type: ignore[method-assign]
    try:
        yield seen
    finally:
        database.servers.send = send  # type: ignore[method-assign]


if __name__ == "__main__":
    main()

"""What all of Bluesky costs while few posts of it are ours: a Jetstream at a steady pace, read, sifted and taken in.

The floor reads the same stream, parses every event and adds it to a stream of Redis, and does nothing else.
"""

import argparse
import asyncio
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import aclosing, suppress
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
from websockets.asyncio.client import connect

from bench.children import OTHER_CORE, running
from bench.figures import cpu_seconds, machine, ratios, spread, table
from tests.servers import free_port
from wall.accept import Acceptor
from wall.core.event import Event
from wall.core.source import SourceSettings
from wall.errors import SourceError
from wall.media import Pictures
from wall.sources.base import Context, Upsert
from wall.sources.bluesky.source import Bluesky
from wall.sources.fetch import Fetch
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

SLUG = "bench"
EVENT = Event(slug=SLUG, title="Benchmark", hashtags=("PyConDE",), keys=("pyconde",))
BATCH = 100
GOAL = 0.20  # of a core
PATIENCE_SECONDS = 20.0


class OnePour(Bluesky):
    longest_wait_seconds = 3600.0
    silence_seconds = 3600.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="rounds, the contestants in turn (3)")
    parser.add_argument("--rate", type=int, default=1000, help="events a second, a multiple of 100 (1000)")
    parser.add_argument("--seconds", type=float, default=10.0, help="seconds a round and contestant (10)")
    parser.add_argument("--matching", type=float, default=10.0, help="posts for the wall a second (10)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options))


async def bench(folder: Path, options: argparse.Namespace) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis_pid = int((folder / "redis" / "redis.pid").read_text())
    core = min(os.sched_getaffinity(0))
    for pid in (0, redis_pid):
        os.sched_setaffinity(pid, {core})
    port = free_port()
    flags = [f"--{name}={getattr(options, name)}" for name in ("rate", "seconds", "matching")]
    command = [sys.executable, "-m", "bench.skyfall", f"--port={port}", *flags]
    try:
        await store.events.create(EVENT)
        with running(OTHER_CORE, command, folder):
            await contest(store, f"ws://127.0.0.1:{port}", redis_pid, folder, options)
    finally:
        await store.database.close()
        await server.stop()
        shutil.rmtree(folder / "redis", ignore_errors=True)


async def contest(store: Store, url: str, redis_pid: int, folder: Path, options: argparse.Namespace) -> None:
    ours: list[list[float]] = []
    floor: list[list[float]] = []
    taken = []
    transport = httpx2.MockTransport(appview)
    async with Fetch(private_addresses=True, user_agent="bench", transport=transport) as fetch:
        acceptor = Acceptor(store, Pictures(folder / "pictures", fetch), now=lambda: datetime.now(UTC))
        await ready(url)
        for _ in range(options.rounds):
            for runs, contestant in (
                (floor, bare(store, url)),
                (ours, read(acceptor, fetch, url, options.seconds)),
            ):
                before = time.process_time(), cpu_seconds(redis_pid)
                count = await contestant
                runs.append([time.process_time() - before[0], cpu_seconds(redis_pid) - before[1]])
            taken.append(count)
    report(ours, floor, taken, options)


async def ready(url: str) -> None:
    """Wait until the Jetstream is there."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        with suppress(OSError):
            async with connect(url, proxy=None):
                return
        if time.monotonic() > until:
            raise SystemExit("The Jetstream did not come up.")
        await asyncio.sleep(0.1)


def appview(request: httpx2.Request) -> httpx2.Response:
    """Answer as an AppView does to which everybody is known; nobody has a picture, for the network is not measured."""
    dids = parse_qs(urlsplit(str(request.url)).query).get("actors", [])
    profiles = [{"did": did, "handle": f"{did[8:]}.example", "displayName": "Somebody"} for did in dids]
    return httpx2.Response(200, json={"profiles": profiles, "posts": []})


async def read(acceptor: Acceptor, fetch: Fetch, url: str, seconds: float) -> int:
    """Read one pour by the source, and take in what it finds; returns how many posts that were."""

    async def known(limit: int) -> list[str]:
        return []

    settings = SourceSettings(
        id="b1", kind="bluesky", options={"jetstreams": url, "appview": "https://av.example"}
    )
    context = Context(settings=settings, event=EVENT, fetch=fetch, known=known, now=lambda: datetime.now(UTC))
    taken = 0
    with suppress(TimeoutError, SourceError):
        async with asyncio.timeout(seconds + 2.0), aclosing(OnePour(context).posts(None)) as batches:
            async for batch in batches:
                posts = [event.post for event in batch if isinstance(event, Upsert)]
                taken += (await acceptor.accept(SLUG, posts)).total
    return taken


async def bare(store: Store, url: str, *, most: int = sys.maxsize) -> int:
    """Parse what a Jetstream sends and add it to a stream, a hundred at a time, until it closes or sent the most."""
    batch: list[bytes] = []
    count = 0
    async with connect(url, proxy=None, compression=None, max_size=None) as socket:
        async for frame in socket:
            json.loads(frame)
            batch.append(frame.encode() if isinstance(frame, str) else frame)
            if len(batch) >= BATCH:
                count += len(batch)
                await store.database.commands(*(("XADD", "wall:{bench}:floor", "*", "e", one) for one in batch))
                batch = []
            if count + len(batch) >= most:
                break
        if batch:
            await store.database.commands(*(("XADD", "wall:{bench}:floor", "*", "e", one) for one in batch))
            count += len(batch)
    await store.database.commands(("DEL", "wall:{bench}:floor"))
    return count


def report(
    ours: list[list[float]], floor: list[list[float]], taken: list[int], options: argparse.Namespace
) -> None:
    shares = [sum(one) / options.seconds for one in ours]
    print(f"firehose, {options.rate:,} events a second of which about {options.matching:g} match; {machine()}")
    print(f"median (min–max) of {options.rounds} interleaved rounds of {options.seconds:g} s\n")
    rows = [
        [name, *(spread([100 * one[part] / options.seconds for one in runs], 1) for part in (0, 1))]
        for name, runs in (("ours", ours), ("floor", floor))
    ]
    print(table(["", "our process, % of a core", "Redis, % of a core"], rows))
    print(f"\nof the floor's CPU: {spread(ratios([sum(one) for one in ours], [sum(one) for one in floor]), 2)}")
    print(f"posts taken in a round: {spread(taken)}")
    verdict = "reached" if sorted(shares)[len(shares) // 2] <= GOAL else "MISSED"
    print(
        f"share of a core, with Redis: {spread([100 * one for one in shares], 1)} % of at most {100 * GOAL:g} %, {verdict}"
    )


if __name__ == "__main__":
    main()

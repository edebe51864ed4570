"""How long a burst takes: thousands of posts for the wall at once on a Jetstream, until the last of them is in the queue.

Read as in life: an ingest worker's follower, the Bluesky source, rules, and a private Redis that syncs every write. The floor
reads the same stream, parses every event and adds it to a stream of the same Redis, and does nothing else.
"""

import argparse
import asyncio
import os
import random
import shutil
import sys
import tempfile
import time
from contextlib import suppress
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import httpx2

from bench.children import OTHER_CORE, running
from bench.figures import cpu_seconds, machine, ratios, spread, table
from bench.firehose import appview, bare, ready
from bench.skyfall import events
from tests.servers import free_port
from wall.accept import Acceptor
from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.source import SourceSettings
from wall.ingest import Times
from wall.ingest.follower import Follower, Services
from wall.ingest.lease import Lease
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

GOAL_SECONDS = 3.0
GLANCE_SECONDS = 0.02
PATIENCE_SECONDS = 60.0
LEASE_SECONDS = 600.0
TICK_SECONDS = 0.01


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, the contestants in turn (5)")
    parser.add_argument(
        "--events", type=int, default=5500, help="events at once; eleven of twelve are posts (5500)"
    )
    parser.add_argument("--redis-core", choices=("same", "other"), default="same", help="where Redis runs (same)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options))


async def bench(folder: Path, options: argparse.Namespace) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis_pid = int((folder / "redis" / "redis.pid").read_text())
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[0]})
    os.sched_setaffinity(redis_pid, {cores[0] if options.redis_core == "same" else cores[-1]})
    port = free_port()
    rate = int(options.events / TICK_SECONDS)
    flags = [f"--port={port}", f"--rate={rate}", f"--seconds={TICK_SECONDS}", f"--matching={rate}"]
    try:
        with running(OTHER_CORE, [sys.executable, "-m", "bench.skyfall", *flags, "--stay"], folder):
            await contest(store, f"ws://127.0.0.1:{port}", redis_pid, folder, options)
    finally:
        await store.database.close()
        await server.stop()
        shutil.rmtree(folder / "redis", ignore_errors=True)


async def contest(store: Store, url: str, redis_pid: int, folder: Path, options: argparse.Namespace) -> None:
    took: dict[str, list[float]] = {"ours": [], "floor": []}
    worked: dict[str, list[float]] = {"ours": [], "floor": []}
    brought = []
    transport = httpx2.MockTransport(appview)
    async with Fetch(private_addresses=True, user_agent="bench", transport=transport) as fetch:
        services = Services(
            store=store,
            acceptor=Acceptor(store, Pictures(folder / "pictures", fetch), now=now),
            fetch=fetch,
            now=now,
            random=random.random,
            times=Times(),
        )
        await ready(url)
        for number in range(options.rounds):
            posts = expected(2 * number + 3, options.events)  # each line has the next seed; `ready` had the first
            for name, contestant in (
                ("floor", bare(store, url, most=options.events)),
                ("ours", read(services, f"bench-{number}", url, posts)),
            ):
                begun = time.perf_counter(), time.process_time(), cpu_seconds(redis_pid)
                await contestant
                took[name].append(time.perf_counter() - begun[0])
                worked[name].append(time.process_time() - begun[1] + cpu_seconds(redis_pid) - begun[2])
            brought.append(posts)
    report(took, worked, brought, options)


def expected(seed: int, number: int) -> int:
    """Return how many of the first events with a seed are posts; all of them carry the hashtag."""
    return sum(
        '"operation": "create"' in str(event).replace("'", '"') for event in islice(events(seed, 1.0), number)
    )


async def read(services: Services, slug: str, url: str, posts: int) -> None:
    """Follow the source until all of its posts are in the queue."""
    store = services.store
    await store.events.create(Event(slug=slug, title="Benchmark", hashtags=("PyConDE",), keys=("pyconde",)))
    event = await store.events.get(slug)
    options = {"jetstreams": url, "appview": "https://av.example"}
    settings = SourceSettings(id="b1", kind="bluesky", options=options)
    lease = await Lease.taken(store.leases, slug, settings.id, seconds=LEASE_SECONDS)
    if lease is None:
        raise SystemExit("Somebody else reads this source; this measures nothing.")
    following = asyncio.create_task(Follower(services, lease, event, settings).follow())
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while (await store.posts.counts(slug))[Status.WAITING] < posts:
                await asyncio.wait((following,), timeout=GLANCE_SECONDS)
    finally:
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following


def now() -> datetime:
    return datetime.now(UTC)


def report(
    took: dict[str, list[float]], worked: dict[str, list[float]], brought: list[int], options: argparse.Namespace
) -> None:
    print(f"burst of {spread(brought)} posts at once, Redis on the {options.redis_core} core; {machine()}")
    print(f"median (min–max) of {options.rounds} interleaved rounds\n")
    rows = [
        [
            name,
            spread(took[name], 2),
            spread([many / s for many, s in zip(brought, took[name], strict=True)]),
            spread([1e6 * s / many for many, s in zip(brought, worked[name], strict=True)]),
        ]
        for name in ("ours", "floor")
    ]
    print(table(["", "seconds", "posts a second", "CPU µs a post, Redis included"], rows))
    print(f"\ntimes the floor's time: {spread(ratios(took['ours'], took['floor']), 1)}")
    print(f"times the floor's CPU: {spread(ratios(worked['ours'], worked['floor']), 1)}")
    seconds = sorted(took["ours"])[len(took["ours"]) // 2]
    print(
        f"in the queue after {seconds:.2f} s of at most {GOAL_SECONDS:g} s, {'reached' if seconds <= GOAL_SECONDS else 'MISSED'}"
    )


if __name__ == "__main__":
    main()

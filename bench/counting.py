"""Posts taken in a second while another process counts them, and while it is stopped, in turn. See README.md.

Everything runs on one Redis that syncs every write; nothing is pinned to a core.
"""

import argparse
import asyncio
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path

from bench.accept import EVENT, SLUG, keep_avatars
from bench.figures import cpu_seconds, machine, ratios, spread, table
from bench.statuses import statuses
from wall.accept import Acceptor
from wall.core.post import SourceRef
from wall.counting import Counter
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.sources.mastodon.status import parse_status
from wall.sources.payload import loads
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

SOURCE = SourceRef(id="m1", kind="mastodon")
CAUGHT_UP_SECONDS = 120.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds, with and without counting in turn (7)")
    parser.add_argument("--posts", type=int, default=3000, help="posts a round (3000)")
    parser.add_argument("--batch", type=int, default=20, help="posts that are taken in at once (20)")
    parser.add_argument("--count", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.count:
        asyncio.run(counts(options.count))
        return
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options))


async def bench(folder: Path, options: argparse.Namespace) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis = int((folder / "redis" / "redis.pid").read_text())
    try:
        took = await ingest(folder, store, server.url, redis, options)
    finally:
        await store.database.close()
        await server.stop()
        shutil.rmtree(folder / "redis", ignore_errors=True)
    report(took[True], took[False], options)


@dataclass(slots=True)
class Took:
    """What rounds took for a post, in microseconds: by the clock, of our processor time, of Redis's, of who counts."""

    clock: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    redis: list[float] = field(default_factory=list)
    counter: list[float] = field(default_factory=list)

    @property
    def both(self) -> list[float]:
        return [sum(each) for each in zip(self.ours, self.redis, strict=True)]


async def ingest(
    folder: Path, store: Store, url: str, redis: int, options: argparse.Namespace
) -> dict[bool, Took]:
    await store.events.create(EVENT)
    took = {False: Took(), True: Took()}
    async with Fetch(private_addresses=False, user_agent="bench") as fetch, counting(url) as counter:
        pictures = Pictures(folder / "pictures", fetch)
        await keep_avatars(pictures)
        acceptor = Acceptor(store, pictures, now=lambda: datetime.now(UTC))
        seeds = count(1)
        await accept(acceptor, next(seeds), 200, options.batch)
        for number in range(options.rounds):
            for counted in (True, False) if number % 2 else (False, True):
                counter.send_signal(signal.SIGCONT)
                await until_counted(store)
                if not counted:
                    counter.send_signal(signal.SIGSTOP)
                pids = redis, counter.pid
                before = [time.process_time(), *map(cpu_seconds, pids)]
                took[counted].clock.append(await accept(acceptor, next(seeds), options.posts, options.batch))
                ours = time.process_time()
                if counted:  # what comes after the round is counted, too, and is paid for
                    await until_counted(store)
                after = [ours, *map(cpu_seconds, pids)]
                kinds = took[counted].ours, took[counted].redis, took[counted].counter
                for kind, one, other in zip(kinds, before, after, strict=True):
                    kind.append((other - one) / options.posts * 1e6)
        counter.send_signal(signal.SIGCONT)
    return took


async def accept(acceptor: Acceptor, seed: int, number: int, size: int) -> float:
    """Take in so many posts, and return the seconds that took."""
    payloads = list(islice(statuses(seed), number))
    begun, taken = time.perf_counter(), 0
    for start in range(0, number, size):
        now = datetime.now(UTC)
        parsed = [
            parse_status(
                loads(text), host="social.example", domain="social.example", uids={}, source=SOURCE, now=now
            )
            for text in payloads[start : start + size]
        ]
        taken += (await acceptor.accept(SLUG, [post for post in parsed if post])).total
    if taken != number:
        raise SystemExit(f"Only {taken} of {number} posts were taken in; this measures nothing.")
    return time.perf_counter() - begun


@asynccontextmanager
async def counting(url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Have another process count, as a web process does beside those that take in."""
    child = await asyncio.create_subprocess_exec(sys.executable, "-m", "bench.counting", "--count", url)
    try:
        yield child
    finally:
        child.terminate()
        await child.wait()


async def until_counted(store: Store) -> None:
    async with asyncio.timeout(CAUGHT_UP_SECONDS):
        while SLUG in await store.ledger.behind():  # noqa: ASYNC110 - another process does it
            await asyncio.sleep(0.05)


async def counts(url: str) -> None:
    await Counter(open_store(url)).run()


def report(counted: Took, alone: Took, options: argparse.Namespace) -> None:
    print(f"{machine()}\n")
    print(
        f"taking posts in, batches of {options.batch}: {options.rounds} rounds of {options.posts}, each with and without\n"
    )
    print(
        table(
            ["", "with ÷ without", "with", "without"],
            [
                [
                    "posts a second",
                    spread(ratios(alone.clock, counted.clock), 2),
                    *(spread([options.posts / one for one in each.clock]) for each in (counted, alone)),
                ],
                [
                    "posts a second of processor time, Redis's included",
                    spread(ratios(alone.both, counted.both), 2),
                    *(spread([1e6 / one for one in each.both]) for each in (counted, alone)),
                ],
                ["Redis, CPU µs a post", "", spread(counted.redis), spread(alone.redis)],
                ["who counts, CPU µs a post", "", spread(counted.counter), ""],
            ],
        )
    )


if __name__ == "__main__":
    main()

"""What rules cost: posts taken in without any, with a list of 5,000 words, and with every other kind as well.

The contestants take turns on one Redis that syncs every write; ratios are of neighbours. See README.md.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from string import ascii_lowercase

from bench.accept import EVENT, SLUG, SOURCE, keep_avatars
from bench.figures import cpu_seconds, machine, ratios, spread, table
from bench.statuses import statuses
from wall.accept import Acceptor
from wall.core.post import Post
from wall.core.rules import KINDS, Rule, checked
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.sources.mastodon_status import parse_status
from wall.sources.payload import loads
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

WORDS = 5_000
HOST = "social.example"
BATCHES = (1, 20, 100)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds, the contestants in turn (9)")
    parser.add_argument("--posts", type=int, default=1000, help="posts a round and contestant (1000)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
        asyncio.run(bench(Path(folder), options.rounds, options.posts))


async def bench(folder: Path, rounds: int, number: int) -> None:
    cores = sorted(os.sched_getaffinity(0))
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis_pid = int((folder / "redis" / "redis.pid").read_text())
    os.sched_setaffinity(0, {cores[0]})
    os.sched_setaffinity(redis_pid, {cores[0]})
    try:
        async with Fetch(private_addresses=False, user_agent="bench") as fetch:
            pictures = Pictures(folder / "pictures", fetch)
            await keep_avatars(pictures)
            await store.events.create(EVENT)
            acceptor = Acceptor(store, pictures, now=lambda: datetime.now(UTC))
            await Contest(store, acceptor, redis_pid).run(rounds, number)
    finally:
        await store.database.close()
        await server.stop()


class Contest:
    """The same door with other rules, in turn; posts are never the same twice, and none is caught."""

    def __init__(self, store: Store, acceptor: Acceptor, redis_pid: int) -> None:
        self.store = store
        self.acceptor = acceptor
        self.redis_pid = redis_pid
        self.seeds = count(1)

    async def run(self, rounds: int, number: int) -> None:
        contestants = {"none": (), "words": (word_list(),), "all": (word_list(), *every_other_kind())}
        took: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for lap in range(rounds + 1):
            for size in BATCHES:
                for name, rules in contestants.items():
                    measured = await self.timed(rules, number, size)
                    if lap:  # the first lap warms up
                        took.setdefault((name, size), []).append(measured)
        report(took, rounds, number)

    async def timed(self, rules: Sequence[Rule], number: int, size: int) -> tuple[float, float]:
        """Return the seconds that a clock saw and that both processes worked, for a post; parsing included."""
        await self.store.rules.change(SLUG, lambda _: rules)
        await self.acceptor.accept(SLUG, parsed(list(islice(statuses(next(self.seeds)), 1))))  # reads and compiles
        payloads = list(islice(statuses(next(self.seeds)), number))
        wall, cpu = time.perf_counter(), time.process_time() + cpu_seconds(self.redis_pid)
        taken = 0
        for start in range(0, number, size):
            taken += await self.acceptor.accept(SLUG, parsed(payloads[start : start + size]))
        spent = time.process_time() + cpu_seconds(self.redis_pid) - cpu
        if taken != number:
            raise SystemExit(f"Only {taken} of {number} posts were taken in; this measures nothing.")
        return (time.perf_counter() - wall) / number, spent / number


def parsed(payloads: Sequence[bytes]) -> list[Post]:
    now = datetime.now(UTC)
    posts = [
        parse_status(loads(text), host=HOST, domain=HOST, uids={}, source=SOURCE, now=now) for text in payloads
    ]
    return [post for post in posts if post]


def word_list() -> Rule:
    random = Random(5)
    words = ("".join(random.choices(ascii_lowercase, k=random.randint(5, 12))) + "q" for _ in range(WORDS))
    return checked(Rule(id="words", kind="words", entries=tuple(words)))


def every_other_kind() -> list[Rule]:
    entries = {
        "authors": "@nobody@nowhere.example",
        "domains": "nowhere.example",
        "sources": "none",
        "languages": "tlh",
    }
    return [
        checked(
            Rule(
                id=name,
                kind=name,
                entries=(entries[name],) if name in entries else (),
                limit=kind.range[0] if name in ("age", "followers") else kind.range[1] or None,
            )
        )
        for name, kind in KINDS.items()
        if name != "words"
    ]


def report(took: dict[tuple[str, int], list[tuple[float, float]]], rounds: int, number: int) -> None:
    print(f"accept with rules, Redis (appendfsync always) on the same core; {machine()}")
    print(f"median (min–max) of {rounds} interleaved rounds of {number} posts\n")
    rows = []
    for size in BATCHES:
        for name, label in (("words", f"{WORDS:,} words"), ("all", f"{WORDS:,} words and all other kinds")):
            with_rules, without = took[name, size], took["none", size]
            rows.append(
                [
                    str(size),
                    label,
                    spread(ratios([1 / wall for wall, _ in with_rules], [1 / wall for wall, _ in without]), 2),
                    spread(ratios([1 / cpu for _, cpu in with_rules], [1 / cpu for _, cpu in without]), 2),
                    spread([cpu * 1e6 for _, cpu in without]),
                    spread([cpu * 1e6 for _, cpu in with_rules]),
                ]
            )
    head = ["batch", "rules", "of none, by time", "by CPU", "CPU µs/post without", "CPU µs/post with"]
    print(table(head, rows))


if __name__ == "__main__":
    main()

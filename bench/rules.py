"""What rules cost: posts taken in without any, with a list of 5,000 words, and with other kinds.

Each contestant is an event on one Redis that syncs every write, and they are given the same posts. See README.md.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count, islice
from pathlib import Path
from random import Random
from string import ascii_lowercase

from bench.accept import EVENT, SOURCE, keep_avatars
from bench.figures import machine, ratios, spread, table
from bench.statuses import statuses
from wall.accept import Acceptor
from wall.core.post import Post
from wall.core.rules import KINDS, Rule, checked
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.sources.mastodon.status import parse_status
from wall.sources.payload import loads
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

WORDS = 5_000
HOST = "social.example"
BATCHES = (1, 20, 100)
COPIES = checked(Rule(id="copies", kind="copies", limit=100.0))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9, help="rounds, contestants in turn (9)")
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
            acceptor = Acceptor(store, pictures, now=lambda: datetime.now(UTC))
            await Contest(store, acceptor).run(rounds, number)
    finally:
        await store.database.close()
        await server.stop()


class Contest:
    """One event for each set of rules, all given the same posts batch by batch, in turn; none is caught."""

    def __init__(self, store: Store, acceptor: Acceptor) -> None:
        self.store = store
        self.acceptor = acceptor
        self.seeds = count(1)

    async def run(self, rounds: int, number: int) -> None:
        for name, rules in CONTESTANTS.items():
            await self.store.events.create(replace(EVENT, slug=name))
            await self.store.rules.change(name, lambda _, rules=rules: rules)
        await self.lap(200, 20)  # rules compiled, scripts loaded, decoders warm
        took: dict[tuple[str, int], list[Took]] = {}
        for _ in range(rounds):
            for size in BATCHES:
                for name, measured in (await self.lap(number, size)).items():
                    took.setdefault((name, size), []).append(measured)
        report(took, rounds, number)

    async def lap(self, number: int, size: int) -> dict[str, "Took"]:
        """Have every event take in the same posts; whose turn is first changes with every batch."""
        payloads = list(islice(statuses(next(self.seeds)), number))
        took = {name: Took(number) for name in CONTESTANTS}
        for start in range(0, number, size):
            for name in sorted(CONTESTANTS, key=lambda name: (start // size + ORDER.index(name)) % len(ORDER)):
                with took[name].measured():
                    taken = await self.acceptor.accept(name, parsed(payloads[start : start + size]))
                if taken.total != len(payloads[start : start + size]):
                    raise SystemExit("Not every post was taken in; this measures nothing.")
        return took


class Took:
    """What one contestant needed in one round, in seconds a post: by the clock, and of our own processor time."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.wall = 0.0
        self.cpu = 0.0

    @contextmanager
    def measured(self) -> Iterator[None]:
        wall, cpu = time.perf_counter(), time.process_time()
        yield
        self.wall += (time.perf_counter() - wall) / self.number
        self.cpu += (time.process_time() - cpu) / self.number


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


CONTESTANTS = {"none": (), "words": (word_list(),), "copies": (COPIES,), "all": (word_list(), *every_other_kind())}
ORDER = tuple(CONTESTANTS)
LABELS = {"words": f"{WORDS:,} words", "copies": "near-duplicates", "all": "all kinds together"}


def report(took: dict[tuple[str, int], list[Took]], rounds: int, number: int) -> None:
    print(f"accept with rules, Redis (appendfsync always) on the same core; {machine()}")
    print(f"median (min–max) of {rounds} rounds of {number} posts, interleaved batch by batch\n")
    rows = []
    for size in BATCHES:
        without = took["none", size]
        for name, label in LABELS.items():
            ours = took[name, size]
            rows.append(
                [
                    str(size),
                    label,
                    spread(ratios([1 / one.wall for one in ours], [1 / one.wall for one in without]), 2),
                    spread(ratios([1 / one.cpu for one in ours], [1 / one.cpu for one in without]), 2),
                    spread([one.cpu * 1e6 for one in without]),
                    spread([one.cpu * 1e6 for one in ours]),
                ]
            )
    head = ["batch", "rules", "of none, by time", "by our CPU", "our CPU µs/post without", "with"]
    print(table(head, rows))


if __name__ == "__main__":
    main()

"""What the ledger of a long event costs: a post that comes or changes, and opening a report. See README.md.

Everything runs on one Redis that syncs every write; nothing is pinned to a core.
"""

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any

from bench.figures import cpu_seconds, machine, spread, table
from wall.core.entry import Entry
from wall.core.ledger import ASKS, PICTURED, STATUSES, WHERE, Scope
from wall.core.moderation import Status
from wall.core.post import post_id
from wall.insight.ledgers import Ledgers
from wall.store import Store, open_store
from wall.store.server import PrivateRedis

LONG = "long"
BEGAN = 1_750_000_000
DAYS = 5
STEP = 200
STEPS = 20
"""Steps that are timed together: the system counts processor time in hundredths of a second."""
FILLED = 4_000
SIZES = (10_000, 100_000, 1_000_000)


def main() -> None:
    options = arguments()
    if options.open:
        asyncio.run(opens(options.open))
    else:
        with tempfile.TemporaryDirectory(prefix="backchannel-bench-") as folder:
            asyncio.run(bench(Path(folder), options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7, help="rounds (7)")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="rows of the longest event (1000000)")
    parser.add_argument("--open", help=argparse.SUPPRESS)
    return parser.parse_args()


async def bench(folder: Path, options: argparse.Namespace) -> None:
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis = int((folder / "redis" / "redis.pid").read_text())
    print(f"{machine()}\n")
    try:
        await long(store, server.url, redis, options)
    finally:
        await store.database.close()
        await server.stop()
        shutil.rmtree(folder / "redis", ignore_errors=True)


async def long(store: Store, url: str, redis: int, options: argparse.Namespace) -> None:
    dice, rows, there = random.Random(1), [], 0
    sizes = [size for size in SIZES if size <= options.most]
    await write(store, {})
    for size in sizes:
        begun = time.perf_counter()
        while there < size:
            await write(store, invented(there, min(FILLED, size - there)))
            there += min(FILLED, size - there)
        print(f"  {there:,} rows are there, after {time.perf_counter() - begun:.0f} s", flush=True)
        rows.append([f"{size:,}", *await steps(store, redis, dice, there, options.rounds)])
        there += STEP * STEPS * options.rounds
    print(f"\na step of {STEP} posts: median (min–max) of {options.rounds}\n")
    titles = ["rows", "µs a new post", "Redis CPU µs a post", "commands a step", "µs a post that changes"]
    print(table(titles, rows))
    head = await store.ledger.head(LONG)
    await store.ledger.write(LONG, head, replace(head, whole=True), {})
    opened = [json.loads(await output("--open", url)) for _ in range(options.rounds)]
    names = list(opened[0])
    print(f"\na report on {there:,} rows, seconds: median (min–max) of {options.rounds} fresh processes\n")
    print(table(["", "s"], [[name, spread([one[name] for one in opened], 2)] for name in names]))


async def steps(store: Store, redis: int, dice: random.Random, there: int, rounds: int) -> list[str]:
    """Measure steps of new posts, and of posts that change."""
    took, theirs, commands, changing = [], [], [], []
    for number in range(rounds):
        first = there + number * STEP * STEPS
        new = [invented(first + step * STEP, STEP) for step in range(STEPS)]
        asked = Asked(store)
        cpu, begun = cpu_seconds(redis), time.perf_counter()
        for entries in new:
            await write(store, entries)
        took.append((time.perf_counter() - begun) / STEP / STEPS * 1e6)
        theirs.append((cpu_seconds(redis) - cpu) / STEP / STEPS * 1e6)
        commands.append(asked.done() / STEPS)
        older = [one_post(one, replies=10 + number) for one in dice.sample(range(there), STEP)]
        begun = time.perf_counter()
        await write(store, {entry.id: entry for entry in older})
        changing.append((time.perf_counter() - begun) / STEP * 1e6)
    return [spread(took), spread(theirs), str(int(median(commands))), spread(changing)]


class Asked:
    """How many commands are sent to Redis for as long as this is not `done`."""

    def __init__(self, store: Store) -> None:
        self.servers: Any = store.database.servers
        self.send = self.servers.send
        self.number = 0
        self.servers.send = self.counted

    async def counted(self, commands: Any, **options: Any) -> Any:
        self.number += len(commands)
        return await self.send(commands, **options)

    def done(self) -> int:
        self.servers.send = self.send
        return self.number


async def write(store: Store, entries: dict[str, Entry]) -> None:
    head = await store.ledger.head(LONG)
    if not await store.ledger.write(LONG, head, head, dict(entries)):
        raise SystemExit("Somebody else wrote meanwhile; this measures nothing.")


def invented(first: int, number: int) -> dict[str, Entry]:
    return {(entry := one_post(one)).id: entry for one in range(first, first + number)}


def one_post(number: int, *, replies: int | None = None) -> Entry:
    """Return what the ledger says of the post of a number; its author and its ties are the same each time."""
    own = random.Random(number)
    author = int(own.paretovariate(0.5)) % 200_000
    written = BEGAN + number * DAYS * 86_400 // 1_000_000
    ties = [("known as", f"person{author}@social.example"), ("hashtag", "event")]
    if own.random() < 0.4:
        ties.append(("hashtag", f"tag{int(own.paretovariate(0.8)) % 20_000}"))
    if own.random() < 0.3:
        ties.append(("mentions", f"person{int(own.paretovariate(0.6)) % 200_000}@social.example"))
    if own.random() < 0.25:
        ties.append(("link", f"https://example.org/{int(own.paretovariate(0.7)) % 50_000}"))
    if own.random() < 0.2:
        ties.append(("answers", f"ap:person{int(own.paretovariate(0.5)) % 1_000}"))
    return Entry(
        id=post_id(str(number)),
        written=written,
        received=written + 3,
        shown=written + own.randrange(3, 300),
        decided=written + own.randrange(3, 300),
        author=f"ap:person{author}",
        replies=own.randrange(3) if replies is None else replies,
        reposts=own.randrange(5),
        reactions=own.randrange(9),
        decider=own.choice(("", "mia", "tom")),
        language=own.choice(("", "en", "en", "de", "fi", "fr")),
        flags=own.choice((0, 0, ASKS, PICTURED)),
        network=own.choice(("mastodon", "bluesky", "nostr")),
        status=STATUSES.index(own.choice((Status.APPROVED,) * 5 + (Status.REJECTED,))),
        where=own.randrange(len(WHERE)),
        ties=tuple(ties),
    )


async def output(*arguments: str) -> str:
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.ledger", *arguments, stdout=asyncio.subprocess.PIPE
    )
    told, _ = await child.communicate()
    return told.decode()


async def opens(url: str) -> None:
    """Open the report in this process, which knows nothing yet, and then again."""
    store = open_store(url)
    ledgers, took = Ledgers(store, seconds=0), {}

    async def timed(name: str, scope: Scope) -> None:
        begun = time.perf_counter()
        if await ledgers.figures(LONG, scope, own=("event",)) is None:
            raise SystemExit("The ledger is not whole; this measures nothing.")
        took[name] = time.perf_counter() - begun

    begun = time.perf_counter()
    await ledgers.get(LONG)
    read = time.perf_counter() - begun
    await timed("first figures", Scope())
    took = {"cold: the ledger read": read, "cold: the first figures": took["first figures"]}
    took["cold: both"] = sum(took.values())
    await timed("warm: another day of it", Scope(begins=BEGAN + 86_400, ends=BEGAN + 2 * 86_400))
    await timed("warm: all of it, asked again", Scope())
    entry = one_post(7, replies=100 + time.time_ns() % 1_000_000)
    await write(store, {entry.id: entry})
    await timed("warm: all of it, after a post changed", Scope())
    await store.database.close()
    print(json.dumps(took))


if __name__ == "__main__":
    main()

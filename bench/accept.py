"""How many posts a second one core takes in: HTML reading, rules and a Redis that syncs every write included.

The floor reads the same JSON and adds it to a stream of the same Redis, in the same batches. See README.md.
"""

import argparse
import asyncio
import json
import os
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import BytesIO
from itertools import count, islice
from pathlib import Path

from PIL import Image

from bench.figures import cpu_seconds, machine, ratios, spread, table
from bench.statuses import AUTHORS, avatar, statuses
from wall.accept import Acceptor
from wall.core import rules
from wall.core.event import Event
from wall.core.post import SourceRef
from wall.media import Pictures
from wall.sources.fetch import Fetch
from wall.sources.mastodon.status import parse_status
from wall.sources.payload import loads
from wall.store import Store, open_store, posts
from wall.store.server import PrivateRedis

SLUG = "bench"
BATCHES = (1, 20, 100)
EVENT = Event(slug=SLUG, title="Benchmark", hashtags=("PyConDE",), keys=("pyconde",))
SOURCE = SourceRef(id="m1", kind="mastodon")
STAGES = ("parse", "known", "judge", "dress", "encode", "submit")


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-", dir=options.folder) as folder:
        asyncio.run(bench(Path(folder), options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="rounds, the contestants in turn (5)")
    parser.add_argument("--posts", type=int, default=2000, help="posts a round and contestant (2000)")
    parser.add_argument("--redis-core", choices=("same", "other"), default="same", help="where Redis runs (same)")
    parser.add_argument(
        "--folder", type=Path, help="where the Redis keeps its file (the system's temporary folder)"
    )
    parser.add_argument("--profile", type=Path, help="write a cProfile of accepting in batches of 100, and end")
    return parser.parse_args()


async def bench(folder: Path, options: argparse.Namespace) -> None:
    cores = sorted(os.sched_getaffinity(0))
    server = PrivateRedis(folder / "redis")
    await server.start()
    store = open_store(server.url)
    redis_pid = int((folder / "redis" / "redis.pid").read_text())
    # The decoder of pictures is not part of this; nothing is fetched, and what is pinned is this process alone.
    os.sched_setaffinity(0, {cores[0]})
    os.sched_setaffinity(redis_pid, {cores[0] if options.redis_core == "same" else cores[-1]})
    try:
        async with Fetch(private_addresses=False, user_agent="bench") as fetch:
            pictures = Pictures(folder / "pictures", fetch)
            await keep_avatars(pictures)
            await store.events.create(EVENT)
            acceptor = Acceptor(store, pictures, now=lambda: datetime.now(UTC))
            runner = Contest(store, acceptor, redis_pid)
            if options.profile:
                await runner.profile(options.profile, options.posts)
                return
            await runner.run(options)
    finally:
        await store.database.close()
        await server.stop()
        shutil.rmtree(folder / "redis", ignore_errors=True)


async def keep_avatars(pictures: Pictures) -> None:
    """Have every author's picture already, as after their first post: the network is not measured here."""
    file = BytesIO()
    Image.new("RGB", (64, 64), "#306090").save(file, "PNG")
    picture = await pictures.keep_bytes(file.getvalue(), kind="avatar")
    for author in range(AUTHORS):
        pictures.remember((avatar(author), "avatar"), picture, 3600.0)


class Contest:
    """Accepting and the floor, in turn, on one Redis; posts are never the same twice."""

    def __init__(self, store: Store, acceptor: Acceptor, redis_pid: int) -> None:
        self.store = store
        self.acceptor = acceptor
        self.redis_pid = redis_pid
        self.seeds = count(1)
        self.stages: dict[str, float] = dict.fromkeys(STAGES, 0.0)

    def payloads(self, number: int) -> list[bytes]:
        return list(islice(statuses(next(self.seeds)), number))

    # The contestants

    async def accept(self, payloads: list[bytes], size: int) -> None:
        taken = 0
        for start in range(0, len(payloads), size):
            now = datetime.now(UTC)
            begun = time.perf_counter()
            parsed = [
                parse_status(
                    loads(text), host="social.example", domain="social.example", uids={}, source=SOURCE, now=now
                )
                for text in payloads[start : start + size]
            ]
            self.stages["parse"] += time.perf_counter() - begun
            taken += (await self.acceptor.accept(SLUG, [post for post in parsed if post])).total
        if taken != len(payloads):
            raise SystemExit(f"Only {taken} of {len(payloads)} posts were taken in; this measures nothing.")

    async def floor(self, payloads: list[bytes], size: int) -> None:
        for start in range(0, len(payloads), size):
            batch = payloads[start : start + size]
            for text in batch:
                json.loads(text)
            await self.store.database.commands(
                *(("XADD", "wall:{bench}:floor", "*", "status", text) for text in batch)
            )

    # Running

    async def timed(
        self, contestant: Callable[[list[bytes], int], Awaitable[None]], number: int, size: int
    ) -> "Took":
        payloads = self.payloads(number)
        wall, ours, theirs = time.perf_counter(), time.process_time(), cpu_seconds(self.redis_pid)
        await contestant(payloads, size)
        return Took(
            number,
            time.perf_counter() - wall,
            time.process_time() - ours,
            cpu_seconds(self.redis_pid) - theirs,
        )

    async def run(self, options: argparse.Namespace) -> None:
        await self.accept(self.payloads(200), 20)  # scripts loaded, decoders warm
        await self.floor(self.payloads(200), 20)
        took: dict[tuple[str, int], list[Took]] = {}
        split: dict[int, list[dict[str, float]]] = {}
        with timed_stages(self.stages):
            for _ in range(options.rounds):
                for size in BATCHES:
                    number = options.posts if size > 1 else max(1, options.posts // 4)
                    took.setdefault(("floor", size), []).append(await self.timed(self.floor, number, size))
                    self.stages.update(dict.fromkeys(STAGES, 0.0))
                    took.setdefault(("accept", size), []).append(await self.timed(self.accept, number, size))
                    split.setdefault(size, []).append({name: self.stages[name] / number * 1e6 for name in STAGES})
        report(took, split, options)

    async def profile(self, path: Path, number: int) -> None:
        import cProfile

        await self.accept(self.payloads(200), 20)
        payloads = self.payloads(number)
        profile = cProfile.Profile()
        profile.enable()
        await self.accept(payloads, 100)
        profile.disable()
        profile.dump_stats(path)


class Took:
    """What one contestant needed in one round, in seconds."""

    def __init__(self, number: int, wall: float, ours: float, redis: float) -> None:
        self.per_second = number / wall
        self.per_cpu_second = number / (ours + redis)
        self.our_microseconds = ours / number * 1e6
        self.redis_microseconds = redis / number * 1e6


@contextmanager
def timed_stages(stages: dict[str, float]) -> Iterator[None]:
    """Have the stages inside `accept` add up their time; two clock readings each, a microsecond a post in all."""

    def timed(name: str, function: Callable[..., object]) -> Callable[..., object]:
        def run(*arguments: object, **options: object) -> object:
            begun = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                stages[name] += time.perf_counter() - begun

        return run

    def timed_wait(name: str, function: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
        async def run(*arguments: object, **options: object) -> object:
            before = stages["encode"]
            begun = time.perf_counter()
            try:
                return await function(*arguments, **options)
            finally:
                stages[name] += time.perf_counter() - begun - (stages["encode"] - before)

        return run

    places: list[tuple[object, str, object]] = [
        (rules, "judge", timed("judge", rules.judge)),
        (posts, "submit_call", timed("encode", posts.submit_call)),
        (posts.Posts, "known", timed_wait("known", posts.Posts.known)),
        (posts.Posts, "submit", timed_wait("submit", posts.Posts.submit)),
        (Acceptor, "_ready", timed_wait("dress", Acceptor._ready)),
    ]
    originals = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    for owner, name, function in places:
        setattr(owner, name, function)
    try:
        yield
    finally:
        for owner, name, function in originals:
            setattr(owner, name, function)


def report(
    took: dict[tuple[str, int], list[Took]], split: dict[int, list[dict[str, float]]], options: argparse.Namespace
) -> None:
    rows = []
    for size in BATCHES:
        ours, floor = took["accept", size], took["floor", size]
        rows.append(
            [
                str(size),
                spread(ratios([one.per_second for one in ours], [one.per_second for one in floor]), 2),
                spread(ratios([one.per_cpu_second for one in ours], [one.per_cpu_second for one in floor]), 2),
                spread([one.per_second for one in ours]),
                spread([one.per_second for one in floor]),
                spread([one.our_microseconds for one in ours]),
                spread([one.redis_microseconds for one in ours]),
            ]
        )
    print(f"accept, with Redis (appendfsync always) on the {options.redis_core} core; {machine()}")
    print(f"median (min–max) of {options.rounds} interleaved rounds of {options.posts} posts\n")
    head = [
        "batch",
        "of floor, by time",
        "by CPU",
        "posts/s",
        "floor posts/s",
        "our CPU µs/post",
        "Redis CPU µs/post",
    ]
    print(table(head, rows))
    print("\nwhere the time goes, µs a post (known and submit wait for Redis)\n")
    print(
        table(
            ["batch", *STAGES],
            [[str(size), *(spread([one[name] for one in split[size]]) for name in STAGES)] for size in BATCHES],
        )
    )


if __name__ == "__main__":
    main()

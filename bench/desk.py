"""How fast a moderator decides by keyboard while three others do too and posts keep coming; see bench/README.md.

python -m bench.desk
"""

import argparse
import asyncio
import itertools
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, Page

from bench.desk_client import DeskClient, desk_client
from bench.desk_page import READY_SECONDS, blank, browser, desk, press
from bench.figures import machine, percentile, ratios, spread, table
from bench.served import SLUG, Wall, posts, served
from wall.core.moderation import Status
from wall.core.post import Post

OTHERS = ("Ada", "Ben", "Chiamaka")
IN_STOCK = 60

Counting = Callable[[], Awaitable[int]]


@dataclass(slots=True)
class Round:
    """What one round measured, in milliseconds: key to confirmed, its request alone, and the floor."""

    keys: list[float] = field(default_factory=list)
    requests: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


@dataclass(slots=True)
class Run:
    """Everything that a run measured."""

    rounds: list[Round]
    pressed: int
    confirmed: int
    seconds: float
    by_others: int


async def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="bench-desk-") as folder:
        async with served(Path(folder)) as wall, browser(options.browser) as chromium:
            run = await measure(wall, chromium, options)
    print(report(run, options))


async def measure(wall: Wall, chromium: Browser, options: argparse.Namespace) -> Run:
    supply = posts(seed=options.seed)
    for _ in range(IN_STOCK):
        await wall.submit(next(supply), Status.WAITING)
    async with desk(wall, chromium, "Mia") as mia, blank(wall, chromium) as bare:
        async with rivals(wall, chromium, options) as others, at_once(arrivals(wall, supply, options.arrivals)):
            rounds = []
            begun = time.perf_counter()
            resting = 0.0
            for number in range(options.rounds):
                await press(mia, options.keys // options.rounds, options.pause)
                rested = time.perf_counter()
                rounds.append(
                    Round(bare=await floor(wall, bare, posts(seed=options.seed + number + 1), options.bare))
                )
                resting += time.perf_counter() - rested
            pressed = options.keys // options.rounds * options.rounds
            with suppress(TimeoutError):
                async with asyncio.timeout(READY_SECONDS):
                    await mia.evaluate("count => bench.reached(count)", pressed)
            seconds = time.perf_counter() - begun - resting
            by_others = await others()
        confirmed = int(await mia.evaluate("bench.confirmed()"))
        share_out(await mia.evaluate("bench.waits()"), rounds, options)
    return Run(rounds, pressed, confirmed, seconds, by_others)


async def decide(page: Page, options: argparse.Namespace) -> None:
    """Decide as another moderator does, until cancelled."""
    while True:
        await press(page, 1, 1 / options.each)


async def arrivals(wall: Wall, supply: Iterator[Post], each_second: float) -> None:
    """Have posts arrive, evenly, until cancelled."""
    due = time.perf_counter()
    while True:
        await wall.submit(next(supply), Status.WAITING)
        due += 1 / each_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def floor(wall: Wall, page: Page, supply: Iterator[Post], count: int) -> list[float]:
    """Return how long bare requests take that decide about posts of their own, from a page with nothing on it."""
    waits = []
    for post in itertools.islice(supply, count):
        await wall.submit(post, Status.WAITING)
        body = {
            "id": secrets.token_hex(16),
            "post": post.id,
            "kind": "approve",
            "version": 1,
            "hash": post.content_hash,
        }
        waits.append(float(await page.evaluate("([at, body]) => bench.bare(at, body)", [decisions(wall), body])))
    return waits


def share_out(waits: list[list[float] | None], rounds: list[Round], options: argparse.Namespace) -> None:
    each = options.keys // options.rounds
    for number, one in enumerate(rounds):
        mine = [wait for wait in waits[number * each : (number + 1) * each] if wait]
        one.keys = [key for key, _ in mine]
        one.requests = [request for _, request in mine]


# People


@asynccontextmanager
async def rivals(wall: Wall, chromium: Browser, options: argparse.Namespace) -> AsyncIterator[Counting]:
    """Have the others decide until left; what is given says how many decisions they have been answered."""
    ada, ben, chiamaka = OTHERS
    if options.others == "pages":
        async with (
            desk(wall, chromium, ada) as one,
            desk(wall, chromium, ben) as two,
            desk(wall, chromium, chiamaka) as three,
        ):
            pages = [one, two, three]
            async with at_once(*(decide(page, options) for page in pages)):
                yield lambda: total(pages)
        return
    async with (
        desk_client(wall, ada) as first,
        desk_client(wall, ben) as second,
        desk_client(wall, chiamaka) as third,
    ):
        clients = [first, second, third]
        async with at_once(*(client.decide(options.each) for client in clients)):
            yield lambda: confirmed_by(clients)


async def total(pages: list[Page]) -> int:
    return sum([int(await page.evaluate("bench.confirmed()")) for page in pages])


async def confirmed_by(clients: list[DeskClient]) -> int:
    return sum(client.confirmed for client in clients)


@asynccontextmanager
async def at_once(*doings: Coroutine[None, None, None]) -> AsyncIterator[None]:
    """Do these things until left; what goes wrong with one is not hidden."""
    tasks = [asyncio.ensure_future(one) for one in doings]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Exception):
            raise result


def decisions(wall: Wall) -> str:
    return f"{wall.base}/{SLUG}/moderate/decisions"


# Figures


def report(run: Run, options: argparse.Namespace) -> str:
    rounds = [one for one in run.rounds if one.keys]
    rows = []
    for words, of in (("median", median), ("p95", lambda all: percentile(all, 95))):
        keys = [of(one.keys) for one in rounds]
        requests = [of(one.requests) for one in rounds]
        bare = [of(one.bare) for one in rounds]
        rows.append([words, spread(ratios(keys, bare), 2), spread(keys, 1), spread(requests, 1), spread(bare, 1)])
    every = [wait for one in rounds for wait in one.keys]
    lines = [
        table(
            ["", "key to confirmed, over a bare POST", "key to confirmed, ms", "its request, ms", "bare POST, ms"],
            rows,
        ),
        "",
        f"{run.pressed} keys, {run.confirmed} decisions confirmed, {run.pressed - run.confirmed} dropped; "
        f"{run.seconds / run.pressed * 1000:.0f} ms a decision at {options.pause * 1000:.0f} ms a key.",
        f"All {len(every)}: median {median(every):.1f} ms, p95 {percentile(every, 95):.1f} ms, "
        f"largest {max(every):.0f} ms.",
        f"Meanwhile {len(OTHERS)} other desks ({options.others}) took {run.by_others} decisions, "
        f"and {options.arrivals:g} posts a second arrived.",
        f"Rounds: {len(rounds)}; median (smallest–largest). {machine()}.",
    ]
    return "\n".join(lines)


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__.splitlines()[0])
    parser.add_argument("--keys", type=int, default=500, help="how many decisions are taken by keyboard")
    parser.add_argument("--rounds", type=int, default=10, help="between two of which the floor is measured")
    parser.add_argument("--pause", type=float, default=0.1, help="seconds from one key to the next, at least")
    parser.add_argument("--bare", type=int, default=10, help="bare requests a round")
    parser.add_argument(
        "--others",
        choices=("clients", "pages"),
        default="clients",
        help="the other desks: programs that ask and read what a page does, or pages of the same browser",
    )
    parser.add_argument("--each", type=float, default=3.0, help="decisions a second at each other desk")
    parser.add_argument("--browser", help="the program to run, such as chromium; else the lightest that is here")
    parser.add_argument("--arrivals", type=float, default=20.0, help="posts a second")
    parser.add_argument("--seed", type=int, default=20260612)
    options = parser.parse_args()
    if not 0 < options.rounds <= options.keys:
        parser.error("every round needs a key at least")
    return options


if __name__ == "__main__":
    asyncio.run(main())

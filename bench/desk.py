"""How fast a moderator decides by keyboard while three others do too and posts keep coming; see bench/README.md.

python -m bench.desk
"""

import argparse
import asyncio
import itertools
import secrets
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.async_api import Browser, Page, ViewportSize
from playwright.async_api import TimeoutError as PlaywrightTimeout

from bench.figures import machine, percentile, ratios, spread, table
from bench.screen import browser
from bench.served import SLUG, Wall, posts, served
from wall.core.moderation import Status
from wall.core.post import Post

SIZE = ViewportSize(width=1440, height=900)
OTHERS = ("Ada", "Ben", "Chiamaka")
IN_STOCK = 60
KEYS = "yynyns"
READY_SECONDS = 20.0

# A key's time is when the browser took it in; a decision is confirmed once its answer is here.
WATCH = """
(() => {
  const keys = [], decisions = new Map(), ask = window.fetch;
  addEventListener("keydown", ({ key, timeStamp }) => "yns".includes(key) && keys.push(timeStamp), { capture: true });
  window.fetch = async (address, request) => {
    const sent = performance.now();
    const response = await ask(address, request);
    if (String(address).endsWith("/decisions") && response.status === 200) {
      const { id } = JSON.parse(request.body);
      if (!decisions.has(id)) decisions.set(id, { sent, confirmed: performance.now() });
    }
    return response;
  };
  const bare = async (address, body) => {
    const begun = performance.now();
    const response = await ask(address, {
      method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body),
    });
    if (response.status !== 200) throw new Error(`bare POST: ${response.status}`);
    return performance.now() - begun;
  };
  globalThis.bench = {
    keys, bare,
    ready: async () => {
      while (!document.querySelector("#desk:not([data-glance]):not([data-gone]) .stage__post article"))
        await new Promise((resolve) => setTimeout(resolve, 5));
    },
    confirmed: () => decisions.size,
    waits: () => [...decisions.values()].map(({ confirmed, sent }, index) => [confirmed - keys[index], confirmed - sent]),
  };
})();
"""


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
        async with served(Path(folder)) as wall, browser() as chromium:
            run = await measure(wall, chromium, options)
    print(report(run, options))


async def measure(wall: Wall, chromium: Browser, options: argparse.Namespace) -> Run:
    supply = posts(seed=options.seed)
    for _ in range(IN_STOCK):
        await wall.submit(next(supply), Status.WAITING)
    async with desk(wall, chromium, "Mia") as mia, blank(wall, chromium) as bare, rivals(wall, chromium) as others:
        async with at_once(arrivals(wall, supply, options.arrivals), *(decide(one, options) for one in others)):
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
            with suppress(PlaywrightTimeout):
                await mia.wait_for_function(
                    "count => bench.confirmed() >= count", arg=pressed, timeout=READY_SECONDS * 1000
                )
            seconds = time.perf_counter() - begun - resting
        confirmed = int(await mia.evaluate("bench.confirmed()"))
        by_others = [int(await one.evaluate("bench.confirmed()")) for one in others]
        share_out(await mia.evaluate("bench.waits()"), rounds, options)
    return Run(rounds, pressed, confirmed, seconds, sum(by_others))


async def press(page: Page, count: int, pause: float) -> None:
    """Press keys, one every `pause` seconds, each once a post is on the stage."""
    due = time.perf_counter()
    for _, key in zip(range(count), itertools.cycle(KEYS)):
        async with asyncio.timeout(READY_SECONDS):
            await page.evaluate("bench.ready()")
        await page.keyboard.press(key)
        due += pause
        await asyncio.sleep(max(0.0, due - time.perf_counter()))


async def decide(page: Page, options: argparse.Namespace) -> None:
    """Decide as another moderator does, until cancelled."""
    while True:
        await press(page, 1, 1 / options.others)


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


def share_out(waits: list[list[float]], rounds: list[Round], options: argparse.Namespace) -> None:
    each = options.keys // options.rounds
    for number, one in enumerate(rounds):
        mine = waits[number * each : (number + 1) * each]
        one.keys = [key for key, _ in mine]
        one.requests = [request for _, request in mine]


# People


@asynccontextmanager
async def desk(wall: Wall, chromium: Browser, name: str) -> AsyncIterator[Page]:
    """Open the desk as a moderator of this name."""
    async with blank(wall, chromium, name=name) as page:
        await page.goto(f"{wall.base}/{SLUG}/moderate")
        await page.wait_for_selector(".connection[data-level=good]", state="attached")
        yield page


@asynccontextmanager
async def rivals(wall: Wall, chromium: Browser) -> AsyncIterator[list[Page]]:
    ada, ben, chiamaka = OTHERS
    async with (
        desk(wall, chromium, ada) as one,
        desk(wall, chromium, ben) as two,
        desk(wall, chromium, chiamaka) as three,
    ):
        yield [one, two, three]


@asynccontextmanager
async def blank(wall: Wall, chromium: Browser, name: str = "Floor") -> AsyncIterator[Page]:
    """Open a page of our origin with nothing on it, signed in as a moderator of this name."""
    person = await wall.store.people.add(name, slug=SLUG, role="moderator")
    secret = await wall.store.people.sign_in(person, browser="Benchmark", now=wall.now())
    context = await chromium.new_context(viewport=SIZE)
    await context.add_cookies([{"name": "session", "value": secret, "url": wall.base}])
    await context.add_init_script(WATCH)
    try:
        page = await context.new_page()
        await page.goto(f"{wall.base}/healthz")
        yield page
    finally:
        await context.close()


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
        f"Meanwhile {len(OTHERS)} other desks took {run.by_others} decisions, "
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
    parser.add_argument("--others", type=float, default=3.0, help="decisions a second at each other desk")
    parser.add_argument("--arrivals", type=float, default=20.0, help="posts a second")
    parser.add_argument("--seed", type=int, default=20260612)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())

"""What a desk's page works for each update that it hears: processor time of its main thread; see bench/README.md.

python -m bench.desk_work
"""

import argparse
import asyncio
import json
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from bench.desk import arrivals, at_once, rivals
from bench.desk_page import browser, desk, press
from bench.figures import machine, table
from bench.served import SLUG, Wall, posts, served
from wall.core.moderation import Status

# What the browser calls its work, and what it is; the rest of a task is told as "other".
WORK = {
    "script": (
        "FunctionCall",
        "EvaluateScript",
        "TimerFire",
        "FireAnimationFrame",
        "EventDispatch",
        "RunMicrotasks",
    ),
    "parse": ("ParseHTML",),
    "garbage": ("MinorGC", "MajorGC", "V8.GC_MC_BACKGROUND_MARKING"),
    "style": ("UpdateLayoutTree", "RecalculateStyles"),
    "layout": ("Layout", "HitTest", "IntersectionObserverController::computeIntersections"),
    "paint": ("PrePaint", "Paint", "Layerize", "Commit", "UpdateLayer", "UpdateLayerTree"),
}
NAMED = {name: kind for kind, names in WORK.items() for name in names}
TASKS = ("RunTask", "ThreadControllerImpl::RunTask")
CATEGORIES = ["devtools.timeline", "disabled-by-default-devtools.timeline", "toplevel", "v8"]
KINDS = (*WORK, "other")


async def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="bench-desk-work-") as folder:
        async with served(Path(folder)) as wall, browser(options.browser) as chromium:
            rows = await measure(wall, chromium, options)
    print(table(["", "updates", *(f"{kind}, ms" for kind in KINDS), "all, ms an update", "rows"], rows))
    print(f"\nProcessor time of the page's main thread. {machine()}.")


async def measure(wall: Wall, chromium: Browser, options: argparse.Namespace) -> list[list[str]]:
    supply = posts(seed=options.seed)
    for _ in range(options.stock):
        await wall.submit(next(supply), Status.WAITING)
    coming = arrivals(wall, supply, options.arrivals)
    async with desk(wall, chromium, "Mia") as mia, rivals(wall, chromium, options), at_once(coming):
        rows = [await traced(wall, chromium, mia, "looking on", asyncio.sleep(options.seconds))]
        keys = press(mia, int(options.seconds * 10), 0.1)
        rows.append(await traced(wall, chromium, mia, "ten keys a second", keys))
        await full(mia, options.full)
        rows.append(await traced(wall, chromium, mia, "a full list", asyncio.sleep(options.seconds)))
    return rows


async def traced(wall: Wall, chromium: Browser, page: Page, what: str, doing: Any) -> list[str]:
    """Return a row of the table: what the page did for each update that came meanwhile."""
    before = (await wall.store.feeds.tip(SLUG, "desk")).offset
    await chromium.start_tracing(page=page, categories=CATEGORIES)
    await doing
    trace = json.loads(await chromium.stop_tracing())
    updates = (await wall.store.feeds.tip(SLUG, "desk")).offset - before
    spent = work(trace["traceEvents"])
    each = [f"{spent[kind] / 1000 / updates:.2f}" for kind in KINDS]
    return [what, str(updates), *each, f"{sum(spent.values()) / 1000 / updates:.2f}", str(await length(page))]


async def length(page: Page) -> int:
    return await page.locator(".line__cards > .card").count()


async def full(page: Page, count: int) -> None:
    """Wait until so many posts are in the list, or a minute."""
    for _ in range(60):
        if int(await page.locator(".line [data-tally=waiting]").inner_text()) >= count:
            return
        await asyncio.sleep(1.0)


def work(events: Iterable[dict[str, Any]]) -> Counter[str]:
    """Return the microseconds of processor time by kind of work, of the busiest page's main thread."""
    events = list(events)
    names = {
        (one["pid"], one["tid"]): one["args"]["name"]
        for one in events
        if one["ph"] == "M" and one["name"] == "thread_name"
    }
    threads: dict[tuple[int, int], Counter[str]] = {}
    for thread, name in names.items():
        if name == "CrRendererMain":
            mine = [one for one in events if (one["pid"], one["tid"]) == thread and one["ph"] == "X"]
            threads[thread] = exclusive(mine)
    return max(threads.values(), key=lambda spent: sum(spent.values()))


def exclusive(events: list[dict[str, Any]]) -> Counter[str]:
    """Return the time of each kind without the time of what it called."""
    spent: Counter[str] = Counter()
    open_: list[tuple[float, str]] = []
    for one in sorted(events, key=lambda one: (one["ts"], -one.get("dur", 0))):
        while open_ and open_[-1][0] <= one["ts"]:
            open_.pop()
        if not open_ and one["name"] not in TASKS:
            continue
        around = open_[-1][1] if open_ else "other"
        kind = NAMED.get(one["name"], around)
        time = one.get("tdur", one.get("dur", 0))
        spent[kind] += time
        if open_:
            spent[around] -= time
        open_.append((one["ts"] + one.get("dur", 0), kind))
    return spent


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.desk_work", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=10.0, help="how long each part lasts")
    parser.add_argument("--stock", type=int, default=60, help="how many posts wait at the beginning")
    parser.add_argument("--full", type=int, default=330, help="how many wait in the last part")
    parser.add_argument("--each", type=float, default=3.0, help="decisions a second at each other desk")
    parser.add_argument("--arrivals", type=float, default=20.0, help="posts a second")
    parser.add_argument("--browser", help="the program to run; else the lightest that is here")
    parser.add_argument("--seed", type=int, default=20260612)
    parser.set_defaults(others="clients")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())

"""Whether a screen is at the end of an event what it was at its beginning; see bench/README.md.

python -m bench.soak
"""

import argparse
import asyncio
import tempfile
import time
from pathlib import Path

from bench.event_days import Drawings, EventDays
from bench.example_scenes import set_up
from bench.figures import machine, table
from bench.kiosk import Kiosk, Weight, kiosk
from bench.served import SLUG, Wall, served

BEHIND = 400  # updates that a page may be behind before the feeding waits for it
CATCH_UP_SECONDS = 60.0
SETTLE_SECONDS = 1.0
HEAD = {
    "posts": "posts",
    "heap": "JS heap, MB",
    "nodes": "DOM nodes",
    "listeners": "listeners",
    "documents": "documents",
    "resources": "resources",
    "decoded": "decoded pictures, MB",
    "fetched": "fetched pictures, MB",
    "renderer": "renderer, MB",
    "cached": "cached",
    "cache": "cache, MB",
    "stored": "localStorage, MB",
    "profile": "profile, MB",
}


async def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="bench-soak-") as name:
        folder = Path(name)
        async with served(folder / "wall") as wall:
            await set_up(wall.store, SLUG)
            drawings = await asyncio.to_thread(Drawings, folder / "wall" / "pictures", seed=options.seed)
            days = EventDays(wall, drawings, seed=options.seed)
            await days.feed(60, 1000)
            async with kiosk(wall, folder / "browser", program=options.browser, faster=options.faster) as screen:
                begun = time.perf_counter()
                weights = await soak(wall, screen, days, options)
                print(report(weights, await screen.seen(), days, time.perf_counter() - begun, options))


async def soak(wall: Wall, screen: Kiosk, days: EventDays, options: argparse.Namespace) -> list[Weight]:
    """Feed it, and return what it weighs at the beginning, at every tenth, and at the end."""
    weights = []

    async def held() -> None:
        await caught_up(wall, screen, BEHIND)

    await days.feed(options.warm, options.each_second, held=held)
    for _ in range(options.parts + 1):
        if weights:
            await days.feed((options.posts - options.warm) // options.parts, options.each_second, held=held)
        weights.append(await weighed(wall, screen, days))
        print(row(weights[-1]), flush=True)
        if options.snapshots:
            await snapshot(screen, options.snapshots / f"{weights[-1].posts}.heapsnapshot")
    return weights


async def weighed(wall: Wall, screen: Kiosk, days: EventDays) -> Weight:
    """Return what it weighs once it has seen everything and shows the wall."""
    await caught_up(wall, screen, 0)
    await screen.until_scene("wall")
    await asyncio.sleep(SETTLE_SECONDS)
    return await screen.weigh(days.counts["posted"])


async def caught_up(wall: Wall, screen: Kiosk, behind: int) -> None:
    tip = (await wall.store.feeds.tip(SLUG, "public")).offset
    async with asyncio.timeout(CATCH_UP_SECONDS):
        while await screen.offset() < tip - behind:  # noqa: ASYNC110 - it is in another process
            await asyncio.sleep(0.1)


async def snapshot(screen: Kiosk, path: Path) -> None:
    """Write a heap snapshot, as the browser's own tools open it."""
    with path.open("w", encoding="utf-8") as file:

        def write(message: dict[str, str]) -> None:
            file.write(message["chunk"])

        screen.tools.heard["HeapProfiler.addHeapSnapshotChunk"] = write
        await screen.tools.send("HeapProfiler.takeHeapSnapshot", screen.session, reportProgress=False)


# Figures


def row(weight: Weight) -> list[str]:
    return [figure(getattr(weight, name)) for name in HEAD]


def figure(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.2f}"


def report(
    weights: list[Weight], seen: dict[str, int], days: EventDays, seconds: float, options: argparse.Namespace
) -> str:
    done = ", ".join(f"{count:,} {kind}" for kind, count in days.counts.items())
    start, end = weights[0], weights[-1]
    growth = ", ".join(
        f"{HEAD[name]} {getattr(end, name) - getattr(start, name):+,.2f}"
        for name in ("heap", "nodes", "listeners", "decoded", "fetched", "renderer", "cache", "stored")
    )
    return "\n".join(
        [
            "",
            table(list(HEAD.values()), [row(weight) for weight in weights]),
            "",
            f"From start to end: {growth}.",
            f"Done: {done}. The page heard {seen['updates']:,} updates on {seen['connections']} connections, "
            f"{seen['resyncs']} of them a resync, had {seen['errors']} errors, changed the wall {seen['cards']:,} times and the scene "
            f"{seen['scenes']:,} times, and waited for {seen['decoded']:,} pictures.",
            f"{seconds / 60:.0f} minutes; by the page's clocks, which run {options.faster:g} times as fast, "
            f"{seconds * options.faster / 3600:.1f} hours. {machine()}.",
        ]
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.soak", description=__doc__.splitlines()[0])
    parser.add_argument("--posts", type=int, default=100_000, help="how many posts come in")
    parser.add_argument("--each-second", type=float, default=100.0, help="posts a second, if the page keeps up")
    parser.add_argument("--faster", type=float, default=20.0, help="how many times as fast the page's clocks run")
    parser.add_argument("--warm", type=int, default=1000, help="posts that come before the first figures")
    parser.add_argument("--parts", type=int, default=10, help="how often figures are taken after that")
    parser.add_argument("--snapshots", type=Path, help="a folder for a heap snapshot each time")
    parser.add_argument("--browser", help="the program to run; else the lightest that is here")
    parser.add_argument("--seed", type=int, default=20260612)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())

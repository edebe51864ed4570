"""How smooth a screen is while posts arrive, and what its page works for each card; see bench/README.md.

python -m bench.frames
"""

import argparse
import asyncio
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.desk_work import CATEGORIES as WORK_CATEGORIES
from bench.desk_work import KINDS, TASKS, work
from bench.event_days import Drawings, EventDays
from bench.figures import machine, percentile, table
from bench.kiosk import Kiosk, kiosk
from bench.served import served

GOOD_MS = 20.0
BEFORE = 60  # posts that are there already
SETTLE_SECONDS = 6.0
FRAMES = {
    "includedCategories": [
        *WORK_CATEGORIES,
        "cc",
        "viz",
        "benchmark",
        "disabled-by-default-devtools.timeline.frame",
    ],
    "excludedCategories": ["*"],
}
WORK = {"includedCategories": [*WORK_CATEGORIES, "cc", "viz"], "excludedCategories": ["*"]}
DRAWN = ("STATE_PRESENTED_ALL", "STATE_PRESENTED_PARTIAL")


@dataclass(frozen=True, slots=True)
class Frames:
    """What became of the frames of a stretch of time: `deltas` are from animation frame to animation frame, in ms."""

    deltas: list[float]
    states: Counter[str]
    tasks: list[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Work:
    """The processor time of a stretch of time, in ms, by kind on the page's main thread and beside it, and for what."""

    main: dict[str, float]
    raster: float
    drawing: float
    draws: int
    cards: int
    updates: int


async def main() -> None:
    options = parsed()
    with tempfile.TemporaryDirectory(prefix="bench-frames-") as name:
        folder = Path(name)
        async with served(folder / "wall") as wall:
            drawings = await asyncio.to_thread(Drawings, folder / "wall" / "pictures", seed=options.seed)
            days = EventDays(wall, drawings, seed=options.seed)
            await days.feed(BEFORE, 1000)
            async with kiosk(wall, folder / "browser", program=options.browser) as screen:
                await days.feed(round(SETTLE_SECONDS * options.each_second), options.each_second)
                worked = await work_of(screen, days, options)
                seen = await frames_of(screen, days, options)
    print(report(seen, worked, options))


async def frames_of(screen: Kiosk, days: EventDays, options: argparse.Namespace) -> Frames:
    """Have posts arrive while every animation frame is counted, by the page and by the browser's trace."""
    async with screen.traced(FRAMES) as events:
        await screen.ask("bench.watchFrames()")
        await days.feed(round(options.seconds * options.each_second), options.each_second)
        deltas = await screen.ask("(bench.watching = false, bench.deltas)")
    return Frames(deltas, states(events), sorted(tasks(events), reverse=True))


async def work_of(screen: Kiosk, days: EventDays, options: argparse.Namespace) -> Work:
    """The same without anybody who counts frames, for that is work, too."""
    before = await screen.seen()
    async with screen.traced(WORK) as events:
        await days.feed(round(options.seconds * options.each_second), options.each_second)
    after = await screen.seen()
    draws = [one for one in events if one["name"] == "Display::DrawAndSwap" and one["ph"] == "X"]
    raster = sum(one.get("tdur", 0) for one in events if one["name"] == "RasterTask" and one["ph"] == "X")
    return Work(
        main={kind: time / 1000 for kind, time in work(events).items()},
        raster=raster / 1000,
        drawing=sum(one.get("tdur", 0) for one in draws) / 1000,
        draws=len(draws),
        cards=after["cards"] - before["cards"],
        updates=after["updates"] - before["updates"],
    )


def states(events: Iterable[dict[str, Any]]) -> Counter[str]:
    """Return what became of every frame that the browser began for the page."""
    reports = [
        one["args"]["frame_reporter"] for one in events if one["name"] == "PipelineReporter" and one["ph"] == "b"
    ]
    return Counter(
        "drawn" if one["state"] in DRAWN else "dropped" if one["affects_smoothness"] else "nothing new"
        for one in reports
    )


def tasks(events: list[dict[str, Any]]) -> list[tuple[float, float]]:
    """Return every task of the page's main thread as milliseconds of processor time and by the clock."""
    named = {
        (one["pid"], one["tid"])
        for one in events
        if one["ph"] == "M" and one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    done: dict[tuple[int, int], list[tuple[float, float]]] = {thread: [] for thread in named}
    for one in events:
        if one["ph"] == "X" and one["name"] in TASKS and (one["pid"], one["tid"]) in named:
            done[one["pid"], one["tid"]].append((one.get("tdur", 0) / 1000, one["dur"] / 1000))
    return max(done.values(), key=lambda all: sum(worked for worked, _ in all))


# Figures


def report(seen: Frames, worked: Work, options: argparse.Namespace) -> str:
    deltas, count = seen.deltas, seen.states
    good = sum(delta < GOOD_MS for delta in deltas) / len(deltas)
    in_time = 1 - count["dropped"] / max(1, count.total())
    longest, by_clock = seen.tasks[0], max(clock for _, clock in seen.tasks)
    rows = [
        ["animation frames", f"{len(deltas):,}"],
        [f"under {GOOD_MS:g} ms", f"{good:.1%}"],
        [
            "p95, p99, longest, ms",
            f"{percentile(deltas, 95):.1f}, {percentile(deltas, 99):.1f}, {max(deltas):.0f}",
        ],
        ["by trace: not dropped", f"{in_time:.1%} of {count.total():,} ({count['drawn']:,} drawn)"],
        ["longest task, ms of processor time", f"{longest[0]:.1f}"],
        ["longest task, ms by the clock", f"{by_clock:.1f}"],
    ]
    each = [f"{worked.main.get(kind, 0) / worked.cards:.1f}" for kind in KINDS]
    whole = sum(worked.main.values())
    return "\n".join(
        [
            table(["frames", ""], rows),
            "",
            table(
                ["cards", *(f"{kind}, ms" for kind in KINDS), "main thread, ms a card", "raster", "compositing"],
                [
                    [
                        str(worked.cards),
                        *each,
                        f"{whole / worked.cards:.1f}",
                        f"{worked.raster / worked.cards:.1f}",
                        f"{worked.drawing / worked.cards:.1f}",
                    ]
                ],
            ),
            "",
            f"{options.each_second:g} posts a second for {options.seconds:g} s each; {worked.updates} updates heard. "
            f"Compositing, without a graphics card: {worked.draws} frames, {worked.drawing / max(1, worked.draws):.1f} ms "
            f"of processor time each. {machine()}.",
        ]
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.frames", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="how long frames are counted, and work, too")
    parser.add_argument("--each-second", type=float, default=5.0, help="posts a second")
    parser.add_argument("--browser", help="the program to run; else the lightest that is here")
    parser.add_argument("--seed", type=int, default=20260612)
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(main())

"""What the live page costs somebody on a slow phone line: bytes by kind before pictures, and when something can be read.

    python -m bench.live                    # five loads of each page with an empty cache; about a minute
    python -m bench.live --loads 15 --rate 1600 --latency 150

Chromium slows its own network down (CDP: 400 kbit/s each way, 400 ms until an answer begins), with a processor four times
slower if asked. The floor is the plainest answer there is, /healthz, on the same line: nothing can be read sooner.
"""

import argparse
import asyncio
import statistics
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Page

from bench.desk_page import browser
from bench.figures import machine, table
from bench.served import SLUG, Wall, posts, served
from wall.core.moderation import Status

LOADS = 5
POSTS = 60
RATE_KBIT = 400
LATENCY_MILLISECONDS = 400
PHONE = {"width": 390, "height": 844}
GOAL_BYTES = 100_000
GOAL_MILLISECONDS = 1_000
FIRST_PAINT = """
new Promise((resolve) => new PerformanceObserver((list) => {
  const first = list.getEntriesByName("first-contentful-paint")[0];
  if (first) resolve(first.startTime);
}).observe({ type: "paint", buffered: true }))
"""


@dataclass(frozen=True, slots=True)
class Line:
    """The line and the processor of somebody's phone."""

    rate_kbit: int
    latency_ms: int
    slower: float


@dataclass
class Load:
    """One load of a page: when something could be read, and what was transferred by kind."""

    painted_ms: float = 0.0
    kinds: dict[str, str] = field(default_factory=dict)
    bytes: Counter[str] = field(default_factory=Counter)
    requests: Counter[str] = field(default_factory=Counter)

    def answered(self, told: dict[str, Any]) -> None:
        picture = "/media/" in told["response"]["url"]
        self.kinds[told["requestId"]] = "picture" if picture else told["type"].lower()

    def finished(self, told: dict[str, Any]) -> None:
        kind = self.kinds.get(told["requestId"], "other")
        self.bytes[kind] += int(told["encodedDataLength"])
        self.requests[kind] += 1

    @property
    def before_pictures(self) -> int:
        return sum(count for kind, count in self.bytes.items() if kind != "picture")


async def load(chromium: Browser, url: str, line: Line, *, headers: dict[str, str]) -> Load:
    """Load a page with an empty cache and wait until nothing more comes."""
    context = await chromium.new_context(viewport=PHONE, extra_http_headers=headers)  # type: ignore[arg-type]
    page = await context.new_page()
    found = await slowed(context, page, line)
    await page.goto(url, wait_until="load")
    found.painted_ms = await page.evaluate(FIRST_PAINT)
    await page.wait_for_load_state("networkidle")
    await context.close()
    return found


async def slowed(context: Any, page: Page, line: Line) -> Load:
    found = Load()
    tools = await context.new_cdp_session(page)
    tools.on("Network.responseReceived", found.answered)
    tools.on("Network.loadingFinished", found.finished)
    rate = line.rate_kbit * 1000 / 8
    await tools.send("Network.enable")
    await tools.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    await tools.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": line.latency_ms, "downloadThroughput": rate, "uploadThroughput": rate},
    )
    return found


async def measure(wall: Wall, chromium: Browser, line: Line, loads: int) -> None:
    for post in islice(posts(7), POSTS):
        await wall.submit(post, Status.APPROVED)
    pages = {
        "floor (/healthz)": ("/healthz", {}),
        "live page": (f"/{SLUG}", {}),
        "live page, Save-Data": (f"/{SLUG}", {"save-data": "on"}),
    }
    found: dict[str, list[Load]] = {}
    for title, (path, headers) in pages.items():
        found[title] = [await load(chromium, wall.base + path, line, headers=headers) for _ in range(loads)]
    floor = statistics.median(one.painted_ms for one in found["floor (/healthz)"])
    rows = []
    for title, several in found.items():
        painted = statistics.median(one.painted_ms for one in several)
        slowest = max(one.painted_ms for one in several)
        total = int(statistics.median(one.before_pictures for one in several))
        goal = "yes" if painted < GOAL_MILLISECONDS and total < GOAL_BYTES else "no"
        rows.append([title, f"{painted:.0f}", f"{slowest:.0f}", f"{painted / floor:.2f}", f"{total:,}", goal])
    print(machine())
    print(f"{line.rate_kbit} kbit/s, {line.latency_ms} ms, processor ÷ {line.slower:g}, {loads} loads each\n")
    print(table(["page", "paint ms", "slowest", "÷ floor", "bytes before pictures", "goal"], rows))
    last = found["live page"][-1]
    kinds = [[kind, str(last.requests[kind]), f"{count:,}"] for kind, count in last.bytes.most_common()]
    print()
    print(table(["kind", "requests", "bytes"], kinds))


async def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--loads", type=int, default=LOADS)
    parser.add_argument("--rate", type=int, default=RATE_KBIT, help="kbit/s")
    parser.add_argument("--latency", type=int, default=LATENCY_MILLISECONDS, help="ms")
    parser.add_argument("--slower", type=float, default=1.0, help="times that the processor is slower")
    parser.add_argument("--browser", help="name of the program")
    options = parser.parse_args()
    line = Line(options.rate, options.latency, options.slower)
    with tempfile.TemporaryDirectory() as folder:
        async with served(Path(folder)) as wall, browser(options.browser) as chromium:
            await measure(wall, chromium, line, options.loads)


if __name__ == "__main__":
    asyncio.run(main())

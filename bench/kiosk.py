"""A screen's page as a projector runs it, in a browser with a folder of its own, and what can be asked of both."""

import asyncio
import json
import re
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.async_api import BrowserContext, CDPSession, Page, ViewportSize, async_playwright

from bench.desk_page import SHELLS
from bench.served import SLUG, Wall

SIZE = ViewportSize(width=1920, height=1080)
READY_MS = 60_000
DUMP_SECONDS = 60.0
MEGABYTE = 1_000_000
DECODED = "cc/image_memory"
FETCHED = "web_cache/Image_resources"
MEMORY = {
    "includedCategories": ["disabled-by-default-memory-infra"],
    "excludedCategories": ["*"],
    "memoryDumpConfig": {"triggers": []},
}

# What the page is seen to do. Its clocks may run faster: every timer, and every time it reads. Its server's time is kept
# from it then, for it would put the clock back. Animations take the time they take.
WATCH = """
((faster) => {
  const seen = globalThis.bench = { cards: 0, scenes: 0, decoded: 0, updates: 0, resyncs: 0, connections: 0, deltas: [] };
  if (faster !== 1) {
    const [tick, date] = [performance.now.bind(performance), Date.now.bind(Date)];
    const [begun, since] = [tick(), date()];
    performance.now = () => tick() * faster;
    Date.now = () => Math.round(since + (tick() - begun) * faster);
    for (const name of ["setTimeout", "setInterval"]) {
      const real = globalThis[name].bind(globalThis);
      globalThis[name] = (task, wait = 0, ...more) => real(task, wait / faster, ...more);
    }
    const get = Headers.prototype.get;
    Headers.prototype.get = function (name) { return name === "wall-now" ? null : get.call(this, name); };
  }
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...address) {
      super(...address);
      seen.connections += 1;
      this.addEventListener("message", ({ data }) => {
        if (typeof data !== "string") return;
        seen.updates += data.split('"offset":').length - 1;
        if (data.includes('"type":"resync"')) seen.resyncs += 1;
      });
    }
  };
  const decode = HTMLImageElement.prototype.decode;
  HTMLImageElement.prototype.decode = function () {
    if (this.getAttribute("src")?.includes("/media/")) seen.decoded += 1;
    return decode.call(this);
  };
  addEventListener("drawn", ({ target }) => target.localName === "poster-wall" && (seen.cards += 1), { capture: true });
  addEventListener("DOMContentLoaded", () => {
    const stage = document.querySelector(".stage");
    if (stage) new MutationObserver(() => (seen.scenes += 1)).observe(stage, { attributeFilter: ["data-scene"] });
  });
  seen.watchFrames = () => {
    let last = null;
    seen.deltas = [];
    seen.watching = true;
    const frame = (at) => {
      if (last !== null) seen.deltas.push(at - last);
      last = at;
      if (seen.watching) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  };
})(FASTER);
"""

KEPT = """
async () => {
  const counts = { entries: 0, bytes: 0 };
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      counts.entries += 1;
      counts.bytes += (await (await cache.match(request)).blob()).size;
    }
  }
  const stored = Object.entries(localStorage).reduce((sum, [key, value]) => sum + 2 * (key.length + value.length), 0);
  return { ...counts, stored, estimate: (await navigator.storage.estimate()).usage };
}
"""


@dataclass(frozen=True, slots=True)
class Weight:
    """What a page and its browser weigh at one moment, after garbage collection. Sizes in MB."""

    posts: int
    heap: float
    nodes: int
    listeners: int
    documents: int
    resources: int
    decoded: float
    fetched: float
    renderer: float
    cached: int
    cache: float
    stored: float
    profile: float


class Kiosk:
    """The page, the browser around it, and the folder that the browser keeps its things in."""

    def __init__(self, page: Page, cdp: CDPSession, browser: CDPSession, folder: Path) -> None:
        self.page = page
        self.cdp = cdp
        self.browser = browser
        self.folder = folder

    async def seen(self) -> dict[str, int]:
        """Return what the page has done since it was opened."""
        found: dict[str, int] = await self.page.evaluate("() => ({ ...bench, deltas: undefined })")
        return found

    async def offset(self) -> int:
        """Return up to which update the page has kept its wall."""
        cursor = await self.page.evaluate("slug => JSON.parse(localStorage[`wall:${slug}`] ?? '{}').cursor", SLUG)
        found = re.search(r":(\d+)$", cursor or "")
        return int(found[1]) if found else 0

    async def until_scene(self, kind: str) -> None:
        await self.page.wait_for_selector(f".stage[data-scene={kind}]", timeout=READY_MS)

    async def weigh(self, posts: int) -> Weight:
        """Collect garbage and return what is left."""
        for _ in range(2):
            await self.cdp.send("HeapProfiler.collectGarbage")
        metrics = await self.metrics()
        heap = await self.cdp.send("Runtime.getHeapUsage")
        kept = await self.page.evaluate(KEPT)
        dumps = await self.dumps(DECODED, FETCHED)
        return Weight(
            posts=posts,
            heap=heap["usedSize"] / MEGABYTE,
            nodes=int(metrics["Nodes"]),
            listeners=int(metrics["JSEventListeners"]),
            documents=int(metrics["Documents"]),
            resources=int(metrics["Resources"]),
            decoded=dumps[DECODED] / MEGABYTE,
            fetched=dumps[FETCHED] / MEGABYTE,
            renderer=await self.renderer() / MEGABYTE,
            cached=kept["entries"],
            cache=kept["bytes"] / MEGABYTE,
            stored=kept["stored"] / MEGABYTE,
            profile=size_of(self.folder) / MEGABYTE,
        )

    async def metrics(self) -> dict[str, float]:
        answer = await self.cdp.send("Performance.getMetrics")
        return {one["name"]: one["value"] for one in answer["metrics"]}

    async def renderer(self) -> int:
        """Return the bytes of memory that the browser's pages have for themselves, not for their files."""
        answer = await self.browser.send("SystemInfo.getProcessInfo")
        pages = [one["id"] for one in answer["processInfo"] if one["type"] == "renderer"]
        return sum(memory(int(pid)) for pid in pages)

    async def dumps(self, *names: str) -> dict[str, int]:
        """Return how many bytes the browser itself says there are of each name (memory-infra)."""
        async with self.traced(MEMORY) as events:
            await self.browser.send("Tracing.requestMemoryDump", {"levelOfDetail": "detailed"})
        return {name: sum(dumped(one, name) for one in events if one.get("ph") == "v") for name in names}

    @asynccontextmanager
    async def traced(self, config: dict[str, Any]) -> AsyncIterator[list[dict[str, Any]]]:
        """Trace until left; only then the events are in what is given."""
        events: list[dict[str, Any]] = []
        done = asyncio.Event()
        take, end = (lambda message: events.extend(message["value"])), (lambda _: done.set())
        self.browser.on("Tracing.dataCollected", take)
        self.browser.on("Tracing.tracingComplete", end)
        try:
            await self.browser.send("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
            yield events
            await self.browser.send("Tracing.end")
            async with asyncio.timeout(DUMP_SECONDS):
                await done.wait()
        finally:
            self.browser.remove_listener("Tracing.dataCollected", take)
            self.browser.remove_listener("Tracing.tracingComplete", end)


def dumped(dump: dict[str, Any], name: str) -> int:
    """Return the bytes that one process's memory dump says of an allocator, 0 if it has none of that name."""
    found = dump["args"]["dumps"].get("allocators", {}).get(name, {})
    return int(found["attrs"]["size"]["value"], 16) if "size" in found.get("attrs", {}) else 0


def memory(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return 0
    found = re.findall(r"Rss(?:Anon|Shmem):\s+(\d+) kB", status)
    return sum(map(int, found)) * 1024


def size_of(folder: Path) -> int:
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.lstat().st_size
        except FileNotFoundError:
            continue
    return total


@asynccontextmanager
async def kiosk(
    wall: Wall, folder: Path, *, program: str | None = None, faster: float = 1.0, address: str = "screen"
) -> AsyncIterator[Kiosk]:
    """Open the screen's page as a projector does, its clocks so many times faster, and yield it once it shows posts."""
    path = next((path for name in ([program] if program else SHELLS) if (path := shutil.which(name))), None)
    if path is None:
        raise SystemExit(f"There is no {program or 'Chromium'} on this machine.")
    async with async_playwright() as playwright:
        context = await playwright.chromium.launch_persistent_context(
            folder, executable_path=path, args=["--no-sandbox", "--disable-gpu"], viewport=SIZE
        )
        try:
            yield await opened(context, wall, folder, faster, address)
        finally:
            await context.close()


async def opened(context: BrowserContext, wall: Wall, folder: Path, faster: float, address: str) -> Kiosk:
    await context.add_cookies([{"name": f"screen-{SLUG}", "value": wall.screen, "url": wall.base}])
    await context.add_init_script(WATCH.replace("FASTER", json.dumps(faster)))
    page = context.pages[0]
    page.on("pageerror", lambda error: print(f"The page has failed: {error}"))
    page.on("console", lambda message: message.type == "error" and print(f"The page says: {message.text}"))
    await page.goto(f"{wall.base}/{SLUG}/{address}")
    await page.wait_for_selector(".stage[data-scene]", timeout=READY_MS)
    cdp = await context.new_cdp_session(page)
    await cdp.send("Performance.enable")
    assert context.browser
    return Kiosk(page, cdp, await context.browser.new_browser_cdp_session(), folder)

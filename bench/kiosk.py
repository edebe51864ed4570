"""A screen's page as a projector runs it, in a browser with a folder of its own, and what can be asked of both."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.devtools import DevTools, chromium
from bench.served import SLUG, Wall

WIDTH, HEIGHT = 1920, 1080
READY_SECONDS = 60.0
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
  const seen = globalThis.bench = { cards: 0, scenes: 0, decoded: 0, updates: 0, resyncs: 0, connections: 0, errors: 0, deltas: [] };
  addEventListener("error", () => (seen.errors += 1));
  addEventListener("unhandledrejection", () => (seen.errors += 1));
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

    def __init__(self, tools: DevTools, session: str, folder: Path) -> None:
        self.tools = tools
        self.session = session
        self.folder = folder

    async def ask(self, script: str) -> Any:
        """Return what an expression is in the page, waiting for it if it is a promise."""
        answer = await self.tools.send(
            "Runtime.evaluate", self.session, expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in answer:
            raise RuntimeError(answer["exceptionDetails"]["exception"].get("description", "The page has failed."))
        return answer["result"].get("value")

    async def until(self, script: str) -> None:
        """Wait until an expression is true in the page."""
        async with asyncio.timeout(READY_SECONDS):
            while not await self.ask(script):  # noqa: ASYNC110 - it is in another process
                await asyncio.sleep(0.05)

    async def seen(self) -> dict[str, int]:
        """Return what the page has done since it was opened."""
        found: dict[str, int] = await self.ask("({ ...bench, deltas: null })")
        return found

    async def offset(self) -> int:
        """Return up to which update the page has kept its wall."""
        cursor = await self.ask(f"JSON.parse(localStorage['wall:{SLUG}'] ?? '{{}}').cursor")
        found = re.search(r":(\d+)$", cursor or "")
        return int(found[1]) if found else 0

    async def until_scene(self, kind: str) -> None:
        await self.until(f"document.querySelector('.stage[data-scene={kind}]') !== null")

    async def weigh(self, posts: int) -> Weight:
        """Collect garbage and return what is left."""
        for _ in range(2):
            await self.tools.send("HeapProfiler.collectGarbage", self.session)
        metrics = await self.metrics()
        heap = await self.tools.send("Runtime.getHeapUsage", self.session)
        kept = await self.ask(f"({KEPT})()")
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
        answer = await self.tools.send("Performance.getMetrics", self.session)
        return {one["name"]: one["value"] for one in answer["metrics"]}

    async def renderer(self) -> int:
        """Return the bytes of memory that the browser's pages have for themselves, not for their files."""
        answer = await self.tools.send("SystemInfo.getProcessInfo")
        pages = [one["id"] for one in answer["processInfo"] if one["type"] == "renderer"]
        return sum(memory(int(pid)) for pid in pages)

    async def dumps(self, *names: str) -> dict[str, int]:
        """Return how many bytes the browser itself says there are of each name (memory-infra)."""
        async with self.traced(MEMORY) as events:
            await self.tools.send("Tracing.requestMemoryDump", levelOfDetail="detailed")
        return {name: sum(dumped(one, name) for one in events if one.get("ph") == "v") for name in names}

    @asynccontextmanager
    async def traced(self, config: dict[str, Any]) -> AsyncIterator[list[dict[str, Any]]]:
        """Trace until left; only then the events are in what is given."""
        events: list[dict[str, Any]] = []
        done = asyncio.Event()
        self.tools.heard["Tracing.dataCollected"] = lambda message: events.extend(message["value"])
        self.tools.heard["Tracing.tracingComplete"] = lambda _: done.set()
        await self.tools.send("Tracing.start", transferMode="ReportEvents", traceConfig=config)
        yield events
        await self.tools.send("Tracing.end")
        async with asyncio.timeout(DUMP_SECONDS):
            await done.wait()


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
    wall: Wall, folder: Path, *, program: str | None = None, faster: float = 1.0
) -> AsyncIterator[Kiosk]:
    """Open the screen's page as a projector does, its clocks so many times faster, and yield it once it shows posts."""
    async with chromium(folder, program=program, width=WIDTH, height=HEIGHT) as tools:
        (target,) = [
            one["targetId"]
            for one in (await tools.send("Target.getTargets"))["targetInfos"]
            if one["type"] == "page"
        ]
        session = (await tools.send("Target.attachToTarget", targetId=target, flatten=True))["sessionId"]
        cookie = {"name": f"screen-{SLUG}", "value": wall.screen, "url": wall.base}
        await tools.send("Storage.setCookies", cookies=[cookie])
        await tools.send("Page.enable", session)
        await tools.send("Performance.enable", session)
        script = WATCH.replace("FASTER", json.dumps(faster))
        await tools.send("Page.addScriptToEvaluateOnNewDocument", session, source=script)
        await tools.send("Page.navigate", session, url=f"{wall.base}/{SLUG}/screen")
        screen = Kiosk(tools, session, folder)
        await screen.until("document.querySelector('.stage[data-scene]') !== null")
        yield screen

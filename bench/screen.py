"""A real Chromium showing the screen's page, and a stop-watch in it: when a post was first in a frame, and gone."""

import asyncio
import shutil
import time
from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.served import SLUG, Wall

SIZE = ViewportSize(width=1920, height=1080)
ANSWER_SECONDS = 20.0
CLOCK_TRIES = 20

# The frame that a change is part of has been handed on once a task runs after its animation callback.
WATCH = """
(() => {
  const now = () => performance.timeOrigin + performance.now();
  const find = (id) => document.querySelector(`article.post[data-id="${id}"]`);
  const afterFrame = (then) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => then(now());
    channel.port2.postMessage(null);
  });
  let last = "";
  const change = (id, wanted) => new Promise((resolve) => {
    const look = () => {
      const article = find(id);
      if ((article !== null) !== wanted) return;
      if (article) last = article.outerHTML;
      watcher.disconnect();
      afterFrame(resolve);
    };
    const watcher = new MutationObserver(look);
    watcher.observe(document.body, { childList: true, subtree: true });
    look();
  });
  // The same fragment from the page itself: what a browser needs without any network or server.
  let copies = 0;
  const alone = async () => {
    const holder = document.createElement("div");
    holder.className = "wall__card";
    const id = `alone-${copies++}`;
    const seen = change(id, true);
    const begun = now();
    addEventListener("message", ({ data }) => {
      holder.innerHTML = data;
      holder.querySelector("article").dataset.id = id;
      document.querySelector("poster-wall").append(holder);
    }, { once: true });
    postMessage(last);
    const painted = await seen;
    holder.remove();
    return painted - begun;
  };
  // Taking it off again: up to the first frame without it, and up to the second, when a screen confirms it.
  const removeAlone = async () => {
    const holder = document.createElement("div");
    holder.innerHTML = last;
    const id = `alone-${copies++}`;
    holder.querySelector("article").dataset.id = id;
    document.querySelector("poster-wall").append(holder);
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const begun = now();
    addEventListener("message", () => holder.remove(), { once: true });
    const gone = change(id, false);
    const confirmed = new Promise((resolve) => {
      addEventListener("message", () => requestAnimationFrame(() => requestAnimationFrame(() => resolve(now()))), { once: true });
    });
    postMessage(null);
    return [(await gone) - begun, (await confirmed) - begun];
  };
  globalThis.bench = { now, change, alone, removeAlone };
})();
"""


class Screen:
    """The page, and by how many milliseconds its clock is ahead of ours."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.ahead = 0.0

    def wait_for(self, id: str) -> Awaitable[float]:
        """Begin waiting; the result is when the post was painted, in milliseconds of the epoch."""
        return self._begin("id => bench.change(id, true)", id)

    def wait_until_gone(self, id: str) -> Awaitable[float]:
        return self._begin("id => bench.change(id, false)", id)

    def _begin(self, script: str, id: str) -> Awaitable[float]:
        return asyncio.create_task(self._evaluate(script, id))

    async def _evaluate(self, script: str, id: str) -> float:
        async with asyncio.timeout(ANSWER_SECONDS):
            return float(await self.page.evaluate(script, id)) - self.ahead

    async def insert_alone(self) -> float:
        """Return how many milliseconds the page takes to insert and paint the last post's fragment by itself."""
        async with asyncio.timeout(ANSWER_SECONDS):
            return float(await self.page.evaluate("() => bench.alone()"))

    async def remove_alone(self) -> tuple[float, float]:
        """Return how many milliseconds the page takes to paint without a post that it takes off by itself.

        The second is until a screen would confirm that: with the frame after.
        """
        async with asyncio.timeout(ANSWER_SECONDS):
            painted, confirmed = await self.page.evaluate("() => bench.removeAlone()")
        return float(painted), float(confirmed)

    async def compare_clocks(self) -> None:
        """Learn by how much the page's clock is ahead of ours, from the quickest of several questions."""
        asked = []
        for _ in range(CLOCK_TRIES):
            before = time.time() * 1e3
            theirs = await self.page.evaluate("() => bench.now()")
            after = time.time() * 1e3
            asked.append((after - before, theirs - (before + after) / 2))
        self.ahead = min(asked)[1]


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    """Run a Chromium until left."""
    async with async_playwright() as playwright:
        path = shutil.which("chromium") or shutil.which("google-chrome")
        running = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield running
        finally:
            await running.close()


@asynccontextmanager
async def screen(running: Browser, wall: Wall) -> AsyncIterator[Screen]:
    """Show the screen's page, as a screen with a token of its own does."""
    # Past the page's policy only for the comparison, which inserts markup itself.
    context = await running.new_context(viewport=SIZE, bypass_csp=True, service_workers="block")
    await context.add_cookies([{"name": f"screen-{SLUG}", "value": wall.screen, "url": wall.base}])
    await context.add_init_script(WATCH)
    try:
        page = await context.new_page()
        async with page.expect_websocket():
            await page.goto(f"{wall.base}/{SLUG}/screen")
        await page.wait_for_selector("poster-wall[data-ready]", state="attached")
        shown = Screen(page)
        await shown.compare_clocks()
        yield shown
    finally:
        await context.close()

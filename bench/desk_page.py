"""A moderator's desk in a browser: keys are pressed on it, and a stop-watch in the page notes what became of each."""

import asyncio
import itertools
import shutil
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, Page, ViewportSize, async_playwright

from bench.served import SLUG, Wall

SIZE = ViewportSize(width=1440, height=900)
KEYS = "yynyns"
READY_SECONDS = 20.0
SHELLS = ("chromium-headless-shell", "chromium", "google-chrome")

# A key's time is when the browser took it in; a decision is confirmed once its answer is here. The page sends decisions
# in the order of the keys, so the nth key is of the nth decision.
WATCH = """
(() => {
  const keys = [], decisions = new Map(), ask = window.fetch;
  addEventListener("keydown", ({ key, timeStamp }) => "yns".includes(key) && keys.push(timeStamp), { capture: true });
  const send = (body) => {
    const { id, decisions: many } = JSON.parse(body);
    const ids = many ? many.map((one) => one.id) : [id];
    for (const one of ids) if (!decisions.has(one)) decisions.set(one, { sent: performance.now(), confirmed: null });
    return ids;
  };
  const answered = async (ids, response) => {
    const confirmed = performance.now();
    const { answers } = await response.json();
    const refused = new Set((answers ?? []).filter(({ status }) => status !== 200).map(({ id }) => id));
    for (const id of ids.slice(0, answers?.length)) if (!refused.has(id)) decisions.get(id).confirmed ??= confirmed;
  };
  window.fetch = async (address, request) => {
    const ids = /[/]decisions([/]many)?$/.test(address) ? send(request.body) : [];
    const response = await ask(address, request);
    if (ids.length && response.status === 200) answered(ids, response.clone());
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
  const done = () => [...decisions.values()].filter(({ confirmed }) => confirmed !== null);
  globalThis.bench = {
    keys, bare,
    // Whether a key would decide, once it would do anything: false when somebody else decided what is on the stage.
    ready: async () => {
      const there = () => document.querySelector("#desk:not([data-glance]) .stage__post article");
      while (!there()) await new Promise((resolve) => setTimeout(resolve, 5));
      return !document.querySelector("#desk[data-gone]");
    },
    confirmed: () => done().length,
    reached: async (count) => {
      while (done().length < count) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    waits: () => [...decisions.values()].map(({ confirmed, sent }, index) =>
      confirmed === null ? null : [confirmed - keys[index], confirmed - sent]),
  };
})();
"""


@asynccontextmanager
async def browser(program: str | None = None) -> AsyncIterator[Browser]:
    """Run a browser until left: the program of this name, else the lightest that is here."""
    paths = [path for name in ([program] if program else SHELLS) if (path := shutil.which(name))]
    if not paths:
        raise SystemExit(f"There is no {program or 'Chromium'} on this machine.")
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(
            executable_path=paths[0], args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            yield running
        finally:
            await running.close()


@asynccontextmanager
async def desk(wall: Wall, running: Browser, name: str) -> AsyncIterator[Page]:
    """Open the desk as a moderator of this name."""
    async with blank(wall, running, name=name) as page:
        await page.goto(f"{wall.base}/{SLUG}/moderate")
        await page.wait_for_selector(".connection[data-level=good]", state="attached")
        yield page


@asynccontextmanager
async def blank(wall: Wall, running: Browser, name: str = "Floor") -> AsyncIterator[Page]:
    """Open a page of our origin with nothing on it, signed in as a moderator of this name."""
    context = await running.new_context(viewport=SIZE)
    await context.add_cookies([{"name": "session", "value": await signed_in(wall, name), "url": wall.base}])
    await context.add_init_script(WATCH)
    try:
        page = await context.new_page()
        await page.goto(f"{wall.base}/healthz")
        yield page
    finally:
        await context.close()


async def signed_in(wall: Wall, name: str) -> str:
    """Return the session cookie of a new moderator."""
    person = await wall.store.people.add(name, slug=SLUG, role="moderator")
    return await wall.store.people.sign_in(person, browser="Benchmark", now=wall.now())


async def press(page: Page, count: int, pause: float) -> None:
    """Press keys, one every `pause` seconds, each once a post is on the stage."""
    due = time.perf_counter()
    for _, key in zip(range(count), itertools.cycle(KEYS)):
        async with asyncio.timeout(READY_SECONDS):
            while not await page.evaluate("bench.ready()"):
                await page.keyboard.press("j")
        await page.keyboard.press(key)
        due += pause
        await asyncio.sleep(max(0.0, due - time.perf_counter()))

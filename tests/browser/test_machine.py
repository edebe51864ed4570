"""The machine of a screen: its disk, its clock, its power, its pointer, and who stands at it."""

import pytest
from playwright.async_api import expect

from tests.browser.lasting import good_wall, mark
from tests.browser.wall import article

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

CLOCK = """
(() => {
  const real = Date;
  const wrong = () => Number(globalThis.wrongBy ?? START);
  globalThis.Date = class extends real {
    constructor(...given) { given.length ? super(...given) : super(real.now() + wrong()); }
    static now() { return real.now() + wrong(); }
  };
})()
"""
FILL_NOTES = """
() => {
  Object.keys(localStorage).filter((key) => key.startsWith("wall:hall")).forEach((key) => localStorage.removeItem(key));
  for (let size = 1 << 22; size >= 1; size >>= 1) {
    try {
      for (let n = 0; ; n += 1) localStorage.setItem(`x${size}-${n}`, "x".repeat(size));
    } catch {
      // This size no longer fits; a smaller one may.
    }
  }
}
"""
KEEP_AGAIN = """
async () => {
  const { active } = await navigator.serviceWorker.ready;
  const told = new Promise((resolve) => navigator.serviceWorker.addEventListener("message", ({ data }) => resolve(data.room)));
  active.postMessage({ keep: [location.href] });
  return told;
}
"""
DAY_MS = 86_400_000
WAKE_LOCKS = """
globalThis.locks = [];
Object.defineProperty(navigator, "wakeLock", {value: {request: async (kind) => {
  const lock = new EventTarget();
  lock.released = false;
  locks.push(lock);
  return lock;
}}});
"""


async def test_a_full_disk_takes_nothing_from_the_wall_and_is_told_until_there_is_room(wall, event, windows, line):
    screen, _ = await good_wall(wall, event, windows, line)
    browser = await screen.context.new_cdp_session(screen)

    await browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": 1})
    (later,) = await wall.show(event, "With a full disk #PyConEx")

    await expect(article(screen, later)).to_be_visible()
    await expect(mark(screen)).to_contain_text("no room left")
    await screen.reload()
    await expect(article(screen, later)).to_be_visible()
    assert await screen.evaluate(KEEP_AGAIN) is False
    await line.cut()
    await screen.reload()
    await expect(article(screen, later)).to_be_visible()
    line.mend()
    await browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url})
    await wall.show(event, "With room again #PyConEx")
    await expect(mark(screen)).to_be_hidden(timeout=60_000)


async def test_notes_that_find_no_room_take_nothing_from_the_wall(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    await screen.evaluate(FILL_NOTES)

    (later,) = await wall.show(event, "After #PyConEx")

    await expect(article(screen, later)).to_be_visible()
    await expect(mark(screen)).to_contain_text("no room left")


@pytest.mark.parametrize("off", [2 * DAY_MS, -2 * DAY_MS], ids=["ahead", "behind"])
async def test_a_wrong_clock_freezes_nothing_and_the_screen_goes_by_the_server_s(wall, event, windows, off):
    context = await windows.open()
    await context.add_init_script(CLOCK.replace("START", str(off)))
    screen = await context.new_page()
    await screen.goto(await wall.screen_link(event))
    (post,) = await wall.show(event, "By the server's clock #PyConEx")

    await expect(article(screen, post)).to_be_visible()
    await expect(mark(screen)).to_contain_text(f"2 days {'ahead' if off > 0 else 'behind'}")


@pytest.mark.parametrize("jump", [2 * DAY_MS, -2 * DAY_MS], ids=["forwards", "back"])
async def test_a_clock_that_jumps_while_the_screen_runs_freezes_nothing(wall, event, windows, jump):
    context = await windows.open()
    await context.add_init_script(CLOCK.replace("START", "0"))
    screen = await context.new_page()
    await screen.goto(await wall.screen_link(event))
    (post,) = await wall.show(event, "Before #PyConEx")
    await expect(article(screen, post)).to_be_visible()

    await screen.evaluate("jump => { globalThis.wrongBy = jump; }", jump)
    (later,) = await wall.show(event, "After #PyConEx")

    await expect(article(screen, later)).to_be_visible()
    await expect(mark(screen)).to_contain_text("2 days", timeout=60_000)


async def test_the_picture_is_kept_on_and_asked_for_again_when_the_page_is_seen_again(wall, event, windows):
    context = await windows.open()
    await context.add_init_script(WAKE_LOCKS)
    screen = await context.new_page()
    await screen.goto(await wall.screen_link(event))
    await screen.wait_for_function("() => locks.length === 1")

    await screen.evaluate("locks[0].released = true; document.dispatchEvent(new Event('visibilitychange'))")

    await screen.wait_for_function("() => locks.length === 2")


async def test_the_cursor_is_seen_while_it_moves_and_then_rests(wall, event, windows):
    screen = await windows.screen(wall, event)
    body = screen.locator("body")
    await expect(body).to_have_css("cursor", "none")

    await screen.mouse.move(500, 500)
    await expect(body).to_have_css("cursor", "default")

    await expect(body).to_have_css("cursor", "none")


async def test_a_click_or_f_fills_the_screen(wall, event, windows):
    screen = await windows.screen(wall, event)

    await screen.mouse.click(500, 500)
    await screen.wait_for_function("() => document.fullscreenElement !== null")
    await screen.keyboard.press("f")
    await screen.wait_for_function("() => document.fullscreenElement === null")
    await screen.keyboard.press("f")
    await screen.wait_for_function("() => document.fullscreenElement !== null")


async def test_who_stands_at_the_machine_blanks_and_pauses_it_alone(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen, other = await windows.screen(wall, event), await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    await screen.keyboard.press("b")
    await expect(screen.locator(".stage")).to_have_attribute("data-curtain", "blank")
    await expect(mark(screen)).to_contain_text("Blank on this machine only")
    await expect(other.locator(".stage")).to_have_attribute("data-curtain", "open")
    await screen.keyboard.press("Escape")
    await expect(screen.locator(".stage")).to_have_attribute("data-curtain", "open")
    await expect(article(screen, post)).to_be_visible()

    await screen.keyboard.press("Space")
    await expect(mark(screen)).to_contain_text("Paused on this machine only")
    (late,) = await wall.show(event, "While paused #PyConEx")
    await expect(article(other, late)).to_be_visible()
    await expect(article(screen, late)).to_have_count(0)
    await wall.decide(event, "remove", post)
    await expect(article(screen, post)).to_have_count(0)
    await screen.keyboard.press("Space")
    await expect(article(screen, late)).to_be_visible()
    await expect(mark(screen)).to_be_hidden()

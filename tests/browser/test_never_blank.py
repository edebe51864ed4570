"""Every fault that a hall has seen, put before a real browser: a wall stays, and what was missed comes by itself."""

import os
import signal

import pytest
from playwright.async_api import expect

from tests.browser.wall import article
from tests.waiting import until
from wall.errors import StoreUnavailable

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

PORTAL = (
    b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 46\r\n\r\n"
    b"<!doctype html><h1>Sign in to this Wi-Fi</h1> "
)
GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\ncontent-type: text/html\r\nconnection: close\r\ncontent-length: 20\r\n\r\n"
    b"<h1>Bad gateway</h1>"
)
PAGE_IN_WORKER = """
async ({page, words}) => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).match(page);
    if (kept && (await kept.text()).includes(words)) return true;
  }
  return false;
}
"""
CACHED_TYPES = """
async () => {
  const types = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      types.push([new URL(request.url).pathname, answer.headers.get("wall-page"), (await answer.clone().text()).includes("Wi-Fi")]);
    }
  }
  return types;
}
"""
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
BREAK = "if (!location.search.includes('kept')) Object.defineProperty(globalThis, 'customElements', {value: null})"
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


def mark(screen):
    return screen.locator(".staff-mark")


async def kept(screen, event, words):
    """Wait until the browser keeps a page with these words, and with all of its parts."""
    page = {"page": f"/{event.slug}/screen", "words": words}
    await until(lambda: screen.evaluate(PAGE_IN_WORKER, page))
    await until(lambda: screen.evaluate("document.documentElement.dataset.started === ''"))


async def good_wall(wall, event, windows, line):
    """Return a screen behind a line, with a wall on it that its browser keeps, and the post on that."""
    (post,) = await wall.show(event, "The last good wall #PyConEx")
    screen = await windows.screen(wall, event, url=line.url)
    await expect(article(screen, post)).to_be_visible()
    await kept(screen, event, "The last good wall")
    return screen, post


async def hang(line):
    await line.hang()


async def portal(line):
    await line.answer(PORTAL)


async def gateway(line):
    await line.answer(GATEWAY)


async def cut(line):
    await line.cut()


FAULTS = [
    pytest.param(cut, "cannot be reached", id="cut"),
    pytest.param(hang, "does not answer", id="hung"),
    pytest.param(portal, "somebody to sign in", id="portal"),
    pytest.param(gateway, "answers with an error", id="502"),
]


@pytest.mark.parametrize(("fault", "words"), FAULTS)
async def test_a_screen_keeps_its_wall_says_what_is_wrong_and_misses_nothing(
    wall, event, windows, line, fault, words
):
    screen, post = await good_wall(wall, event, windows, line)

    await fault(line)
    (missed,) = await wall.show(event, "Missed #PyConEx")
    await wall.decide(event, "remove", post)
    await expect(mark(screen)).to_contain_text(words)
    await expect(article(screen, post)).to_be_visible()
    line.mend()

    await expect(article(screen, missed)).to_be_visible(timeout=60_000)
    await expect(article(screen, post)).to_have_count(0)
    await expect(mark(screen)).to_be_hidden()


@pytest.mark.parametrize(("fault", "words"), FAULTS)
async def test_a_machine_that_starts_during_a_fault_shows_the_last_wall_and_goes_on(
    wall, event, windows, line, fault, words
):
    screen, post = await good_wall(wall, event, windows, line)
    await fault(line)

    await screen.reload()

    await expect(article(screen, post)).to_be_visible()
    await expect(mark(screen)).to_contain_text(words)
    assert not any(foreign for *_, foreign in await screen.evaluate(CACHED_TYPES))
    line.mend()
    (later,) = await wall.show(event, "Back again #PyConEx")
    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden()


@pytest.mark.parametrize("fault", [portal, gateway])
async def test_a_machine_that_never_was_a_screen_shows_no_wall_during_a_fault(wall, event, windows, line, fault):
    """The control of the test before: what shows the wall there is what this browser kept."""
    _, post = await good_wall(wall, event, windows, line)
    await fault(line)

    stranger = await windows.page(f"{line.url}/{event.slug}/screen")

    await expect(article(stranger, post)).to_have_count(0)


@pytest.mark.parametrize("start", ["/screen", "/{slug}/screen/open#an-old-token"])
async def test_a_machine_may_start_at_the_pairing_page_or_its_link_without_a_server(
    wall, event, windows, line, start
):
    screen, post = await good_wall(wall, event, windows, line)
    await screen.goto(f"{line.url}/screen?new")
    await expect(screen.locator(".pairing__letters")).not_to_be_empty()
    pairing = {"page": "/screen", "words": "pairing__letters"}
    await until(lambda: screen.evaluate(PAGE_IN_WORKER, pairing))
    await line.cut()

    await screen.goto(f"{line.url}{start.format(slug=event.slug)}")

    await expect(article(screen, post)).to_be_visible()
    assert screen.url.rstrip("#") == f"{line.url}/{event.slug}/screen"


async def test_an_upgrade_in_mid_show_is_not_seen(wall, event, windows):
    (post,) = await wall.show(event, "Before the upgrade #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    async with wall.away():
        await expect(mark(screen)).to_contain_text("cannot be reached")
        await expect(article(screen, post)).to_be_visible()
    (later,) = await wall.show(event, "After the upgrade #PyConEx")

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden()


async def test_while_redis_hangs_the_wall_stays_and_the_mark_names_the_database(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()
    (redis,) = wall.program.parts("redis")

    os.kill(redis.pid, signal.SIGSTOP)
    try:
        await expect(mark(screen)).to_contain_text("database is not", timeout=90_000)
        await expect(article(screen, post)).to_be_visible()
    finally:
        os.kill(redis.pid, signal.SIGCONT)
    (later,) = await wall.show(event, "After #PyConEx")

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(mark(screen)).to_be_hidden(timeout=60_000)


async def test_a_killed_redis_is_not_seen(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, post)).to_be_visible()

    await wall.program.kill_part("redis")
    (later,) = await until(lambda: shown(wall, event, "After #PyConEx"))

    await expect(article(screen, later)).to_be_visible(timeout=60_000)
    await expect(article(screen, post)).to_be_visible()


async def shown(wall, event, text):
    """Show a post once Redis takes it; nothing until then."""
    try:
        return await wall.show(event, text)
    except StoreUnavailable:
        return None


async def test_whose_session_ended_sees_the_wall_go_on_and_reads_why_scenes_do_not(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    page = await windows.page(await wall.own_link(f"/{event.slug}/screen"))
    await page.get_by_role("button", name="Come in").click()
    await expect(article(page, post)).to_be_visible()
    olga = next(person for person in await wall.store.people.all() if person.owner)

    await wall.store.people.sign_out_everywhere(olga.id)
    await expect(mark(page)).to_contain_text("Nobody is signed in", timeout=60_000)
    (later,) = await wall.show(event, "After #PyConEx")
    await wall.decide(event, "remove", post)

    await expect(article(page, later)).to_be_visible()
    await expect(article(page, post)).to_have_count(0)


async def test_a_ticket_that_ended_lets_the_screen_in_by_its_cookie(wall, event, windows):
    context = await windows.open()
    page = await context.new_page()

    async def outdated(route):
        answer = await route.fetch()
        body = (await answer.text()).replace("stream?ticket=", "stream?ticket=1")
        await route.fulfill(response=answer, body=body)

    await page.route(f"**/{event.slug}/screen", outdated)
    await page.goto(await wall.screen_link(event))
    await expect(page.locator("poster-wall[data-ready]")).to_be_attached()
    (post,) = await wall.show(event, "Let in #PyConEx")

    await expect(article(page, post)).to_be_visible()
    await expect(mark(page)).to_be_hidden()


async def test_a_full_disk_takes_nothing_from_the_wall_and_is_told_until_there_is_room(wall, event, windows, line):
    screen, _ = await good_wall(wall, event, windows, line)
    browser = await screen.context.new_cdp_session(screen)

    await browser.send("Storage.overrideQuotaForOrigin", {"origin": line.url, "quotaSize": 1})
    (later,) = await wall.show(event, "With a full disk #PyConEx")

    await expect(article(screen, later)).to_be_visible()
    await expect(mark(screen)).to_contain_text("no room left")
    await screen.reload()
    await expect(article(screen, later)).to_be_visible()
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


async def test_a_page_that_hangs_is_begun_anew(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await kept(screen, event, "Before")
    await screen.reload()
    await expect(article(screen, post)).to_be_visible()
    await screen.evaluate("navigator.serviceWorker.ready")
    begun = len([url for url in windows.requests if url.endswith(f"/{event.slug}/screen")])
    await until(lambda: any("watchdog.js" in worker.url for worker in screen.workers))

    await screen.evaluate("() => { setTimeout(() => { for (;;); }, 0); }")
    await until(lambda: len([url for url in windows.requests if url.endswith(f"/{event.slug}/screen")]) > begun)

    (later,) = await wall.show(event, "After #PyConEx")
    await expect(article(screen, later)).to_be_visible(timeout=60_000)


async def test_a_page_that_is_busy_for_a_while_is_left_alone(wall, event, windows):
    (post,) = await wall.show(event, "Before #PyConEx")
    screen = await windows.screen(wall, event)
    await until(lambda: any("watchdog.js" in worker.url for worker in screen.workers))
    await screen.evaluate("globalThis.same = true")

    await screen.evaluate("() => { const end = performance.now() + 5000; while (performance.now() < end); }")

    await expect(article(screen, post)).to_be_visible()
    assert await screen.evaluate("globalThis.same")


async def test_a_page_whose_script_does_not_start_is_shown_as_written_and_then_as_it_ran(wall, event, windows):
    (post,) = await wall.show(event, "The wall of before #PyConEx")
    screen = await windows.screen(wall, event)
    await kept(screen, event, "The wall of before")
    broken = await screen.context.new_page()
    await screen.close()
    await broken.add_init_script(
        "if (!location.search.includes('kept')) Object.defineProperty(globalThis, 'customElements', {value: null})"
    )

    await broken.goto(f"{wall.url}/{event.slug}/screen")

    await expect(broken.locator("html[data-plain]")).to_be_attached()
    await expect(article(broken, post)).to_be_visible()
    await expect(broken.locator("html[data-started]")).to_be_attached(timeout=60_000)
    await expect(article(broken, post)).to_be_visible()
    assert broken.url == f"{wall.url}/{event.slug}/screen"


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

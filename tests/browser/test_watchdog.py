"""A page that hangs, or whose script does not start, is begun anew; one that is busy is left alone."""

import pytest
from playwright.async_api import expect

from tests.browser.lasting import kept
from tests.browser.wall import article
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


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

    await broken.clock.install()
    await broken.goto(f"{wall.url}/{event.slug}/screen")
    await expect(broken.locator("html:not([data-plain])")).to_be_attached()

    await broken.clock.fast_forward(11_000)
    await expect(broken.locator("html[data-plain]")).to_be_attached()
    await expect(article(broken, post)).to_be_visible()
    await broken.clock.fast_forward(20_000)

    await expect(broken.locator("html[data-started]")).to_be_attached()
    await expect(article(broken, post)).to_be_visible()
    assert broken.url == f"{wall.url}/{event.slug}/screen"

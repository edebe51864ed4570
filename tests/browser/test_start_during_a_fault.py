"""A machine that starts while there is no server: what it showed last, or nothing of the wall."""

import pytest
from playwright.async_api import expect

from tests.browser.faults import FAULTS, gateway, portal
from tests.browser.lasting import PAGE_IN_WORKER, good_wall, mark
from tests.browser.wall import article
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

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

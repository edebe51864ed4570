"""The roads in a real Chromium, on the live page: what only a browser can say about them."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.chromium import running_chromium
from tests.web.roads import through
from tests.web.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.thorough]

# As where a proxy lets no websocket, or no stream at all, through.
NO_WEBSOCKETS = """
    window.WebSocket = class {
      constructor() { setTimeout(() => this.onclose({ code: 1006 })); }
      close() {}
    };
"""
NO_STREAMS = NO_WEBSOCKETS + "delete window.EventSource;"


@pytest_asyncio.fixture
async def served(redis_server, tmp_path):
    async with Site(tmp_path, redis_server.url).listening() as served:
        yield served


@pytest_asyncio.fixture
async def page():
    async with running_chromium() as chromium:
        yield await chromium.new_page()


@pytest.mark.parametrize(
    ("missing", "road"), [("", "/stream?"), (NO_WEBSOCKETS, "/stream.sse?"), (NO_STREAMS, "/feed?")]
)
async def test_a_post_reaches_the_live_page_by_the_best_road_there_is(served, store, event, page, missing, road):
    await page.add_init_script(missing)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("websocket", lambda socket: asked.append(socket.url))
    await page.goto(f"{served.base}/{event.slug}")

    await through(store, event, "Here it is")

    await expect(page.get_by_text("Here it is")).to_be_visible(timeout=30_000)
    assert any(f"/{event.slug}{road}" in url for url in asked)


async def test_a_process_that_leaves_and_comes_back_loses_nobody_who_follows_by_events(
    redis_server, tmp_path, store, event, page
):
    await page.add_init_script(NO_WEBSOCKETS)
    async with Site(tmp_path, redis_server.url).listening() as first:
        await page.goto(f"{first.base}/{event.slug}")
        await through(store, event, "Before")
        await expect(page.get_by_text("Before")).to_be_visible(timeout=30_000)
    await through(store, event, "Meanwhile")

    async with Site(tmp_path, redis_server.url).listening(port=first.port):
        await expect(page.get_by_text("Meanwhile")).to_be_visible(timeout=60_000)
        await expect(page.get_by_text("Before")).to_have_count(1)

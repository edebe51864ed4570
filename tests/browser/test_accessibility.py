# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""Every page there is, for who owns the wall, held against WCAG 2.2 AA by an engine of somebody else's."""

import pytest
import pytest_asyncio
from playwright.async_api import expect
from starlette.routing import Route

from tests.browser.axe import wrong_with
from tests.browser.everything import hall
from wall.web.routes import routes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

ENDLESS = ("stream", "stream.sse")
PARTS = 4
"""So many tests share all pages, so that none of them takes long on a busy machine."""


@pytest_asyncio.fixture(loop_scope="session")
async def olga(wall, windows):
    """The browser of who owns the wall."""
    page = await windows.page(await wall.own_link("/organise"))
    await page.get_by_role("button", name="Come in").click()
    await expect(page.get_by_role("heading", name="Your events")).to_be_visible()
    return page


def paths():
    """Return every path that can be read, each once."""
    readable = [one.path for one in routes() if isinstance(one, Route) and "GET" in (one.methods or ())]
    return [path for path in dict.fromkeys(readable) if not path.endswith(ENDLESS)]


async def is_page(page, url):
    answer = await page.context.request.get(url, headers={"accept": "text/html"}, max_redirects=0)
    if answer.status != 200 or not answer.headers.get("content-type", "").startswith("text/html"):
        return False
    return (await answer.text()).startswith("<!doctype html>")


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_page_can_be_used_by_everybody(wall, hall, olga, part):
    _, names = hall
    found = {}
    for path in paths()[part::PARTS]:
        url = wall.url + path.format(**names)
        if await is_page(olga, url):
            await olga.goto(url)
            found[path] = await wrong_with(olga)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert len(found) >= 40 / PARTS - 2

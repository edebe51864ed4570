"""Every page, looked at as a browser's own log would: it asks nobody but us, and complains of nothing."""

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.wall import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

STAFF = ("/organise", "/organise/{slug}", "/account", "/{slug}/moderate", "/{slug}/moderate/approved")
PUBLIC = ("/{slug}", "/{slug}?before=9", "/{slug}/post/{post}", "/sign-in")


@pytest_asyncio.fixture(loop_scope="session")
async def post(wall, event):
    """A post with everything that a page could be tempted to fetch from elsewhere."""
    (post,) = await wall.show(event, "Read https://example.org/talk 😀 עברית ไทย हिन्दी عربي Ελληνικά #PyConEx")
    await wall.say(event, "Waiting #PyConEx")
    return post


async def quiet(page):
    """Wait until a page has asked for all it wants."""
    await page.wait_for_load_state("networkidle")
    await page.evaluate("document.fonts.ready")


@pytest.mark.parametrize("path", PUBLIC)
async def test_a_page_for_everybody_complains_of_nothing(wall, event, windows, post, path):
    page = await windows.page(wall.url + path.format(slug=event.slug, post=post.id))

    await quiet(page)

    assert windows.complaints == []


@pytest.mark.parametrize("path", STAFF)
async def test_a_page_for_staff_complains_of_nothing(wall, event, windows, post, path):
    page = await windows.page(await wall.own_link(path.format(slug=event.slug)))
    await page.get_by_role("button", name="Come in").click()
    await expect(page).to_have_url(wall.url + path.format(slug=event.slug))

    await quiet(page)

    assert windows.complaints == []


async def test_a_screen_complains_of_nothing(wall, event, windows, post):
    await quiet(await windows.screen(wall, event))

    assert windows.complaints == []


async def test_a_phone_complains_of_nothing(wall, event, windows, post):
    await quiet(await windows.page(await wall.join_address(event), **PHONE))

    assert windows.complaints == []

"""What people put in themselves: a moderator at the desk, an organiser before a source is saved."""

import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def test_a_post_is_quoted_from_the_desk_by_one_key(wall, event, windows):
    desk = await windows.desk(wall, event)
    await wall.say(event, "We are moving to hall 2 #PyConEx")
    await expect(desk.locator(".stage__post")).to_contain_text("hall 2")

    async with desk.context.expect_page() as opened:
        await desk.keyboard.press("q")
    page = await opened.value
    await page.get_by_label("Your words").fill("Take the lift:")
    await page.get_by_role("button", name="Put it on the wall").click()
    await expect(page.locator(".written__words")).to_have_text("Take the lift:")

    ((_, standing),) = await wall.store.posts.page(event.slug, Status.APPROVED, limit=9)
    assert standing.post.text.startswith("Take the lift:\n\n“We are moving to hall 2 #PyConEx”\n— Alice")


async def test_an_address_is_pasted_on_a_phone(wall, event, windows):
    desk = await windows.desk(wall, event, **PHONE)

    await desk.get_by_role("link", name="Bring in").click()
    await desk.get_by_label("Its address").fill("no address")
    await desk.get_by_role("button", name="Look at it").click()

    await expect(desk.locator(".field__error")).to_have_text("This is not one address.")
    await expect(desk.get_by_label("Its address")).to_have_value("no address")


async def test_a_source_is_tested_beside_its_form_and_nothing_typed_is_lost(wall, event, windows):
    page = await windows.page(await wall.own_link(f"/organise/{event.slug}"))
    await page.get_by_role("button", name="Come in").click()
    form = page.locator("#new-mastodon-form")
    await form.get_by_text("Mastodon and the fediverse", exact=True).click()
    await form.get_by_label("Servers").fill("http://127.0.0.1:9")
    await form.get_by_label("Access token").fill("s3cret")

    await form.get_by_role("button", name="Test it first").click()

    await expect(form.locator(".trial")).to_contain_text("Nothing was saved.")
    await expect(form.get_by_label("Access token")).to_have_value("s3cret")

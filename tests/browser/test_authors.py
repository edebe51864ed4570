"""What authors are told, and how they leave."""

import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE
from tests.waiting import until
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def written(wall, event, phone, text):
    await phone.get_by_label("Your post").fill(text)
    await phone.get_by_role("button", name="Send").tap()
    await expect(phone.get_by_text("Waiting for a moderator")).to_be_visible()
    ((_, standing),) = await wall.store.posts.page(event.slug, Status.WAITING, limit=2)
    return standing.post


async def test_a_reason_of_the_list_is_two_keys_and_its_author_reads_it(wall, event, windows):
    phone = await windows.page(await wall.join_address(event), **PHONE)
    post = await written(wall, event, phone, "Buy my course")
    desk = await windows.desk(wall, event)
    await expect(desk.locator(".stage__post").locator(f"#post-{post.id}")).to_be_visible()

    await desk.keyboard.press("Shift+N")
    await expect(desk.get_by_role("dialog", name="Reject, and say why")).to_be_visible()
    await desk.keyboard.press("2")

    await expect(desk.locator(".decide__said")).to_contain_text("Advertising")
    await expect(phone.get_by_text("Not shown")).to_be_visible()
    await expect(phone.locator(".mine__reason")).to_contain_text("Advertising")


async def test_own_words_are_a_reason_too_and_escape_leaves_the_post_alone(wall, event, windows):
    (post,) = await wall.show(event, "My neighbour snores #PyConEx")
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")
    dialog = desk.get_by_role("dialog", name="Remove, and say why")
    await expect(desk.locator(".card[data-current]")).to_be_visible()

    await desk.keyboard.press("Shift+N")
    await desk.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    assert (await wall.store.posts.get(event.slug, post.id)).visible

    await desk.locator(".card[data-current] .more__button").click()
    await desk.get_by_role("button", name="Remove, and say why").click()
    await dialog.get_by_label("In your own words").fill("She asked for it")
    await desk.keyboard.press("Enter")

    async def told():
        return (await wall.store.posts.get(event.slug, post.id)).explanation == "She asked for it"

    await until(told)


async def test_a_phone_takes_its_post_off_and_then_leaves_without_scripts(wall, event, windows):
    phone = await windows.page(await wall.join_address(event), java_script_enabled=False, **PHONE)
    post = await written(wall, event, phone, "Second thoughts")

    await phone.locator(".mine__remove summary").tap()
    await phone.get_by_role("button", name="Yes, remove it").tap()
    await expect(phone.get_by_text("Taken off by you")).to_be_visible()
    await phone.locator(".join__foot summary").tap()
    await phone.get_by_role("button", name="Yes, leave me out").tap()

    await expect(phone.get_by_role("heading", name="You left this wall.")).to_be_visible()
    assert (await wall.store.posts.get(event.slug, post.id)).status is Status.WITHDRAWN

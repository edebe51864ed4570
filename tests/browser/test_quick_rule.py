import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE
from wall.core.moderation import Status

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def rules(wall, event):
    return (await wall.store.rules.get(event.slug)).rules


@pytest.mark.parametrize("size", [{}, PHONE], ids=["laptop", "phone"])
async def test_an_author_is_rejected_from_now_on_and_let_through_again(wall, event, windows, size):
    desk = await windows.desk(wall, event, **size)
    (post,) = await wall.say(event, "Buy now #PyConEx")

    await desk.locator(".stage__post .more__button").click()
    await desk.locator(".stage__post [data-rule-menu]").click()
    await desk.keyboard.press("n")
    await desk.get_by_role("button", name="Reject: Posts by \u2068Alice\u2069").click()
    await expect(desk.locator(".quick-rule-done")).to_contain_text("new posts are rejected")
    made = await rules(wall, event)
    (next_one,) = await wall.say(event, "Buy more #PyConEx")
    await desk.locator(".quick-rule-done").get_by_role("button", name="Undo").click()
    await expect(desk.locator(".quick-rule-done")).to_contain_text("Taken back")

    statuses = [(await wall.store.posts.get(event.slug, one.id)).status for one in (post, next_one)]
    assert [rule.entries for rule in made] == [(post.author.uid,)]
    assert statuses == [Status.WAITING, Status.REJECTED]
    assert await rules(wall, event) == ()


async def test_the_rule_that_caught_a_post_is_one_press_away(wall, event, windows):
    desk = await windows.desk(wall, event)
    await wall.say(event, "Hello #PyConEx")
    await desk.locator(".stage__post .more__button").click()
    await desk.locator(".stage__post [data-rule-menu]").click()
    await desk.get_by_role("button", name="Wait: Everybody on social.example").click()
    await expect(desk.locator(".quick-rule-done")).to_contain_text("wait for a moderator")

    await wall.say(event, "Hello again #PyConEx")
    await desk.locator(".row__marks").get_by_text("From the desk").wait_for()
    await desk.keyboard.press("j")
    async with desk.context.expect_page() as opened:
        await desk.get_by_role("link", name="Domains “From the desk”").click()
    page = await opened.value

    await expect(page.get_by_label("Domains")).to_have_value("social.example")
    await expect(page.get_by_label("Domains")).to_be_disabled()

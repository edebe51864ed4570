from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.wall import now
from tests.cast import ALICE, BOB, a_post
from tests.waiting import until
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def counted(page, url, words):
    """Go to a page once what is counted there is known."""

    async def is_there():
        await page.goto(url)
        return await page.get_by_text(words).count() > 0

    await until(is_there)


async def test_a_conversation_is_explored_by_keys_and_a_day_played_again(wall, event, windows):
    began = now() - timedelta(hours=2)
    asked = a_post("Why bridges? #PyConEx", author=ALICE)
    answered = a_post("To cross #PyConEx", author=BOB, reply_to=asked.uid)
    for post, minutes in ((asked, 0), (answered, 90)):
        shown = [Submission(post, Verdict(status=Status.APPROVED))]
        await wall.store.posts.submit(event.slug, shown, now=began + timedelta(minutes=minutes))
    desk = await windows.desk(wall, event)

    await counted(desk, f"{wall.url}/{event.slug}/moderate/conversation", "2 people, and 1 pair")
    picture = desk.get_by_role("application")
    await picture.press("Home")
    chosen = desk.locator("[data-chosen]")
    await expect(chosen).to_contain_text("Alice")
    await expect(desk.locator(".network__person--lit:visible")).to_have_count(2)
    await picture.press("+")
    await expect(desk.locator(".network__view--close")).to_have_count(1)
    await picture.press("Escape")
    await expect(chosen).to_be_hidden()

    await counted(desk, f"{wall.url}/organise/{event.slug}/replay", "2 posts by 2 people")
    slider = desk.get_by_role("slider")
    await slider.press("Home")
    await expect(desk.locator("[data-then]")).not_to_contain_text("To cross")
    first = desk.url
    await desk.get_by_role("button", name="Play: ten minutes a second").click()
    await expect(desk.locator("[data-then]")).to_contain_text("To cross")
    assert "?at=" in first
    assert desk.url != first

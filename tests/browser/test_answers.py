import pytest
from playwright.async_api import expect

from tests.browser.wall import article

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def test_the_team_answers_and_the_card_on_the_screen_stays_the_same_card(wall, event, windows):
    (post,) = await wall.show(event, "Where is the next talk? #PyConEx")
    screen, live = await windows.screen(wall, event), await windows.live(wall, event)
    card = article(screen, post)
    await expect(card).to_be_visible()
    await card.evaluate("card => (card.dataset.marked = 'yes')")
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")
    await expect(desk.locator(".card[data-current]")).to_be_visible()

    async with desk.expect_popup() as opened:
        await desk.keyboard.press(".")
    form = await opened.value
    await form.get_by_label("The answer").fill("In the large hall")
    await form.get_by_role("button", name="Answer").click()

    await expect(card.get_by_text("In the large hall")).to_be_visible()
    await expect(card).to_have_attribute("data-marked", "yes")
    await expect(article(live, post).get_by_text("In the large hall")).to_be_visible()
    await expect(live.locator("article.post")).to_have_count(1)


async def test_an_announcement_comes_and_goes_on_live_pages_and_screens_without_a_press_there(
    wall, event, windows
):
    await wall.show(event, "Hello #PyConEx")
    screen, live = await windows.screen(wall, event), await windows.live(wall, event)
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/announcements")

    await desk.get_by_label("What is announced").fill("Lunch is served")
    await desk.get_by_role("button", name="Announce").click()

    await expect(live.get_by_role("region", name="Announcements").get_by_text("Lunch is served")).to_be_visible()
    await expect(screen.get_by_text("Lunch is served")).to_be_visible()

    await desk.get_by_role("button", name="End it now").click()

    await expect(live.get_by_text("Lunch is served")).to_have_count(0)
    await expect(screen.get_by_text("Lunch is served")).to_have_count(0)

"""One post from many networks: one card at the desk, and one on the wall."""

import pytest
from playwright.async_api import expect

from tests.browser.wall import article
from tests.copied import bridged_skeet, skeet, toot

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def test_an_original_takes_the_place_of_its_copy_without_a_flicker(wall, event, windows):
    screen = await windows.screen(wall, event)
    copy, original = bridged_skeet(), toot()
    await wall.show(event, "Coffee is ready #PyConEx")
    await wall.submit(event, copy)
    await wall.decide(event, "approve", copy)
    card = screen.locator(".wall__card", has=article(screen, copy))
    await expect(card).to_be_visible()
    await card.evaluate("card => (card.dataset.stays = '')")

    await wall.submit(event, original)

    await expect(screen.locator("[data-stays]").locator(f"#post-{original.id}")).to_be_visible()
    await expect(article(screen, copy)).to_have_count(0)
    await expect(screen.locator("article.post")).to_have_count(2)
    await expect(article(screen, original)).to_contain_text("also Bluesky")


async def test_a_card_is_parted_by_a_key_and_put_together_by_another(wall, event, windows):
    desk = await windows.desk(wall, event)
    await wall.submit(event, toot())
    await wall.submit(event, skeet())
    stage = desk.locator(".stage__post")
    await expect(stage).to_contain_text("2 networks")
    await expect(stage).to_contain_text("alice.bsky.social")
    await expect(desk.locator(".line__cards .card")).to_have_count(1)

    await desk.keyboard.press("d")
    await expect(desk.locator(".line__cards .card")).to_have_count(2)
    await expect(stage).not_to_contain_text("2 networks")

    await desk.keyboard.press("u")
    await expect(desk.locator(".line__cards .card")).to_have_count(1)
    await expect(stage).to_contain_text("2 networks")

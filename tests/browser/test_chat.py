"""A chat, as somebody follows it in a browser."""

from datetime import timedelta
from functools import partial

import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE, now
from tests.chats import an_edition, make_chat, said, show
from wall.core.edition import Edition

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def test_the_next_question_and_its_answers_are_there_without_a_new_page(wall, windows, event):
    begun = now() - timedelta(minutes=15)
    await make_chat(wall.store, event, an_edition(starts=begun), now=now())
    page = await windows.page(f"{wall.url}/{event.slug}/chat", **PHONE)
    await expect(page.get_by_role("heading", name="Q1 What is number 1?")).to_be_visible()
    await page.evaluate("window.same = true")

    await wall.store.chats.change(event.slug, 1, partial(Edition.asking, number=2, now=now()), now=now())
    await expect(page.get_by_role("heading", name="Q2 What is number 2?")).to_be_visible()
    await expect(page.locator("[data-announce]")).to_have_text("Q2: What is number 2?")
    await show(wall.store, event, said("A2 In a bowl #PyConEx", starts=begun, minute=16), now=now())

    await expect(page.locator(".chat-post").get_by_text("In a bowl")).to_be_visible()
    assert await page.evaluate("window.same")

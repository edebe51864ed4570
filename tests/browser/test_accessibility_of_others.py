# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""The pages of those who are not signed in, and the states of the desk, held against WCAG 2.2 AA as in test_accessibility.py."""

import pytest
from playwright.async_api import expect

from tests.browser.axe import wrong_with
from tests.browser.everything import hall
from tests.browser.wall import PHONE

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

FOR_EVERYBODY = [
    "/{slug}",
    "/{slug}/post/{post_id}",
    "/{slug}/about",
    "/{slug}/join",
    "/{slug}/polls",
    "/{slug}/chat",
    "/{slug}/chat/{number}",
    "/{slug}/questions",
    "/{slug}/stories/{name}",
    "/sign-in",
    "/screen",
]
"""Pages that look otherwise to those who are not signed in."""


async def test_every_page_for_strangers_can_be_used_by_everybody_on_a_phone(wall, hall, windows):
    event, names = hall
    page = await windows.page(await wall.join_address(event), **PHONE)
    found = {}
    for path in (
        *FOR_EVERYBODY,
        "/{slug}?before=999",
        "/{slug}?session=talk&network=irc",
        "/{slug}/nothing-there",
    ):
        await page.goto(wall.url + path.format(**names))
        found[path] = await wrong_with(page)
    await page.goto(f"{wall.url}/{event.slug}/join")
    await page.get_by_label("Your post").fill("Hello from a phone")
    await page.get_by_role("button", name="Send").click()
    await expect(page.get_by_text("Thank you.")).to_be_visible()
    found["sent"] = await wrong_with(page)

    assert {path: wrong for path, wrong in found.items() if wrong} == {}


async def test_the_desk_can_be_used_by_everybody_whatever_is_open(wall, hall, windows):
    event, _ = hall
    desk = await windows.desk(wall, event)
    found = {"queue": await wrong_with(desk)}
    for key in ("?", "Shift+N", "e", "Shift+Escape"):
        await desk.keyboard.press(key)
        found[key] = await wrong_with(desk)
        await desk.keyboard.press("Escape")

    assert {state: wrong for state, wrong in found.items() if wrong} == {}

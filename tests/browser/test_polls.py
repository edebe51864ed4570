"""Polls, as phones and a hall see them."""

import pytest
from playwright.async_api import expect

from tests.browser import test_scenes
from tests.browser.axe import wrong_with
from tests.browser.test_scenes import WATCH_FADES, scene
from tests.browser.wall import PHONE, now
from tests.polls import a_poll, answer
from wall.core.poll import moved

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

hall = test_scenes.hall


async def opened(wall, event, **fields):
    poll = a_poll(**fields)
    await wall.store.polls.add(event.slug, poll, now=now())
    await move(wall, event, poll, "open")
    return poll


async def move(wall, event, poll, status):
    await wall.store.polls.change(event.slug, poll.id, lambda one: moved(one, status, now=now()), now=now())


async def phone(windows, wall, event, **options):
    """Return the page of polls on a phone that came by a screen's code."""
    address = (await wall.join_address(event)).replace("/join?", "/polls?")
    return await windows.page(address, **PHONE, **options)


async def test_a_vote_is_counted_and_what_others_vote_is_seen_until_it_is_closed_before_all(wall, windows, event):
    poll = await opened(wall, event)
    ana, ben = [await phone(windows, wall, event) for _ in range(2)]
    await ben.get_by_label("Bread").check()

    await ana.get_by_label("Rice").check()
    await ana.get_by_role("button", name="Vote").click()

    await expect(ana.get_by_role("row", name="Rice")).to_contain_text("100 %")
    await wall.store.polls.cast(event.slug, poll.id, "cleo", answer("0"))
    await expect(ana.get_by_role("row", name="Soup")).to_contain_text("50 %")
    await expect(ben.locator(".poll__voters")).to_have_text("2 people voted")
    assert await wrong_with(ana) == []
    await expect(ben.get_by_label("Bread")).to_be_checked()  # what somebody chose meanwhile stays
    await expect(ben.get_by_role("row")).to_have_count(0)
    await move(wall, event, poll, "closed")
    await expect(ben.get_by_role("row", name="Soup")).to_contain_text("50 %")
    await expect(ana.locator(".poll__mine")).to_have_text("You answered: Rice")


async def test_the_desk_sees_votes_as_they_come_and_keeps_what_is_typed(wall, windows, event):
    poll = await opened(wall, event)
    draft = a_poll(id="draft", question="Tea?")
    await wall.store.polls.add(event.slug, draft, now=now())
    desk = await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/polls")
    await desk.get_by_text("Change it").click()
    question = desk.locator("#change-draft").get_by_label("Question")
    await question.fill("Tea, or something else?")

    await wall.store.polls.cast(event.slug, poll.id, "cleo", answer("0"))
    await expect(desk.locator(f"#poll-{poll.id}")).to_contain_text("1 person voted")
    await expect(desk.get_by_role("row", name="Soup")).to_contain_text("100 %")
    await wall.store.polls.add(event.slug, a_poll(id="third", question="Cake?"), now=now())
    await expect(desk.locator("#poll-third")).to_be_visible()
    await wall.store.polls.delete(event.slug, "third", now=now())
    await expect(desk.locator("#poll-third")).to_have_count(0)

    await expect(question).to_have_value("Tea, or something else?")


async def test_without_scripts_one_votes_and_sees_results(wall, windows, event):
    await opened(wall, event, kind="scale", options=(), points=5, high="Very")
    page = await phone(windows, wall, event, java_script_enabled=False)

    await page.get_by_label("4").check()
    await page.get_by_role("button", name="Vote").click()

    await expect(page.get_by_text("You answered: 4")).to_be_visible()
    await expect(page.get_by_role("row", name="4", exact=False).filter(has_text="100 %")).to_be_visible()
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_screen_shows_words_live_without_a_fade_until_one_is_struck(wall, windows, event, hall):
    poll = await opened(wall, event, kind="words", options=())
    page = await hall.open(scene("poll"))
    await expect(page.locator(".poll-scene__voters")).to_contain_text("0")
    await page.evaluate(WATCH_FADES)

    states = {"tea": "shown", "mud": "shown"}
    await wall.store.polls.cast(event.slug, poll.id, "ana", answer("Tea", "mud"), states=states)
    await expect(page.locator(".words__said")).to_have_text(["mud", "Tea"])
    await wall.store.polls.set_words(event.slug, poll.id, ["mud"], "struck", now=now())

    await expect(page.locator(".words__said")).to_have_text(["Tea"])
    assert not await page.evaluate("window.faded")

"""Modes, countdowns and the wave alarm, as moderators and the audience see them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.wall import article, now
from tests.cast import a_post
from tests.waiting import until
from wall.core.moderation import Status
from wall.core.modes import Modes

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]


async def status(wall, event, post):
    return (await wall.store.posts.get(event.slug, post.id)).status


def fresh(text):
    """Return a post that was written just now."""
    return replace(a_post(text), received_at=now(), created_at=now())


async def test_a_delayed_post_counts_down_at_the_desk_and_then_hangs_on_the_wall(wall, windows):
    event = await wall.event(mode="open with delay", modes=Modes(delay_seconds=12))
    desk = await windows.desk(wall, event)
    live = await windows.live(wall, event)
    (post,) = await wall.say(event, "Soon #PyConEx")

    await expect(desk.locator(".stage__post .card__due strong")).to_have_text(
        re.compile(r"^On the wall in \d+ s$")
    )
    assert await article(live, post).count() == 0

    await expect(article(live, post)).to_be_visible()
    await expect(desk.locator(".stage__note")).to_contain_text("Its delay was over")


async def test_a_moderator_stops_one_and_lets_another_go_at_once(wall, windows):
    event = await wall.event(mode="open with delay", modes=Modes(delay_seconds=600))
    stopped, hurried = await wall.say(event, "No #PyConEx", "Yes #PyConEx")
    desk = await windows.desk(wall, event)
    live = await windows.live(wall, event)

    await desk.keyboard.press("n")
    await expect(desk.locator(f".stage__post #post-{hurried.id}")).to_be_visible()
    await desk.keyboard.press("y")

    await expect(article(live, hurried)).to_be_visible()
    assert await status(wall, event, stopped) is Status.REJECTED


async def test_everything_waits_stops_what_is_delayed_and_every_desk_is_told(wall, windows):
    event = await wall.event(mode="open with delay", modes=Modes(delay_seconds=600))
    (post,) = await wall.say(event, "Soon #PyConEx")
    mias, maxs = await windows.desk(wall, event), await windows.desk(wall, event, "Max")

    await mias.get_by_label("Everything waits").check()

    await expect(maxs.get_by_label("Everything waits")).to_be_checked()
    await expect(maxs.locator(".decide__said")).to_contain_text("everything waits")
    await expect(mias.locator(".stage__post")).to_contain_text("so it waits for a moderator")
    assert (await wall.store.posts.get(event.slug, post.id)).due is None


async def test_a_wave_raises_a_banner_at_every_desk_and_one_press_makes_everything_wait(wall, windows):
    event = await wall.event(mode="hold the suspicious")
    mias, maxs = await windows.desk(wall, event), await windows.desk(wall, event, "Max")
    await expect(mias.locator(".wave")).to_be_hidden()

    await wall.submit(event, *(fresh(f"Raid {number} #PyConEx") for number in range(30)))
    await expect(mias.locator(".wave__words")).to_have_text(
        "30 posts came in the last minute; hardly any would be usual."
    )
    await expect(maxs.locator(".wave")).to_be_visible()
    await mias.locator("[data-wave=wait]").click()

    await expect(mias.locator(".wave__mode")).to_have_text("Everything waits: nothing of it is shown.")
    await expect(maxs.locator("[data-wave=wait]")).to_be_hidden()
    assert (await wall.store.events.get(event.slug)).mode == "everything waits"


async def test_a_banner_that_was_put_aside_stays_away_from_this_desk_alone(wall, windows):
    event = await wall.event()
    mias, maxs = await windows.desk(wall, event), await windows.desk(wall, event, "Max")
    await wall.submit(event, *(fresh(f"Raid {number} #PyConEx") for number in range(30)))

    await mias.locator("[data-wave=aside]").click()

    await expect(mias.locator(".wave")).to_be_hidden()
    await mias.reload()
    await expect(mias.locator(".connection[data-level=good]")).to_be_attached()
    await expect(mias.locator(".wave")).to_be_hidden()
    await expect(maxs.locator(".wave")).to_be_visible()


async def test_a_card_says_what_its_author_has_earned_by_now(wall, windows):
    event = await wall.event(modes=Modes(approvals=2))
    await wall.show(event, "One #PyConEx")
    await wall.say(event, "Two #PyConEx")

    desk = await windows.desk(wall, event)

    await expect(desk.locator(".stage__post .card__trust")).to_have_text("1 of 2 approved posts")

    await wall.show(event, "Three #PyConEx")

    await expect(desk.locator(".stage__post .card__trust")).to_have_text("Trusted: 2 approved posts")
    await expect(desk.locator(".decide__trust")).to_have_attribute("aria-pressed", "true")


async def test_an_organiser_plans_modes_by_the_clocks_of_the_venue(wall, windows):
    event = await wall.event(timezone="Europe/Berlin")
    page = await windows.page(await wall.own_link(f"/organise/{event.slug}"))
    await page.get_by_role("button", name="Come in").click()
    form = page.locator("#modes-form")

    row = form.locator(".schedule__row").first
    await row.get_by_label("Day").fill("2026-06-12")
    await row.get_by_label("From").fill("22:00")
    await row.get_by_label("To").fill("01:00")
    await row.get_by_label("Mode").select_option("open with delay")
    await form.get_by_label("Approved posts until an author is trusted").fill("3")
    await form.get_by_role("button", name="Save the modes").click()
    await until(lambda: planned(wall, event))

    modes = (await wall.store.events.get(event.slug)).modes
    (span,) = modes.schedule
    assert (span.ends - span.starts, span.mode, modes.approvals) == (timedelta(hours=3), "open with delay", 3)


async def planned(wall, event):
    return (await wall.store.events.get(event.slug)).modes.schedule

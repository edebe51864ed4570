"""The programme, as an organiser takes it in and screens show it."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.browser.wall import now
from wall.core.programme import Session, Setting
from wall.core.scenes import Scene, SceneList

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

SCHEDULE = Path(__file__).resolve().parents[1] / "fixtures" / "programme" / "schedule.json"
PROGRAMME, WALL = Scene(id="p", kind="programme", seconds=600), Scene(id="w", kind="wall", seconds=600)


def talk(id, starts, ends, room="Main hall", **fields):
    """Return a session so many seconds from now on."""
    begin = now() + timedelta(seconds=starts)
    return Session(
        id=id, title=id.capitalize(), starts=begin, ends=now() + timedelta(seconds=ends), room=room, **fields
    )


async def running(wall, windows, event, *scenes):
    """Return a screen of an event that runs these scenes."""
    screen = await windows.screen(wall, event)
    (opened,) = await wall.store.screens.all(event.slug)
    await wall.store.scenes.create(event.slug, SceneList(id="hall", name="Hall", scenes=scenes), now=now())
    await wall.store.screens.arrange(event.slug, opened.id, lambda one: replace(one, scenes="hall"), now=now())
    return screen


async def plan(wall, event, *sessions, **settings):
    await wall.store.programmes.change(
        event.slug, lambda before: replace(before.with_sessions(sessions), settings=settings), now=now()
    )


def seen(screen, post):
    """Return a post in the scene that is seen; the next is laid out behind it."""
    return screen.locator(f".scene:not([data-coming]) #post-{post.id}")


async def test_a_screen_shows_what_runs_and_what_comes_and_goes_on_without_a_server(wall, windows):
    event = await wall.event()
    await plan(
        wall, event, talk("keynote", -600, 900), talk("maps", 1000, 3600), talk("lab", 1200, 3600, "Annexe")
    )
    screen = await running(wall, windows, event, PROGRAMME)
    hall = screen.locator(".programme__room", has_text="Main hall")
    annexe = screen.locator(".programme__room", has_text="Annexe")
    await expect(hall.locator('[data-part="now"] .slot__title')).to_have_text(["Keynote"])
    await expect(hall.locator('[data-part="next"] .slot__title')).to_have_text(["Maps"])
    await expect(annexe.locator(".slot__when:visible")).to_contain_text(["min"])

    await plan(wall, event, talk("keynote", -600, 5), talk("soon", 5, 3600))
    await expect(hall.locator(".slot__title", has_text="Soon")).to_have_count(1)
    await screen.context.set_offline(True)

    await expect(hall.locator('[data-part="now"] .slot__title')).to_have_text(["Soon"])
    await screen.context.set_offline(False)


async def test_a_screen_is_quiet_while_a_session_wants_it(wall, windows):
    event = await wall.event()
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen = await running(wall, windows, event, WALL)
    await expect(seen(screen, post)).to_be_visible()

    await plan(wall, event, talk("keynote", -60, 3600), keynote=Setting(quiet="nothing"))

    await expect(seen(screen, post)).to_be_hidden()
    await expect(screen.locator(".curtain__title")).to_be_visible()
    await plan(wall, event, talk("keynote", -60, 3600))
    await expect(seen(screen, post)).to_be_visible()


async def test_another_scene_comes_in_the_place_of_posts_during_a_quiet_session(wall, windows):
    event = await wall.event()
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen = await running(wall, windows, event, WALL, PROGRAMME)
    await expect(seen(screen, post)).to_be_visible()

    await plan(wall, event, talk("keynote", -60, 3600), keynote=Setting(quiet="only questions"))

    await expect(screen.locator('[data-part="now"] .slot__title')).to_have_text("Keynote")
    await expect(screen.locator(".curtain__title")).to_be_hidden()


async def test_an_organiser_takes_a_programme_in_and_sets_what_holds_without_scripts(wall, windows):
    event = await wall.event(timezone="Europe/Berlin", mode="open with delay")
    page = await windows.page(await wall.own_link(f"/organise/{event.slug}/programme"))
    await page.get_by_role("button", name="Come in").click()
    cookies = await page.context.cookies()
    plain = await windows.open(java_script_enabled=False)
    await plain.add_cookies(cookies)
    page = await plain.new_page()
    await page.goto(f"{wall.url}/organise/{event.slug}/programme")

    await page.get_by_label("Or a file").set_input_files(SCHEDULE)
    await page.get_by_role("button", name="Look at it").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("4 sessions in 2 rooms, 12–13 June 2026")
    await page.get_by_role("button", name="Take it in").click()
    keynote = page.locator(".session", has_text="Keynote")
    await keynote.get_by_text("While it runs").click()
    await keynote.get_by_label("Screens show no posts").check()
    await keynote.get_by_label("New posts").select_option("everything waits")
    await keynote.get_by_role("button", name="Save").click()

    await expect(keynote.locator(".session__set")).to_have_text("Screens show no postsEverything waits")
    (span,) = (await wall.store.events.get(event.slug)).modes.sessions
    assert (span.title, span.mode) == ("Keynote", "everything waits")

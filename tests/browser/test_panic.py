"""Panic, from the key at the desk to what three halls show, and the proof that they do."""

import re

import pytest
from playwright.async_api import expect

from tests.browser.test_screen import IN_WORKER
from tests.browser.wall import PHONE, article
from tests.cast import ALICE, BOB
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CURTAIN = ".stage[data-curtain={}]"
IN_STORAGE = "slug => JSON.parse(localStorage.getItem(`wall:${slug}`))?.screen.curtain.kind"


async def named_screen(windows, wall, event, name, *, url=None):
    """Return the page of a screen that has a name, once the wall has heard of it."""
    screen, token = await wall.store.screens.open(event.slug, name, now=wall.acceptor.now())
    page = await windows.page(f"{url or wall.url}/{event.slug}/screen/open#{token}")
    await expect(page.locator("poster-wall[data-ready]")).to_be_attached()
    await until(lambda: heard(wall, event, screen))
    return page


async def heard(wall, event, screen):
    return screen.id in {one.screen for one in await wall.store.showings.all(event.slug)}


async def left(wall, event):
    return any(one.left for one in await wall.store.showings.all(event.slug))


async def draw(wall, event, kind):
    await wall.store.curtains.draw(event.slug, kind, by="max", by_name="Max", now=wall.acceptor.now())


async def panic(desk, key):
    """Press the key, choose, and confirm once the question can be answered."""
    await desk.keyboard.press("!")
    await expect(desk.locator("#panic")).to_be_visible()
    await desk.keyboard.press(key)
    await expect(desk.locator(".panic__yes")).to_be_visible()
    await confirmed(desk, lambda: desk.keyboard.press("y"))


async def confirmed(desk, press):
    async def closed():
        await press()
        return not await desk.locator("#panic").is_visible()

    await until(closed)


def proof(desk, words):
    return expect(desk.locator(".proof")).to_contain_text(re.compile(words))


async def test_a_removal_is_confirmed_by_three_screens_and_one_that_was_cut_off_is_named(
    wall, event, windows, line
):
    (bad,) = await wall.show(event, "Something that must go #PyConEx")
    (good,) = await wall.show(event, "Something that may stay #PyConEx")
    screens = [
        await named_screen(windows, wall, event, "Foyer"),
        await named_screen(windows, wall, event, "Room 2"),
        await named_screen(windows, wall, event, "Main hall", url=line.url),
    ]
    for screen in screens:
        await expect(article(screen, bad)).to_be_visible()
    desk = await windows.desk(wall, event)
    await line.cut()

    await wall.decide(event, "remove", bad)

    await proof(desk, r"Removed from 2 of 3 screens\. \W?Main hall\W? has not answered for \d+ s\.")
    for screen in screens[:2]:
        await expect(article(screen, bad)).to_have_count(0)
    await expect(article(screens[2], bad)).to_be_visible()

    line.mend()

    await expect(article(screens[2], bad)).to_have_count(0)
    await expect(article(screens[2], good)).to_be_visible()
    await proof(desk, r"Removed from 3 of 3 screens in \d+(\.\d)? s\.")


@pytest.mark.thorough
async def test_a_screen_whose_window_was_closed_is_not_waited_for(wall, event, windows):
    (bad,) = await wall.show(event, "Something that must go #PyConEx")
    await named_screen(windows, wall, event, "Foyer")
    closed = await named_screen(windows, wall, event, "Room 2")
    desk = await windows.desk(wall, event)
    await closed.goto("about:blank")
    await until(lambda: left(wall, event))

    await wall.decide(event, "remove", bad)

    await proof(desk, r"Removed from 1 of 1 screen in \d+(\.\d)? s\.")


async def test_a_screen_that_still_shows_what_was_removed_confirms_nothing(wall, event, windows):
    (bad,) = await wall.show(event, "Something that must go #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall")
    await expect(article(screen, bad)).to_be_visible()
    desk = await windows.desk(wall, event)
    copy = "post => { const copy = post.cloneNode(true); document.body.append(copy); }"
    await article(screen, bad).evaluate(copy)

    await wall.decide(event, "remove", bad)

    await proof(desk, r"Removed from 0 of 1 screen\. \W?Main hall\W? has not answered")
    await expect(article(screen, bad)).to_have_count(1)


async def test_blank_screens_show_the_title_and_the_way_back_brings_the_wall(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall")
    desk = await windows.desk(wall, event)
    other = await windows.desk(wall, event, "Max")

    await panic(desk, "b")

    await expect(screen.locator(".curtain__title")).to_have_text("PyCon Example")
    await expect(screen.locator(".curtain__title")).to_be_in_viewport(ratio=1)
    await expect(screen.locator("article.post")).to_have_count(0)
    await expect(screen.locator(".rail")).to_be_hidden()
    await proof(desk, r"Blank: 1 of 1 screen in \d+\.\d s\.")
    await expect(other.locator(".alarm")).to_contain_text("Screens are blank.")
    await expect(other.locator(".alarm")).to_contain_text(re.compile("Mia.?, since"))

    await other.get_by_role("button", name="Show the wall again").click()

    await expect(article(screen, post)).to_be_visible()
    await expect(desk.locator(".alarm")).to_have_count(0)


async def test_frozen_screens_keep_what_they_show_and_a_removed_post_still_goes(wall, event, windows):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall")
    desk = await windows.desk(wall, event)
    await expect(article(screen, one)).to_be_visible()

    await panic(desk, "f")
    await expect(screen.locator(CURTAIN.format("frozen"))).to_be_attached()
    (later,) = await wall.show(event, "Later #PyConEx")
    await wall.decide(event, "remove", other)

    await expect(article(screen, other)).to_have_count(0)
    await expect(article(screen, later)).to_have_count(0)
    await expect(article(screen, one)).to_be_visible()

    await draw(wall, event, "open")

    await expect(article(screen, later)).to_be_visible()


@pytest.mark.thorough
async def test_a_frozen_screen_that_reloads_shows_nothing_that_came_since(wall, event, windows):
    (one,) = await wall.show(event, "One #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall")
    await draw(wall, event, "frozen")
    (later,) = await wall.show(event, "Later #PyConEx")

    await screen.reload()

    await expect(article(screen, one)).to_be_visible()
    await expect(screen.locator("poster-wall[data-ready]")).to_be_attached()
    await expect(article(screen, later)).to_have_count(0)

    await draw(wall, event, "open")

    await expect(article(screen, later)).to_be_visible()


@pytest.mark.thorough
async def test_only_pinned_posts_stay_and_without_one_the_title_stands(wall, event, windows):
    pinned, other = await wall.show(event, "Lunch is in the garden #PyConEx", "Other #PyConEx")
    await wall.decide(event, "pin", pinned)
    screen = await named_screen(windows, wall, event, "Main hall")
    desk = await windows.desk(wall, event)

    await panic(desk, "p")

    await expect(article(screen, other)).to_have_count(0)
    await expect(article(screen, pinned)).to_be_visible()
    await wall.decide(event, "unpin", pinned)
    await expect(screen.locator(".curtain__title")).to_be_visible()
    await wall.decide(event, "pin", other)
    await expect(article(screen, other)).to_be_visible()


@pytest.mark.thorough
async def test_a_screen_that_was_away_comes_back_under_the_curtain(wall, event, windows, line):
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall", url=line.url)
    await expect(article(screen, post)).to_be_visible()
    await line.cut()
    await draw(wall, event, "blank")
    await expect(screen.locator(".staff-mark")).to_be_visible()

    line.mend()

    await expect(screen.locator(".curtain__title")).to_be_visible()
    await expect(screen.locator("article.post")).to_have_count(0)


@pytest.mark.thorough
async def test_a_blank_screen_that_reloads_without_a_server_stays_blank(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    screen = await named_screen(windows, wall, event, "Main hall")
    await expect(article(screen, post)).to_be_visible()
    kept = {"page": f"/{event.slug}/screen", "words": "Hello"}
    await until(lambda: screen.evaluate(IN_WORKER, kept))
    await draw(wall, event, "blank")
    await until(lambda: screen.evaluate(f"async slug => ({IN_STORAGE})(slug) === 'blank'", event.slug))

    async with wall.away():
        await screen.reload()

        await expect(screen.locator(".curtain__title")).to_be_visible()
        await expect(screen.locator("article.post")).to_have_count(0)


@pytest.mark.thorough
async def test_the_live_page_goes_on_while_the_screens_are_blank(wall, event, windows):
    (post,) = await wall.show(event, "Hello #PyConEx")
    live = await windows.live(wall, event)
    await expect(article(live, post)).to_be_visible()

    await draw(wall, event, "blank")
    (later,) = await wall.show(event, "Still here #PyConEx")

    await expect(article(live, later)).to_be_visible()
    await expect(article(live, post)).to_be_visible()


@pytest.mark.thorough
async def test_everything_of_an_author_leaves_the_screen_by_four_taps_on_a_phone(wall, event, windows):
    bad = await wall.show(event, "One #PyConEx", "Two #PyConEx", "Three #PyConEx", author=BOB)
    (good,) = await wall.show(event, "Four #PyConEx", author=ALICE)
    screen = await named_screen(windows, wall, event, "Main hall")
    desk = await windows.desk(wall, event, **PHONE)

    await desk.get_by_role("button", name="Panic").tap()
    await desk.locator("[data-choice=authors]").tap()
    await desk.locator(f".panic__author[data-author='{BOB.uid}']").tap()
    await confirmed(desk, lambda: desk.locator(".panic__yes").dispatch_event("click"))

    for post in bad:
        await expect(article(screen, post)).to_have_count(0)
    await expect(article(screen, good)).to_be_visible()
    await expect(desk.locator(".restricted")).to_contain_text("Bob")
    await proof(desk, r"3 posts removed from 1 of 1 screen")

    await desk.locator(".restricted").get_by_role("button").tap()

    await expect(desk.locator(".alarms")).to_be_hidden()


@pytest.mark.thorough
@pytest.mark.parametrize("key", ["!", "f", "b", "p", "w", "Enter", "Space"])
async def test_a_key_that_is_pressed_again_and_again_stops_nothing(wall, event, windows, key):
    await wall.show(event, "Hello #PyConEx")
    desk = await windows.desk(wall, event)

    await desk.keyboard.press("!")
    for _ in range(12):
        await desk.keyboard.press(key, delay=60)

    assert (await wall.store.curtains.get(event.slug)).kind == "open"
    assert await wall.store.authors.restricted(event.slug) == []


@pytest.mark.thorough
@pytest.mark.parametrize("options", [{}, PHONE], ids=["large", "phone"])
async def test_what_confirms_stands_where_nothing_chose(wall, event, windows, options):
    desk = await windows.desk(wall, event, **options)
    await desk.get_by_role("button", name="Panic").click()
    chosen = [await choice.bounding_box() for choice in await desk.locator("[data-choice]").all()]

    await desk.locator("[data-choice=blank]").click()

    yes = await desk.locator(".panic__yes").bounding_box()
    assert len(chosen) == 5
    assert all(box["y"] + box["height"] <= yes["y"] for box in chosen)
    assert yes["y"] + yes["height"] <= desk.viewport_size["height"]
    await expect(desk.locator(".panic__step:not([hidden]) .panic__no")).to_be_focused()


@pytest.mark.thorough
async def test_a_way_back_that_is_not_for_what_holds_now_is_refused_in_words(wall, event, windows, line):
    await draw(wall, event, "frozen")
    desk = await windows.desk(wall, event, url=line.url)
    await expect(desk.locator(".alarm")).to_contain_text("frozen")
    await desk.route("**/moderate/panic", lambda route: stale(route))

    await desk.get_by_role("button", name="Show the wall again").click()

    await expect(desk.locator(".alarm__trouble")).to_contain_text("Max changed this meanwhile")
    assert (await wall.store.curtains.get(event.slug)).kind == "frozen"


async def stale(route):
    """Let a request through as if an older curtain had been seen."""
    data = route.request.post_data
    await route.continue_(post_data=data.replace('"seen":1', '"seen":0') if data else None)

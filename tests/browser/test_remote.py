"""The remote control: real screens do what is pressed, say so, and one that does not is named."""

from dataclasses import replace

import pytest
import pytest_asyncio
from playwright.async_api import expect

from tests.browser.wall import PHONE, article, now
from tests.waiting import until
from wall.core.scenes import Scene, SceneList

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

HOUR = 3600
SCENES = (
    Scene(id="wall", kind="wall", seconds=HOUR),
    Scene(id="lunch", kind="announcement", seconds=HOUR, options={"text": "Lunch is served"}),
    Scene(id="blank", kind="blank", seconds=HOUR),
)
LOADS = "() => { sessionStorage.loads = 1 + Number(sessionStorage.loads ?? 0) }"
AT_ONCE = "Math.random = () => 0"
NOT_OURS = 'data-version="0.0.0"'


class Room:
    """An event's screens, and the hands that tell them what to do."""

    def __init__(self, wall, event, windows):
        self.wall = wall
        self.event = event
        self.windows = windows

    async def screen(self, name="Main hall", **options):
        """Open a screen that runs the scenes, and return its page."""
        store, slug = self.wall.store, self.event.slug
        screen, token = await store.screens.open(slug, name, now=now())
        await store.screens.arrange(slug, screen.id, lambda one: replace(one, scenes="list"), now=now())
        context = await self.windows.open(**options)
        await context.add_init_script(f"({LOADS})()")
        page = await context.new_page()
        await page.goto(f"{self.wall.url}/{slug}/screen/open#{token}")
        await expect(page.locator(".stage[data-scene]")).to_be_attached()
        return page

    async def remote(self, name="Mia", **options):
        """Return the remote control of somebody."""
        page = await self.windows.desk(self.wall, self.event, name, **options)
        await page.goto(f"{self.wall.url}/{self.event.slug}/moderate/remote")
        await expect(page.locator(".shown").first).to_be_visible()
        return page


@pytest_asyncio.fixture(loop_scope="session")
async def room(wall, event, windows):
    await wall.store.scenes.create(event.slug, SceneList(id="list", name="List", scenes=SCENES), now=now())
    await wall.show(event, "One #PyConEx", "Other #PyConEx")
    return Room(wall, event, windows)


async def press(remote, act):
    await remote.locator(f".pad [data-act={act}]").click()


async def said(remote, words):
    await expect(remote.locator(".pad__said")).to_contain_text(words)


async def shows(screen, kind):
    await expect(screen.locator(f".stage[data-scene={kind}]")).to_be_attached()
    await expect(screen.locator(".stage > .scene")).to_have_count(1)


async def test_a_screen_does_each_thing_that_is_pressed_and_says_so(room):
    screen, remote = await room.screen(), await room.remote()
    card = remote.locator(".shown")
    title = screen.locator(".curtain__title")
    await expect(card).to_contain_text("Picture is true")
    await expect(card).to_contain_text("1920 × 1080")

    await press(remote, "next")
    await shows(screen, "announcement")
    await said(remote, "done in")
    await expect(card.locator(".device__title")).to_have_text("Announcement “Lunch is served”")
    await press(remote, "back")
    await shows(screen, "wall")
    await press(remote, "hold")
    await expect(card.locator(".shown__holds")).to_contain_text("Held – ⁨Mia⁩, since")
    await press(remote, "blank")
    await expect(title).to_be_visible()
    await press(remote, "blank")
    await expect(title).to_be_hidden()
    await press(remote, "normal")

    await expect(card.locator(".shown__holds")).to_be_hidden()
    await said(remote, "done in")


async def test_a_scene_and_a_post_are_shown_at_once_and_a_removed_post_leaves(wall, event, room):
    (post,) = await wall.show(event, "Look at this #PyConEx")
    screen, remote = await room.screen(), await room.remote()

    await press(remote, "show")
    await remote.locator(".sheet__row[data-scene=lunch]").click()
    await shows(screen, "announcement")
    await press(remote, "show")
    await remote.locator(".sheet__row", has_text="Look at this").click()
    await shows(screen, "post")
    await expect(article(screen, post)).to_be_visible()
    await expect(remote.locator(".device__words")).to_contain_text("Look at this")
    await press(remote, "hold")
    await wall.decide(event, "remove", post)

    await expect(article(screen, post)).to_have_count(0)
    await expect(remote.locator(".shown__holds")).to_contain_text("a post that has left the wall")
    await expect(remote.get_by_text("Look at this")).to_have_count(0)


async def test_a_frozen_screen_hangs_nothing_new_until_it_is_no_longer(wall, event, room):
    screen, remote = await room.screen(), await room.remote()
    await press(remote, "freeze")
    await said(remote, "done in")

    (post,) = await wall.show(event, "New one #PyConEx")
    await expect(remote.locator(".shown__holds")).to_contain_text("Frozen")
    await until(lambda: screen.evaluate("slug => localStorage[`wall:${slug}`].includes('New one')", event.slug))
    await expect(article(screen, post)).to_have_count(0)
    await press(remote, "freeze")

    await expect(article(screen, post)).to_be_visible()


async def test_next_pressed_ten_times_quickly_ends_where_one_expects(room):
    screen, remote = await room.screen(), await room.remote()

    for _ in range(10):
        await remote.keyboard.press("ArrowRight")

    await shows(screen, "announcement")  # ten further among three: one further
    await said(remote, "done in")


async def test_what_a_screen_was_told_holds_through_its_reload_and_through_a_restart_of_the_server(wall, room):
    screen, remote = await room.screen(), await room.remote()
    await press(remote, "next")
    await shows(screen, "announcement")
    await press(remote, "hold")
    await said(remote, "done in")

    await screen.reload()
    await shows(screen, "announcement")
    async with wall.away():
        await shows(screen, "announcement")
    await remote.reload()
    await expect(remote.locator(".shown__holds")).to_contain_text("Held – ⁨Mia⁩")
    await press(remote, "next")

    await shows(screen, "blank")


async def test_a_screen_says_its_name_once_and_not_again_when_it_is_loaded_anew(room):
    screen, remote = await room.screen(), await room.remote()
    plate = screen.locator(".name-plate")

    await press(remote, "identify")
    await expect(plate).to_contain_text("Main hall")
    await said(remote, "says its name")
    await press(remote, "next")
    await expect(plate).to_have_count(0)
    await screen.reload()

    await shows(screen, "announcement")
    await expect(plate).to_have_count(0)


async def test_a_screen_loads_its_page_anew_once(room):
    screen, remote = await room.screen(), await room.remote()
    before = int(await screen.evaluate("sessionStorage.loads"))

    await press(remote, "reload")
    await said(remote, "loaded anew")

    await shows(screen, "wall")
    assert int(await screen.evaluate("sessionStorage.loads")) == before + 1


async def test_the_later_of_two_hands_wins_and_the_other_sees_it(room):
    screen = await room.screen()
    mia, max_ = await room.remote("Mia"), await room.remote("Max", **PHONE)
    await press(mia, "blank")
    await expect(max_.locator(".shown__holds")).to_contain_text("Blank – ⁨Mia⁩")

    await max_.locator(".pad [data-act=normal]").tap()

    await expect(mia.locator(".shown__holds")).to_be_hidden()
    await said(mia, "⁨Max⁩ pressed something else meanwhile.")
    await expect(screen.locator(".curtain__title")).to_be_hidden()


async def test_one_of_several_is_told_alone_and_one_that_does_not_answer_is_named(room):
    hall, foyer = await room.screen("Main hall"), await room.screen("Foyer")
    remote = await room.remote()
    await remote.get_by_role("button", name="Main hall").click()
    await press(remote, "next")
    await shows(hall, "announcement")
    await shows(foyer, "wall")

    await foyer.context.set_offline(True)
    await remote.get_by_role("button", name="All screens").click()
    await press(remote, "hold")

    await said(remote, "⁨Foyer⁩ has not answered for")
    await expect(remote.locator(".shown", has_text="Main hall")).to_contain_text("Done in")


async def test_all_screens_of_a_room_are_told_by_one_press_and_no_other(wall, event, room):
    store, ids = wall.store, {}
    for name, where in (("Left", "Depot"), ("Right", "depot"), ("Foyer", "")):
        screen, _ = await store.screens.open(event.slug, name, now=now(), room=where)
        ids[screen.id] = name
    remote = await room.remote()

    await remote.get_by_role("button", name="Depot").and_(remote.locator(".remote__group")).click()
    await expect(remote.locator(".pad__target")).to_contain_text("all 2 screens")
    await press(remote, "blank")
    await said(remote, "is not open")

    directions = await store.scenes.directions(event.slug)
    assert {ids[id] for id, one in directions.items() if one.blank} == {"Left", "Right"}


async def test_from_the_desk_a_post_is_shown_now_by_a_key(wall, event, room, windows):
    screen, desk = await room.screen(), await windows.desk(wall, event)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")
    await expect(desk.locator(".connection[data-level=good]")).to_be_attached()

    await desk.keyboard.press("w")
    await expect(desk.locator("#show-now .sheet__row").first).to_be_focused()
    await desk.keyboard.press("Enter")

    await shows(screen, "post")
    await expect(desk.locator("#show-now .sheet__said")).to_contain_text("done in")


async def test_from_a_phone_a_post_is_shown_now_by_a_thumb(wall, event, room, windows):
    screen, desk = await room.screen(), await windows.desk(wall, event, **PHONE)
    await desk.goto(f"{wall.url}/{event.slug}/moderate/approved")

    await desk.get_by_role("button", name="Show now").first.tap()
    await desk.locator("#show-now .sheet__row", has_text="Main hall").tap()

    await shows(screen, "post")


# Another version


async def old_page(route):
    """Give the page of a screen as a version of long ago made it."""
    answer = await route.fetch()
    html = (await answer.text()).split('data-version="', 1)
    await route.fulfill(response=answer, body=f"{html[0]}{NOT_OURS}{html[1].split(chr(34), 1)[1]}")


async def versioned(room, *, times=None):
    """Open a screen whose page is old, always or as often as is said, and is not kept by a worker."""
    context = await room.windows.open(service_workers="block")
    await context.add_init_script(f"{AT_ONCE}; ({LOADS})()")
    page = await context.new_page()
    asked = []
    page.on("request", lambda one: one.url.endswith("/screen") and asked.append(one.resource_type))
    await page.route("**/screen", old_page, **({"times": times} if times else {}))
    await page.goto(await room.wall.screen_link(room.event))
    await expect(page.locator(".stage[data-scene]")).to_be_attached()
    return page, asked


async def test_a_screen_of_an_old_version_loads_the_new_page_once(room):
    page, asked = await versioned(room, times=1)

    await expect(page.locator(".stage:not([data-version='0.0.0'])")).to_be_attached()

    assert asked == ["document", "fetch", "document"]


async def test_a_screen_whose_new_page_cannot_be_had_stays_with_the_old_one(room):
    page, asked = await versioned(room)

    await until(lambda: "fetch" in asked)

    await expect(page.locator(".stage[data-version='0.0.0'] poster-wall[data-ready]")).to_be_attached()
    assert asked == ["document", "fetch"]

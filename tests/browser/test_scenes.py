from dataclasses import replace
from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser.wall import PHONE, article, now
from tests.waiting import until
from wall.core.scenes import Direction, Scene, SceneList, Show

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

HOUR = 3600
KEPT_PLAN = "slug => JSON.parse(localStorage.getItem(`wall:${slug}`))?.plan.scenes.map(one => one.kind) ?? []"
WATCH_FADES = "() => { document.startViewTransition = () => { window.faded = true } }"
SLOW_FADES = """
() => {
  const rules = new CSSStyleSheet();
  rules.replaceSync(":root { --fade: 60s !important }");
  document.adoptedStyleSheets.push(rules);
}
"""
FADING = "() => document.getAnimations().length > 0 && document.querySelector('.stage[data-scene=blank]') !== null"
IN_WORKER = """
async page => {
  for (const name of await caches.keys()) if (await (await caches.open(name)).match(page)) return true;
  return false;
}
"""


class Hall:
    """A screen of an event, and the list that it runs."""

    def __init__(self, wall, event, windows):
        self.wall = wall
        self.event = event
        self.windows = windows

    async def open(self, *scenes, **options):
        """Open a screen that runs these scenes."""
        store, slug = self.wall.store, self.event.slug
        self.screen, token = await store.screens.open(slug, "Main hall", now=now())
        await store.scenes.create(slug, SceneList(id="hall", name="Hall", scenes=scenes), now=now())
        await self.arrange(scenes="hall")
        self.page = await self.windows.page(f"{self.wall.url}/{slug}/screen/open#{token}", **options)
        await expect(self.page.locator(".stage[data-scene]")).to_be_attached()
        return self.page

    async def arrange(self, **fields):
        change = {"now": now()}
        await self.wall.store.screens.arrange(
            self.event.slug, self.screen.id, lambda one: replace(one, **fields), **change
        )

    async def run(self, *scenes):
        """Have the list of the screen be these scenes."""
        await self.wall.store.scenes.change(
            self.event.slug, "hall", lambda one: replace(one, scenes=scenes), now=now()
        )

    async def tell(self, **direction):
        told = Direction(since=now(), **direction)
        await self.wall.store.scenes.direct_all(self.event.slug, [self.screen.id], lambda _: told, now=now())

    async def shows(self, kind):
        await expect(self.page.locator(f".stage[data-scene={kind}]")).to_be_attached()
        await expect(self.page.locator(".stage > .scene")).to_have_count(1)


@pytest.fixture
def hall(wall, event, windows):
    return Hall(wall, event, windows)


def scene(kind, *, id=None, seconds=HOUR, transition="fade", priority=0, **options):
    return Scene(
        id=id or kind, kind=kind, seconds=seconds, transition=transition, priority=priority, options=options
    )


def announcement(text, **more):
    return scene("announcement", text=text, **more)


async def test_scenes_take_turns_and_one_alone_is_in_the_page(wall, event, hall):
    await wall.show(event, "One #PyConEx")
    page = await hall.open(scene("wall", seconds=3), scene("blank", seconds=3), scene("join", seconds=3))

    await hall.shows("blank")
    await expect(page.locator("poster-wall")).to_have_count(0)
    await hall.shows("join")
    await expect(page.locator("poster-wall")).to_have_count(0)
    await hall.shows("wall")

    await expect(page.locator("article.post")).to_have_count(1)


async def test_the_code_of_a_scene_is_painted_when_it_comes(event, hall):
    page = await hall.open(scene("join"))

    code = page.locator(".join__code img")
    await expect(code).to_be_visible()
    assert await code.evaluate("one => one.complete && one.naturalWidth > 0")
    await expect(page.locator(".rail")).to_be_hidden()


async def test_a_change_of_the_list_is_on_the_screen_at_once(event, hall):
    page = await hall.open(announcement("Lunch is ready"))
    await expect(page.get_by_text("Lunch is ready")).to_be_visible()

    await hall.run(announcement("Lunch is over"))
    await expect(page.get_by_text("Lunch is over")).to_be_visible()
    await hall.run(scene("blank"))

    await hall.shows("blank")


async def test_an_announcement_that_begins_interrupts_the_wall_once(wall, event, hall):
    await wall.show(event, "One #PyConEx")
    await hall.open(scene("wall"))
    await hall.shows("wall")

    await hall.run(scene("wall"), announcement("Fire drill at noon", seconds=3, priority=1))

    await hall.shows("announcement")
    await hall.shows("wall")


async def test_a_removed_post_leaves_the_wall_that_is_being_faded_away(wall, event, hall):
    (post,) = await wall.show(event, "One #PyConEx")
    page = await hall.open(scene("wall"), scene("blank"))
    await expect(article(page, post)).to_be_visible()
    await page.evaluate(SLOW_FADES)
    await hall.tell(turn=1)
    await page.wait_for_function(FADING)

    await wall.decide(event, "remove", post)

    await page.wait_for_function("() => document.getAnimations().length === 0")
    await expect(article(page, post)).to_have_count(0)


async def test_a_post_that_is_shown_by_direction_leaves_at_once_when_it_is_removed(wall, event, hall):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("blank"))
    await hall.shows("blank")

    await hall.tell(show=Show(post=one.id), held=True)
    await hall.shows("post")
    await expect(article(page, one)).to_be_visible()
    await expect(article(page, other)).to_have_count(0)
    showings = await until_showing(wall, event, post=one.id)
    await wall.decide(event, "remove", one)

    await expect(article(page, one)).to_have_count(0)
    await hall.shows("blank")
    assert showings[0].scene == f"post {one.id}"


async def test_a_screen_is_blank_by_direction_and_comes_back(event, hall):
    page = await hall.open(announcement("Lunch is ready"))

    await hall.tell(blank=True)
    await expect(page.get_by_text("Lunch is ready")).to_be_hidden()
    await expect(page.locator(".curtain__title")).to_be_visible()
    await hall.tell()

    await expect(page.get_by_text("Lunch is ready")).to_be_visible()


async def test_a_curtain_stands_above_every_scene(wall, event, hall):
    pinned, other = await wall.show(event, "Pinned #PyConEx", "Other #PyConEx")
    await wall.decide(event, "pin", pinned)
    page = await hall.open(announcement("Lunch is ready"), scene("wall"))
    await expect(page.get_by_text("Lunch is ready")).to_be_visible()

    await draw(wall, event, "pinned")
    await expect(article(page, pinned)).to_be_visible()
    await expect(page.get_by_text("Lunch is ready")).to_have_count(0)
    await expect(article(page, other)).to_have_count(0)
    await draw(wall, event, "blank")
    await expect(page.locator("article.post")).to_have_count(0)
    await expect(page.locator(".curtain__title")).to_be_visible()
    await draw(wall, event, "open")

    await expect(page.get_by_text("Lunch is ready")).to_be_visible()


async def test_a_frozen_screen_keeps_its_scene_and_what_is_removed_still_leaves(wall, event, hall):
    (post,) = await wall.show(event, "One #PyConEx")
    page = await hall.open(scene("wall", seconds=3), scene("blank", seconds=3))
    await hall.shows("wall")
    await draw(wall, event, "frozen")
    await expect(page.locator(".stage[data-curtain=frozen]")).to_be_attached()

    await hall.run(scene("wall", seconds=3), announcement("New", seconds=3, priority=1))
    await wall.decide(event, "remove", post)
    await expect(article(page, post)).to_have_count(0)
    await draw(wall, event, "open")

    await hall.shows("announcement")


async def test_a_reload_without_a_server_runs_the_last_scenes(wall, event, hall):
    end = (now() + timedelta(hours=2)).isoformat()
    page = await hall.open(scene("blank"))
    await hall.run(scene("countdown", seconds=3, to=end, title="Keynote"), announcement("Lunch", seconds=3))
    await until(lambda: page.evaluate(f"slug => ({KEPT_PLAN})(slug).includes('countdown')", event.slug))
    await until(lambda: page.evaluate(IN_WORKER, f"/{event.slug}/screen"))

    async with wall.away():
        await page.reload()

        await hall.shows("countdown")
        await expect(page.locator("count-down")).to_contain_text("1:5")
        await hall.shows("announcement")
        await hall.shows("countdown")


async def test_the_pictures_of_scenes_to_come_are_kept_for_a_screen_without_a_server(event, hall):
    page = await hall.open(scene("blank"), scene("join"))

    await until(lambda: page.evaluate(IN_WORKER, f"/{event.slug}/screen/join.svg"))

    await expect(page.locator("img")).to_have_count(1)  # that of the rail, which is out of sight


async def test_a_countdown_counts_by_the_servers_clock(event, hall, windows):
    end = (now() + timedelta(minutes=10)).isoformat()
    page = await hall.open(scene("blank"))
    await page.clock.install(time=now() + timedelta(hours=5))
    await page.reload()

    await hall.run(scene("countdown", to=end))

    await expect(page.locator("count-down")).to_contain_text("9:")


async def test_a_screen_that_learns_that_its_clock_is_wrong_shows_what_it_took_for_over(event, hall):
    end = (now() + timedelta(minutes=10)).isoformat()
    page = await hall.open(scene("countdown", to=end))
    await page.clock.install(time=now() + timedelta(hours=5))
    await page.add_init_script("localStorage.clear()")

    await page.reload()

    await expect(page.locator("count-down")).to_contain_text("9:")


async def test_a_list_of_one_scene_never_fades_into_itself(wall, event, hall):
    page = await hall.open(announcement("Lunch is ready", seconds=3))
    await page.clock.install()
    await page.reload()
    await expect(page.get_by_text("Lunch is ready")).to_be_visible()
    await page.evaluate(WATCH_FADES)
    mark = await page.locator(".announcement").evaluate_handle("one => one")

    await page.clock.run_for(10_000)

    assert await mark.evaluate("one => one.isConnected")
    assert not await page.evaluate("window.faded")


async def test_motion_that_is_not_wanted_is_not_made(event, hall):
    page = await hall.open(scene("blank"), scene("join"), reduced_motion="reduce")
    await page.evaluate(WATCH_FADES)

    await hall.tell(turn=1)

    await hall.shows("join")
    assert not await page.evaluate("window.faded")


async def test_an_organiser_s_preview_leaves_nothing_behind(wall, event, windows):
    scenes = SceneList(id="draft", name="Draft", scenes=(announcement("Soon"),))
    await wall.store.scenes.create(event.slug, scenes, now=now())
    page = await windows.page(await wall.own_link(f"/{event.slug}/screen?preview=draft"))
    await page.get_by_role("button", name="Come in").click()

    await expect(page.get_by_text("Soon")).to_be_visible()

    assert await page.evaluate("JSON.stringify(localStorage)") == "{}"
    assert await page.evaluate("navigator.serviceWorker.getRegistrations().then(all => all.length)") == 0
    assert await wall.store.showings.all(event.slug) == []


async def draw(wall, event, kind):
    await wall.store.curtains.draw(event.slug, kind, by="mia", by_name="Mia", now=now())


async def until_showing(wall, event, **wanted):
    """Wait until a screen says that it shows this."""

    async def said():
        found = await wall.store.showings.all(event.slug)
        return [one for one in found if all(getattr(one, name) == value for name, value in wanted.items())]

    await until(said)
    return await said()


# The editor


@pytest.fixture
def edit(wall, event, windows):
    """Open the list “Hall” of an event as its organiser; by keyboard, or on a phone without scripts."""

    async def edit(*scenes, **options):
        await wall.store.scenes.create(event.slug, SceneList(id="hall", name="Hall", scenes=scenes), now=now())
        signed_in = await windows.page(await wall.own_link(f"/organise/{event.slug}/scenes/hall"))
        await signed_in.get_by_role("button", name="Come in").click()
        await expect(signed_in.get_by_role("heading", name="Hall")).to_be_visible()
        if not options:
            return signed_in
        context = await windows.open(storage_state=await signed_in.context.storage_state(), **options)
        page = await context.new_page()
        await page.goto(signed_in.url)
        return page

    return edit


async def test_an_organiser_sees_what_a_list_looks_like_while_they_edit_it(wall, event, edit):
    page = await edit(announcement("Lunch is ready"))
    looks = page.frame_locator(".look__screen")
    await expect(looks.get_by_text("Lunch is ready")).to_be_visible()

    await wall.store.scenes.change(
        event.slug, "hall", lambda one: replace(one, scenes=(announcement("Lunch is over"),)), now=now()
    )

    await expect(looks.get_by_text("Lunch is over")).to_be_visible()


async def test_scenes_are_ordered_by_keyboard_and_the_focus_stays_on_the_button(wall, event, edit):
    page = await edit(scene("wall"), scene("join"), scene("blank"))

    button = page.get_by_role("button", name="Move Blank up")
    await button.focus()
    await page.keyboard.press("Enter")
    await expect(page.locator(".rule__title").nth(1)).to_have_text("Blank")
    await expect(button).to_be_focused()
    await page.keyboard.press("Enter")

    await expect(page.locator(".rule__title").nth(0)).to_have_text("Blank")
    await expect(page.get_by_role("button", name="Move Blank down")).to_be_focused()


async def test_on_a_phone_without_scripts_a_scene_is_added_moved_and_taken_out(wall, event, edit):
    page = await edit(scene("wall"), **PHONE, java_script_enabled=False)
    titles = page.locator(".rule__title")

    await page.get_by_role("link", name="Add a scene").tap()
    await page.get_by_role("link", name="Announcement").tap()
    await page.get_by_label("What it says").fill("Lunch")
    await page.get_by_role("button", name="Add to Hall").tap()
    await expect(titles).to_have_text(["Wall", "Announcement"])
    await page.get_by_role("button", name="Move Announcement up").tap()
    await expect(titles).to_have_text(["Announcement", "Wall"])
    await page.locator("summary", has_text="Take out Wall").tap()
    await page.get_by_role("button", name="Yes, take it out").locator("visible=true").tap()

    await expect(titles).to_have_text(["Announcement"])

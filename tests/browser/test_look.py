import json
import re
from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.wall import article, now
from tests.pictures import plain
from wall.core.brand import Brand
from wall.core.legibility import LAYOUTS
from wall.core.look import Look
from wall.core.post import Author
from wall.core.theme import THEMES

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

SIZES = [
    (1920, 1080),
    (3840, 2160),
    (1080, 1920),
    (1024, 768),
    (2560, 1080),
    (3840, 1080),
    (800, 600),
    (640, 1136),
]
LONG_NAME = "Wolfeschlegelsteinhausenbergerdorff" * 6
NASTY = (
    "https://example.com/" + "a-very-long-path/" * 18 + " #PyConEx",
    "W" * 300,
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft #PyConEx",
    "\u202eright to left by force, and never ended " * 3,
    "ประเทศไทยสวยงามมากและเป็นมิตรกับทุกคนที่มาเยือนงานประชุมนี้" * 4,
    "يتحدث المتحدث الآن عن البرمجيات الحرة وكيف نبنيها معا " * 5,
    "👩🏽‍🚀🏳️‍🌈" * 40,
    "Z̷̡̛͎͔͓̰̽̄a̴̢͔̾l̸͇̈́g̴̺̈ŏ̷̜ " * 12,
    "A post as long as its network allows, and somewhat longer than that. " * 7,
)
FITS = """
() => {
  const over = [];
  const root = document.documentElement;
  if (root.scrollWidth > innerWidth || root.scrollHeight > innerHeight) over.push("page");
  const inside = (child, box, name) => {
    const [a, b] = [child.getBoundingClientRect(), box.getBoundingClientRect()];
    const marks = parseFloat(getComputedStyle(child).paddingTop) || 0;  // room for marks above and below letters
    if (name === "post__text") [a.y, a.height] = [a.y + marks, a.height - 2 * marks];
    if (a.width && (a.left < b.left - 1 || a.right > b.right + 1 || a.top < b.top - 1 || a.bottom > b.bottom + 1)) over.push(name);
  };
  for (const card of document.querySelectorAll(".wall__card")) {
    for (const part of card.querySelectorAll(".post, .post__text, .post__who, .post__author, .post__handle, .post__foot, .post__media"))
      inside(part, card, part.className);
    const [text, head] = [".post__text", ".post__head"].map((one) => card.querySelector(one).getBoundingClientRect());
    if (text.bottom > head.bottom + 1) over.push("text over its author");
  }
  const boxes = [...document.querySelectorAll(".rail *")].filter((part) => getComputedStyle(part).display !== "inline");
  for (const part of boxes) inside(part, document.querySelector(".stage"), "rail: " + part.className);
  return over;
}
"""
TYPE = """
() => [...document.querySelectorAll(".wall .post__text")].map((text) =>
  ({ size: parseFloat(getComputedStyle(text).fontSize) / innerHeight * 100,
     shorter: parseFloat(getComputedStyle(text).fontSize) / Math.min(innerWidth, innerHeight) * 100,
     weight: Number(getComputedStyle(text).fontWeight) }))
"""
MISSING = """
async (scripts) => {
  const entry = document.querySelector("script[type=module][src$='screen.js']").src;
  return (await import(entry.replace(/linked.*/, "js/helpers/glyphs.js"))).missingScripts(scripts);
}
"""
SETTLED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))))"


async def screen_with(wall, event, windows, look):
    page = await windows.screen(wall, event)
    (opened,) = await wall.store.screens.all(event.slug)
    await wall.store.screens.arrange(event.slug, opened.id, lambda one: replace(one, look=look), now=now())
    await page.reload()
    await expect(page.locator(".wall[data-ready]")).to_be_attached()
    return page


async def resized(page, size):
    await page.set_viewport_size({"width": size[0], "height": size[1]})
    await page.evaluate(SETTLED)


async def nasty(wall, event):
    author = Author(uid="ap:x", handle=f"@{'x' * 200}@social.example", name=LONG_NAME)
    for text in NASTY:
        await wall.show(event, text, author=author)


@pytest.mark.parametrize("layout", LAYOUTS)
async def test_type_is_never_smaller_than_the_last_row_can_read(wall, event, windows, layout):
    await nasty(wall, event)
    page = await screen_with(wall, event, windows, Look(layout=layout))

    seen = {}
    for size in SIZES:
        await resized(page, size)
        seen[size] = await page.evaluate(TYPE)

    assert all(shown for shown in seen.values())
    least = LAYOUTS[layout].type_size - 0.02
    assert [(size, one) for size, shown in seen.items() for one in shown if one["size"] < least] == []
    assert [(size, one) for size, shown in seen.items() for one in shown if one["weight"] < 500] == []


async def test_larger_scale_is_larger_type(wall, event, windows):
    await wall.show(event, "A post as long as its network allows, " * 12)

    page = await screen_with(wall, event, windows, Look(layout="hall", scale=120))

    assert min(one["size"] for one in await page.evaluate(TYPE)) >= 6.7 * 1.2 - 0.02


async def test_hall_room_and_foyer_show_one_two_and_more_posts(wall, event, windows):
    await wall.show(event, *(f"Post {number}" for number in range(9)))
    shown = {}
    for layout in LAYOUTS:
        page = await screen_with(wall, event, windows, Look(layout=layout))
        shown[layout] = await page.locator(".wall article.post").count()
        await wall.store.screens.revoke(event.slug, (await wall.store.screens.all(event.slug))[0].id)

    assert shown == {"hall": 1, "room": 2, "foyer": 4}


@pytest.mark.parametrize("theme", THEMES)
async def test_nothing_breaks_a_theme_at_any_size(wall, event, windows, theme):
    await nasty(wall, event)
    page = await screen_with(wall, event, windows, Look(theme=theme))

    broken = {}
    for size in SIZES:
        await resized(page, size)
        broken[size] = await page.evaluate(FITS)

    assert {size: over for size, over in broken.items() if over} == {}


async def test_nothing_breaks_a_layout_at_any_size(wall, event, windows):
    await nasty(wall, event)
    broken = {}
    for layout in LAYOUTS:
        page = await screen_with(wall, event, windows, Look(layout=layout, margin=0))
        for size in SIZES:
            await resized(page, size)
            broken[layout, size] = await page.evaluate(FITS)
        await wall.store.screens.revoke(event.slug, (await wall.store.screens.all(event.slug))[0].id)

    assert {place: over for place, over in broken.items() if over} == {}


async def test_a_long_post_is_cut_with_an_ellipsis_before_it_is_set_too_small(wall, event, windows):
    (post,) = await wall.show(event, "A post as long as its network allows, and somewhat longer than that. " * 12)

    page = await screen_with(wall, event, windows, Look(layout="hall"))

    await expect(article(page, post).locator(".post__text[data-clamped]")).to_be_visible()


async def test_a_name_from_right_to_left_turns_nothing_around_it(wall, event, windows):
    author = Author(uid="ap:y", handle="@noa@social.example", name="נועה \u202eCBA")
    (post,) = await wall.show(event, "Hello #PyConEx", author=author)
    page = await screen_with(wall, event, windows, Look())

    isolated = "one => getComputedStyle(one).unicodeBidi"
    for part in (".post__author", ".post__handle"):
        assert await article(page, post).locator(part).evaluate(isolated) == "isolate"


async def test_every_script_and_emoji_has_a_font_of_ours(wall, event, windows):
    await wall.show(event, "Latin Кириллица Ελληνικά العربية עברית देवनागरी ไทย 🎉")
    page = await screen_with(wall, event, windows, Look())

    loaded = await page.evaluate(
        "() => [...document.fonts].filter((face) => face.status === 'loaded').map((face) => face.family.replaceAll('\"', ''))"
    )
    families = {
        "Source Sans 3",
        "Noto Sans Arabic",
        "Noto Sans Hebrew",
        "Noto Sans Devanagari",
        "Noto Sans Thai",
        "Twemoji",
    }
    assert families <= set(loaded)


async def test_a_look_that_is_set_is_worn_at_once_and_without_a_reload(wall, event, windows):
    await wall.show(event, *(f"Post {number}" for number in range(9)))
    page = await screen_with(wall, event, windows, Look())
    await expect(page.locator(".wall article.post")).to_have_count(4)
    await page.evaluate("() => { window.same = true; }")

    (opened,) = await wall.store.screens.all(event.slug)
    look = Look(layout="hall", theme="newspaper", shade="light")
    await wall.store.screens.arrange(event.slug, opened.id, lambda one: replace(one, look=look), now=now())

    await expect(page.locator(".wall article.post")).to_have_count(1)
    await expect(page.locator(".wall .post__text")).to_have_css("font-family", re.compile("^.?Source Serif 4"))
    assert min(one["size"] for one in await page.evaluate(TYPE)) >= 6.68
    assert await page.evaluate("window.same")


async def test_a_brand_that_is_set_takes_the_page_anew(wall, event, windows):
    await wall.show(event, "Post")
    page = await screen_with(wall, event, windows, Look())

    await wall.store.brands.put(event.slug, Brand(css=".rail { letter-spacing: 3px }"), now=now())

    await expect(page.locator(".rail")).to_have_css("letter-spacing", "3px")
    await expect(page.locator(".wall article.post")).to_have_count(1)


async def test_a_script_that_the_machine_has_no_letters_for_is_found(wall, event, windows):
    page = await screen_with(wall, event, windows, Look())

    missing = await page.evaluate(MISSING, {"Private": ["\ue123", "\ue124"], "Latin": ["a", "b"]})

    assert missing == ["Private"]


async def test_the_organiser_is_told_which_letters_a_screen_lacks_and_the_room_is_not(wall, event, windows):
    screen = await screen_with(wall, event, windows, Look())
    said = {"device": "d" * 24, "cursor": "Vq3k:0", "missing": ["Korean"]}
    told = await screen.request.post(
        f"{wall.url}/{event.slug}/screen/showing", data=said, headers={"sec-fetch-site": "same-origin"}
    )
    assert told.status == 204
    page = await windows.page(await wall.own_link(f"/organise/{event.slug}"))
    await page.get_by_role("button", name="Come in").click()

    await expect(page.get_by_text("Its machine has no letters for Korean")).to_be_visible()
    assert "no letters" not in await screen.content()


async def test_the_logo_stands_in_the_corner_and_alone_on_a_blank_screen(wall, event, windows):
    logo = await wall.acceptor.pictures.keep_bytes(plain(), kind="logo")
    await wall.store.brands.put(event.slug, Brand(logo=logo, plate="light"), now=now())
    page = await screen_with(wall, event, windows, Look())
    await expect(page.locator(".rail__logo img")).to_be_visible()
    await expect(page.locator(".curtain__logo img")).to_be_hidden()

    await wall.store.curtains.draw(event.slug, "blank", by="mia", by_name="Mia", now=now())

    await expect(page.locator(".curtain__logo img")).to_be_visible()
    await expect(page.locator(".rail__logo img")).to_be_hidden()


async def test_an_organiser_sees_which_layouts_can_be_read_and_cannot_choose_another(wall, event, windows):
    await wall.screen_link(event)
    (opened,) = await wall.store.screens.all(event.slug)
    path = f"/organise/{event.slug}/screens/{opened.id}/look"
    page = await windows.page(await wall.own_link(path))
    await page.get_by_role("button", name="Come in").click()

    await page.get_by_label("Height of the picture").fill("2,1")
    await page.get_by_label("To the last row").fill("14")
    await expect(page.get_by_text("Hall, the most posts that the last row can read")).to_be_visible()
    await page.get_by_role("radio", name="Foyer").check()
    await page.get_by_role("button", name="Save").click()

    await expect(page.get_by_role("alert")).to_contain_text("Use Hall layout or a picture ≥ 4.7 m high.")


async def test_colours_are_checked_as_they_are_picked(wall, event, windows):
    page = await windows.page(await wall.own_link(f"/organise/{event.slug}/look"))
    await page.get_by_role("button", name="Come in").click()
    await page.get_by_label("Colours of our own").check()
    await expect(page.get_by_role("listitem").filter(has_text="✓ Words on ground: ")).to_contain_text("readable")

    await page.get_by_label("Words", exact=True).fill("#444444")

    await expect(page.get_by_role("listitem").filter(has_text="✗ Words on ground: ")).to_contain_text(
        "too little. Make it lighter."
    )
    assert json.dumps(windows.complaints) == "[]"

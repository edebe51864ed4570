"""Scenes that say something of all posts, and sponsors, as a hall sees them."""

from datetime import timedelta

import pytest
from playwright.async_api import expect

from tests.browser import test_scenes
from tests.browser.test_programme import plan, talk
from tests.browser.test_scenes import scene
from tests.browser.wall import now
from tests.cast import a_post
from wall.core.moderation import Status, Verdict
from wall.core.post import Author
from wall.core.programme import Setting
from wall.core.sponsors import Sponsor
from wall.store.submission import Submission

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

hall = test_scenes.hall
UPRIGHT = {"viewport": {"width": 1080, "height": 1920}}
NAMES = ("Mira", "X" * 80, "مريم الحسيني", "नमिता", "สมชาย", "田中裕子", "<b>Doris</b>")
INSIDE = """
one => [...one.querySelectorAll("*")].filter(part => {
  const box = part.getBoundingClientRect();
  const stage = one.getBoundingClientRect();
  return box.width > 0 && (box.right > stage.right + 2 || box.left < stage.left - 2 || box.bottom > stage.bottom + 2);
}).map(part => part.className)
"""


def author(number):
    name = NAMES[number] if number < len(NAMES) else f"Person {number}"
    return Author(uid=f"ap:{number}", handle=f"@p{number}@social.example", name=name)


async def put(wall, event, *posts, ago=timedelta()):
    """Put posts on the wall, so long ago."""
    submissions = [Submission(post, Verdict(status=Status.APPROVED)) for post in posts]
    await wall.store.posts.submit(event.slug, submissions, now=now() - ago)
    return posts


async def said(wall, event, text, people, *, ago=timedelta()):
    texts = ((f"{text} {words_of(one)}", author(one)) for one in people)
    return await put(wall, event, *(a_post(words, author=who) for words, who in texts), ago=ago)


def words_of(number):
    """Return words that nobody else says: nearly the same texts are one voice."""
    return " ".join(f"q{number * 7919 % 9973 + step * 131}z" for step in range(9))


async def remove(wall, event, *posts):
    await wall.decide(event, "remove", *posts)


async def stays_inside(page):
    assert await page.locator(".stage > .scene").evaluate(INSIDE) == []


@pytest.mark.parametrize("shape", [{}, UPRIGHT], ids=["wide", "upright"])
async def test_numbers_are_those_of_the_wall(wall, event, hall, shape):
    await said(wall, event, "Hello", range(7))
    page = await hall.open(scene("numbers"), **shape)

    await expect(page.locator(".fact__number").first).to_have_text("7")
    await expect(page.locator(".day__bar[data-runs]")).to_be_visible()
    await stays_inside(page)


async def test_a_trend_leaves_the_screen_with_a_post_that_says_it(wall, event, hall):
    await said(wall, event, "weather", range(40), ago=timedelta(hours=2))
    posts = await said(wall, event, "Elektrizitätsverteilungsnetz", range(8))
    page = await hall.open(scene("trends"))
    trend = page.locator(".trend", has_text="Elektrizitätsverteilungsnetz")
    await expect(trend.locator(".trend__people")).to_have_text("8 people")
    await stays_inside(page)

    await remove(wall, event, *posts)

    await expect(trend).to_have_count(0)


@pytest.mark.parametrize("shape", [{}, UPRIGHT], ids=["wide", "upright"])
async def test_people_have_their_turn_whatever_they_are_called(wall, event, hall, shape):
    posts = await said(wall, event, "Hello", range(25))
    page = await hall.open(scene("people", seconds=3), scene("blank", seconds=3), **shape)
    shown = page.locator(".person:not([hidden]) .person__name")
    await hall.shows("people")
    await stays_inside(page)
    first = set(await shown.all_text_contents())
    await hall.shows("blank")
    await hall.shows("people")

    second = set(await shown.all_text_contents())

    assert first | second == {one.author.name for one in posts}


async def test_somebody_leaves_the_screen_with_their_post(wall, event, hall):
    posts = await said(wall, event, "Hello", range(5))
    page = await hall.open(scene("people"))
    await expect(page.locator(".person", has_text="Mira")).to_be_visible()

    await wall.store.posts.forget(event.slug, posts[0].author.uid, now=now())

    await expect(page.locator(".person", has_text="Mira")).to_have_count(0)
    await expect(page.locator(".person")).to_have_count(4)


@pytest.mark.parametrize("shape", [{}, UPRIGHT], ids=["wide", "upright"])
async def test_questions_stand_large_and_a_pinned_one_above_the_others(wall, event, hall, shape):
    texts = (
        "Why?",
        "How " + "very " * 300 + "long?",
        "https://example.org/" + "a" * 200 + " right?",
        "ما هي التكلفة؟",
    )
    posts = await put(wall, event, *(a_post(text, author=author(one)) for one, text in enumerate(texts)))
    await wall.decide(event, "pin", posts[0])
    page = await hall.open(scene("questions"), **shape)

    pinned = page.locator(f".question[data-key='{posts[0].id}']")
    await expect(pinned).to_be_visible()
    await expect(page.locator(".question").first).to_contain_text("Why?")
    await stays_inside(page)
    heights = await page.locator(".question:not([hidden])").evaluate_all("all => all.map(one => one.clientHeight)")
    assert heights[0] > 1.5 * heights[1]
    await remove(wall, event, posts[0])

    await expect(pinned).to_have_count(0)


async def test_questions_stay_while_a_session_wants_only_them(wall, event, hall):
    await put(wall, event, a_post("Why?"))
    await hall.open(scene("wall"), scene("questions"))
    await hall.shows("wall")

    await plan(wall, event, talk("keynote", -60, 3600), keynote=Setting(quiet="only questions"))

    await hall.shows("questions")


@pytest.mark.parametrize("shape", [{}, UPRIGHT], ids=["wide", "upright"])
async def test_sponsors_stand_in_tiers(wall, event, hall, shape):
    for place, name in enumerate(
        ("Halyard", "Rindfleischetikettierungsüberwachungsgesetz", "市立図書館", "مكتبة")
    ):
        await sponsor(wall, event, name, tier=("Gold", "Silver")[place > 0])
    page = await hall.open(scene("sponsors"), **shape)

    gold, silver = await page.locator(".sponsor__name").evaluate_all(
        "all => all.slice(0, 2).map(one => parseFloat(getComputedStyle(one).fontSize))"
    )

    assert gold > silver
    await stays_inside(page)


@pytest.mark.parametrize("kind", ["wall", "stream", "big"])
async def test_a_sponsor_has_a_card_between_posts_for_its_time(wall, event, hall, kind):
    await sponsor(wall, event, "Halyard")
    await wall.store.sponsors.change(event.slug, lambda all: all.paced(1, 5), now=now())
    await put(wall, event, *(a_post(f"Hello {one}", author=author(one)) for one in range(12)))
    page = await hall.open(scene(kind))
    card = page.locator(".sponsor-card")

    await expect(card).to_be_visible()
    await expect(card).to_contain_text("Sponsor")
    await expect(card).to_have_count(1)
    await expect(card).to_have_count(0)
    await expect(page.locator("article.post").first).to_be_visible()


async def sponsor(wall, event, name, tier="Gold"):
    one = Sponsor(id=name[:4], name=name, tier=tier)
    await wall.store.sponsors.change(event.slug, lambda all: all.added(one), now=now())

"""The scenes that show posts: big, stream and pictures, and one wall that several screens share."""

from io import BytesIO

import pytest
import segno
from playwright.async_api import expect

from tests.browser.test_scenes import SLOW_FADES, WATCH_FADES, Hall, draw, scene
from tests.browser.wall import article, now
from tests.pictures import plain
from tests.waiting import until
from wall.core.part import Part
from wall.core.post import Media
from wall.core.scenes import Show

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session"), pytest.mark.thorough]

KINDS = ("big", "stream", "pictures")
FADES = "() => document.getAnimations().some(one => one.effect.pseudoElement?.includes('wall'))"
STILL = "() => document.getAnimations().length === 0"
IDS = "all => all.map(one => one.dataset.id).sort()"
PLACES = "all => Object.fromEntries(all.map(one => [one.dataset.id, JSON.stringify(one.getBoundingClientRect())]))"
TOPS = "all => all.map(one => [one.getBoundingClientRect().top, one.dataset.id]).sort((a, b) => a[0] - b[0]).map(one => one[1])"
SIZES = """
all => all.map(one => parseFloat(getComputedStyle(one).fontSize) / innerHeight * 100)
"""


@pytest.fixture
def hall(wall, event, windows):
    return Hall(wall, event, windows)


@pytest.fixture
def shoot(wall, event):
    """Put pictures on the wall, each of somebody else; returns their posts."""

    async def shoot(*names, **fields):
        posts = []
        for name in names:
            data = plain(400 + len(name), 300, format="PNG", colour=(hash(name) % 256, 90, 120))
            picture = await wall.acceptor.pictures.keep_bytes(data, kind="photo")
            media = Media(kind="image", url=f"https://author.example/{name}.png", picture=picture, alt=f"A {name}")
            posts += await wall.show(event, f"{name} #PyConEx", media=(media,), **fields)
        return posts

    return shoot


async def ids(page):
    return await page.locator("article.post").evaluate_all(IDS)


# Big


async def test_big_shows_one_post_and_then_the_next(wall, event, hall):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("big"))
    await hall.shows("big")
    await expect(page.locator("article.post")).to_have_count(1)
    first = await ids(page)

    await expect(page.locator(f"#post-{(({one.id, other.id}) - set(first)).pop()}")).to_be_visible()

    await expect(page.locator("article.post")).to_have_count(1)


async def test_what_is_said_big_is_three_times_as_large_as_who_said_it(wall, event, hall):
    await wall.show(event, "The keynote made me want to delete half my code. #PyConEx")
    page = await hall.open(scene("big"))
    await expect(page.locator(".post__text")).to_be_visible()

    (said,) = await page.locator(".post__text").evaluate_all(SIZES)
    (who,) = await page.locator(".post__author").evaluate_all(SIZES)

    assert said >= 6.7
    assert said >= 3 * who


async def test_a_post_that_is_pinned_comes_at_once_and_later_gives_way(wall, event, hall):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("big"))
    await expect(page.locator("article.post")).to_have_count(1)
    first = await ids(page)
    hidden = other if first == [one.id] else one

    await wall.decide(event, "pin", hidden)

    await expect(article(page, hidden)).to_be_visible()
    await expect(page.locator(f"#post-{first[0]}")).to_be_visible()


async def test_a_removed_post_leaves_the_big_scene_in_the_middle_of_a_fade(wall, event, hall):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("big"))
    await expect(page.locator("article.post")).to_have_count(1)
    hidden = other if await ids(page) == [one.id] else one
    await page.evaluate(SLOW_FADES)
    await wall.decide(event, "pin", hidden)
    await page.wait_for_function(FADES)

    await wall.decide(event, "remove", one, other)

    await page.wait_for_function(STILL)
    await expect(page.locator("article.post")).to_have_count(0)


async def test_a_post_shown_by_direction_is_shown_big(wall, event, hall):
    one, _ = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("blank"))

    await hall.tell(show=Show(post=one.id), held=True)

    await hall.shows("post")
    await expect(page.locator("big-post").locator(f"#post-{one.id}")).to_be_visible()


async def test_big_of_pinned_posts_is_passed_over_until_one_is_pinned(wall, event, hall):
    one, _ = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    page = await hall.open(scene("blank", seconds=3), scene("big", which="pinned", priority=2))
    await hall.shows("blank")

    await wall.decide(event, "pin", one)
    await hall.shows("big")
    await expect(article(page, one)).to_be_visible()
    await wall.decide(event, "unpin", one)

    await hall.shows("blank")


async def test_a_high_picture_is_shown_whole(wall, event, hall):
    picture = await wall.acceptor.pictures.keep_bytes(plain(300, 900), kind="photo")
    media = Media(kind="image", url="https://author.example/high.png", picture=picture)
    await wall.show(event, "High #PyConEx", media=(media,))
    page = await hall.open(scene("big", which="pictures"))

    image = page.locator(".post__picture img")

    await expect(image).to_be_visible()
    assert await image.evaluate("one => getComputedStyle(one).objectFit") == "contain"


# Stream


async def test_in_a_stream_the_latest_is_on_top_and_the_pinned_post_above_it(wall, event, hall):
    posts = await wall.show(event, "One #PyConEx", "Other #PyConEx", uid=None)
    page = await hall.open(scene("stream"))
    await expect(page.locator("article.post")).to_have_count(2)

    (latest,) = await wall.show(event, "Latest #PyConEx")
    await expect(article(page, latest)).to_be_visible()
    await until(lambda: tops_are(page, latest))
    await wall.decide(event, "pin", posts[0])

    await until(lambda: tops_are(page, posts[0], latest))


async def tops_are(page, *posts):
    found = await page.locator("article.post").evaluate_all(TOPS)
    return found[: len(posts)] == [post.id for post in posts]


async def test_a_high_stream_has_type_that_is_as_large_as_a_wall_s(wall, event, hall):
    await wall.show(event, "Short #PyConEx", "word " * 60 + "#PyConEx", "日本から参加 #PyConEx")
    page = await hall.open(scene("stream", many=8), viewport={"width": 1080, "height": 1920})
    await expect(page.locator("article.post")).to_have_count(3)

    sizes = await page.locator(".post__text").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize) / innerWidth * 100)"
    )

    assert min(sizes) >= 2.99
    assert await page.locator(".post__text").evaluate_all(
        "all => all.every(one => one.scrollWidth <= one.clientWidth + 1)"
    )


# Pictures


async def test_pictures_show_no_words_but_what_they_are_and_who_posted_them(wall, event, hall, shoot):
    await shoot("dog", "harbour", "street")
    page = await hall.open(scene("pictures"))
    await expect(page.locator("article.post")).to_have_count(3)

    await expect(page.get_by_role("img", name="A harbour")).to_be_visible()

    await expect(page.locator("article.post", has_text="#PyConEx")).to_have_count(0)
    await expect(page.locator(".post__author").first).to_be_visible()


async def test_fewer_than_three_pictures_are_passed_over(wall, event, hall, shoot):
    pictured = await shoot("dog", "harbour")
    await wall.show(event, "Words #PyConEx")
    await hall.open(scene("pictures", priority=2), scene("blank", seconds=3))
    await hall.shows("blank")

    await shoot("street")
    await hall.shows("pictures")
    await wall.decide(event, "remove", pictured[0])

    await hall.shows("blank")


async def test_a_picture_with_a_warning_and_a_code_are_never_among_them(wall, event, hall, shoot):
    good = await shoot("dog", "harbour", "street")
    (warned,) = await shoot("wound", sensitive=True)
    buffer = BytesIO()
    segno.make("https://evil.example/").save(buffer, kind="png", scale=8)
    code = await wall.acceptor.pictures.keep_bytes(buffer.getvalue(), kind="photo")
    await wall.show(event, "Scan", media=(Media(kind="image", url="https://a.example/c.png", picture=code),))

    page = await hall.open(scene("pictures", many=12))

    await expect(page.locator("article.post")).to_have_count(3)
    assert await ids(page) == sorted(post.id for post in good)
    await expect(article(page, warned)).to_have_count(0)


async def test_a_picture_that_comes_takes_a_place_and_no_other_moves(wall, event, hall, shoot):
    posts = await shoot("dog", "harbour", "street", "table")
    page = await hall.open(scene("pictures", many=3))
    await expect(page.locator("article.post")).to_have_count(3)
    before = await page.locator("article.post").evaluate_all(PLACES)
    gone = next(post for post in posts if post.id in before)

    await wall.decide(event, "remove", gone)
    await expect(article(page, gone)).to_have_count(0)
    await expect(page.locator("article.post")).to_have_count(3)

    after = await page.locator("article.post").evaluate_all(PLACES)
    assert set(after.values()) == set(before.values())
    assert {id: after[id] for id in before if id != gone.id} == {id: before[id] for id in before if id != gone.id}


# All of them


@pytest.mark.parametrize("kind", KINDS)
async def test_a_frozen_scene_keeps_what_it_shows_and_loses_what_is_removed(wall, event, hall, shoot, kind):
    posts = await shoot("dog", "harbour", "street")
    page = await hall.open(scene(kind))
    await hall.shows(kind)
    shown = await ids(page)
    await draw(wall, event, "frozen")
    await expect(page.locator(".stage[data-curtain=frozen]")).to_be_attached()

    (late,) = await shoot("late")
    await wall.decide(event, "pin", late)
    await wall.decide(event, "remove", next(post for post in posts if post.id == shown[0]))

    await expect(page.locator(f"#post-{shown[0]}")).to_have_count(0)
    assert await ids(page) == shown[1:]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_curtain_covers_it_and_it_comes_back(wall, event, hall, shoot, kind):
    await shoot("dog", "harbour", "street")
    page = await hall.open(scene(kind))
    await hall.shows(kind)

    await draw(wall, event, "blank")
    await expect(page.locator("article.post")).to_have_count(0)
    await draw(wall, event, "open")

    await hall.shows(kind)
    await expect(page.locator("article.post").first).to_be_visible()


@pytest.mark.parametrize("kind", KINDS)
async def test_it_is_passed_over_while_there_is_nothing_to_show(event, hall, kind):
    await hall.open(scene(kind, priority=2), scene("join"))

    await hall.shows("join")


@pytest.mark.parametrize("kind", KINDS)
async def test_it_does_not_fade_where_motion_is_not_wanted(wall, event, hall, shoot, kind):
    posts = await shoot("dog", "harbour", "street", "table")
    page = await hall.open(scene(kind, many=3) if kind != "big" else scene(kind), reduced_motion="reduce")
    await hall.shows(kind)
    await page.evaluate(WATCH_FADES)
    shown = await ids(page)

    await wall.decide(
        event, "pin", next(post for post in posts if post.id not in shown) if kind == "big" else posts[0]
    )
    await wall.decide(event, "remove", *(post for post in posts if post.id in shown[:1]))

    await expect(page.locator(f"#post-{shown[0]}")).to_have_count(0)
    await expect(page.locator("article.post").first).to_be_visible()
    assert not await page.evaluate("window.faded")


# A wall that several screens share


async def test_two_screens_show_one_wall_and_no_post_twice(wall, event, windows):
    posts = await wall.show(event, *(f"Number {number} #PyConEx" for number in range(8)))
    halls = [Hall(wall, event, windows), Hall(wall, event, windows)]
    pages = []
    for nth, hall in enumerate(halls, start=1):
        hall.screen, token = await wall.store.screens.open(event.slug, f"Part {nth}", now=now())
        await hall.arrange(part=Part(of=2, nth=nth))
        pages.append(await windows.page(f"{wall.url}/{event.slug}/screen/open#{token}"))
    left, right = pages
    for page in pages:
        await expect(page.locator("article.post").first).to_be_visible()
    shown = [set(await ids(page)) for page in pages]
    assert shown[0] & shown[1] == set()

    on_the_right = next(post for post in posts if post.id in shown[1])
    await wall.decide(event, "pin", on_the_right)
    await expect(article(left, on_the_right)).to_be_visible()
    await expect(article(right, on_the_right)).to_have_count(0)
    await wall.decide(event, "remove", on_the_right)

    await expect(article(left, on_the_right)).to_have_count(0)


async def test_a_screen_that_is_given_a_part_leaves_the_rest_to_the_others(wall, event, hall):
    await wall.show(event, *(f"Number {number} #PyConEx" for number in range(30)))
    page = await hall.open(scene("stream", many=8))
    await expect(page.locator("article.post").nth(3)).to_be_visible()
    whole = set(await ids(page))

    await hall.arrange(part=Part(of=6, nth=1), scenes="hall")
    await until(lambda: others(page, whole))
    first = set(await ids(page))
    await hall.arrange(part=Part(of=6, nth=2), scenes="hall")

    await until(lambda: disjoint(page, first))


async def others(page, ids_before):
    return set(await ids(page)) != ids_before


async def disjoint(page, ids_before):
    return not set(await ids(page)) & ids_before


# What is gone


async def test_a_post_that_gave_way_is_held_by_nothing(wall, event, hall, shoot):
    async def take_turns():
        for post in posts:
            await wall.decide(event, "pin", post)
            await expect(article(page, post).locator(".post__picture img")).to_be_visible()
            await wall.decide(event, "unpin", post)

    posts = await shoot("A", "Bb", "Ccc")
    page = await hall.open(scene("big"))
    await take_turns()
    before = await nodes(page)

    await take_turns()
    await take_turns()

    await until(lambda: holds(page, before))


async def holds(page, before):
    return await nodes(page) <= before + 20


async def nodes(page):
    """Return how many nodes the browser holds for a page, in it or not."""
    tools = await page.context.new_cdp_session(page)
    await tools.send("HeapProfiler.collectGarbage")
    counters = await tools.send("Memory.getDOMCounters")
    await tools.detach()
    return counters["nodes"]

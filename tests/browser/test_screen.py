import re
from dataclasses import replace

import pytest
from playwright.async_api import expect

from tests.browser.wall import article
from tests.cast import ALICE, a_post
from tests.waiting import until
from wall.core.reactions import REACTIONS

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

LIMIT = 120
CODE = re.compile(r"[B-Z]{3} [B-Z]{3}")
KEPT = "slug => JSON.parse(localStorage.getItem(`wall:${slug}`))?.posts.map(post => post.id) ?? []"
IN_WORKER = """
async ({page, words}) => {
  for (const name of await caches.keys()) {
    const kept = await (await caches.open(name)).match(page);
    if (kept && (await kept.text()).includes(words)) return true;
  }
  return false;
}
"""


async def test_an_empty_screen_says_how_to_post(wall, event, windows):
    screen = await windows.screen(wall, event)

    await expect(screen.locator(".waiting").get_by_text("#PyConEx")).to_be_visible()
    await expect(screen.locator(".rail").get_by_role("img")).to_be_visible()


async def test_an_approved_post_comes_and_a_removed_one_leaves_at_once(wall, event, windows):
    screen = await windows.screen(wall, event)
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    await expect(article(screen, one)).to_be_visible()
    await expect(article(screen, other)).to_be_visible()

    await wall.decide(event, "remove", one)

    await expect(article(screen, one)).to_have_count(0)
    await expect(article(screen, other)).to_be_visible()


@pytest.mark.thorough
async def test_a_screen_that_is_on_all_day_keeps_the_newest_posts(wall, event, windows):
    screen = await windows.screen(wall, event)

    posts = await wall.show(event, *(f"Post {number} #PyConEx" for number in range(LIMIT + 20)))

    newest = [post.id for post in reversed(posts)]
    await screen.wait_for_function(f"newest => ({KEPT})('{event.slug}')[0] === newest", arg=newest[0])
    assert await screen.evaluate(KEPT, event.slug) == newest[:LIMIT]
    assert await screen.locator("article.post").count() <= LIMIT


@pytest.mark.thorough
async def test_a_pinned_post_stays_in_view_while_others_pass(wall, event, windows):
    (pinned,) = await wall.show(event, "Lunch is in the garden #PyConEx")
    await wall.decide(event, "pin", pinned)
    await wall.show(event, *(f"Before {number} #PyConEx" for number in range(12)))
    screen = await windows.screen(wall, event)
    await expect(article(screen, pinned)).to_be_in_viewport()

    *_, last = await wall.show(event, "Later one #PyConEx", "Later two #PyConEx")

    await expect(article(screen, last)).to_be_in_viewport()
    await expect(article(screen, pinned)).to_be_in_viewport()


@pytest.mark.thorough
async def test_words_from_right_to_left_are_set_so(wall, event, windows):
    hebrew, english = await wall.show(event, "שלום לכולם #PyConEx", "Hello all #PyConEx")
    screen = await windows.screen(wall, event)

    direction = "one => getComputedStyle(one).direction"
    assert await article(screen, hebrew).locator(".post__text").evaluate(direction) == "rtl"
    assert await article(screen, english).locator(".post__text").evaluate(direction) == "ltr"


async def test_nothing_hangs_over_the_edge_of_the_screen(wall, event, windows):
    long = "A post as long as its network allows, " * 12
    await wall.show(event, long, "Short #PyConEx", "W" * 200, "😀" * 60)
    screen = await windows.screen(wall, event)

    await expect(screen.locator("article.post").first).to_be_visible()
    size = "[document.documentElement.scrollWidth <= innerWidth, document.documentElement.scrollHeight <= innerHeight]"
    assert await screen.evaluate(size) == [True, True]


async def test_a_screen_that_lost_the_network_shows_what_it_has_and_then_what_it_missed(
    wall, event, windows, line
):
    one, other = await wall.show(event, "One #PyConEx", "Other #PyConEx")
    screen = await windows.screen(wall, event, url=line.url)
    await expect(article(screen, one)).to_be_visible()

    await line.cut()
    (missed,) = await wall.show(event, "Missed #PyConEx")
    await wall.decide(event, "remove", other)
    await expect(screen.locator(".staff-mark")).to_be_visible()
    await expect(article(screen, one)).to_be_visible()
    line.mend()

    await expect(article(screen, missed)).to_be_visible()
    await expect(article(screen, other)).to_have_count(0)
    await expect(screen.locator(".staff-mark")).to_be_hidden()


@pytest.mark.thorough
async def test_a_killed_web_process_is_not_seen_on_the_screen(wall, event, windows):
    (one,) = await wall.show(event, "One #PyConEx")
    screen = await windows.screen(wall, event)
    await expect(article(screen, one)).to_be_visible()

    await wall.program.kill_part("web")
    (other,) = await wall.show(event, "Other #PyConEx")

    await expect(article(screen, other)).to_be_visible()
    await expect(article(screen, one)).to_be_visible()


@pytest.mark.thorough
async def test_a_reload_without_a_server_shows_the_last_wall_and_comes_back_by_itself(wall, event, windows):
    screen = await windows.screen(wall, event)
    one, other = await wall.show(event, "The last good wall #PyConEx", "Other #PyConEx")
    await expect(article(screen, other)).to_be_visible()
    kept = {"page": f"/{event.slug}/screen", "words": "The last good wall"}
    await until(lambda: screen.evaluate(IN_WORKER, kept))

    async with wall.away():
        await screen.reload()

        await expect(article(screen, one)).to_be_visible()
        await expect(article(screen, other)).to_be_visible()
        assert screen.url == f"{wall.url}/{event.slug}/screen"
        await expect(screen.locator(".staff-mark")).to_be_visible()

    await wall.decide(event, "remove", other)
    (later,) = await wall.show(event, "Back again #PyConEx")

    await expect(article(screen, later)).to_be_visible()
    await expect(article(screen, other)).to_have_count(0)


@pytest.mark.thorough
async def test_a_screen_s_link_that_was_taken_back_opens_nothing_and_nothing_of_the_wall_stays(
    wall, event, windows
):
    await wall.show(event, "For this hall only #PyConEx")
    screen = await windows.screen(wall, event)
    kept = {"page": f"/{event.slug}/screen", "words": "For this hall only"}
    await until(lambda: screen.evaluate(IN_WORKER, kept))
    (opened,) = await wall.store.screens.all(event.slug)

    await wall.store.screens.revoke(event.slug, opened.id)
    await screen.reload()

    await expect(screen.locator(".pairing__letters")).to_have_text(CODE)
    assert "For this hall only" not in await screen.content()
    assert not await screen.evaluate(IN_WORKER, kept)


def people(count):
    return [
        replace(ALICE, uid=f"ap:person-{number}", handle=f"@p{number}@social.example") for number in range(count)
    ]


@pytest.mark.thorough
async def test_a_screen_says_how_many_wait_when_they_are_too_many_and_stops_saying_so(wall, event, windows):
    await wall.show(event, "The first #PyConEx")
    screen = await windows.screen(wall, event)
    line = screen.locator("overload-line")
    box = await screen.locator(".rail__join").bounding_box()
    await expect(line).to_have_css("opacity", "0")

    posts = await wall.submit(
        event, *(a_post(f"Post {number} #PyConEx", author=author) for number, author in enumerate(people(45)))
    )
    await wall.decide(event, "approve", *posts)

    await expect(line).to_have_css("opacity", "1")
    await expect(line).to_contain_text("waiting · one per person")
    await expect(line).to_contain_text(f"/{event.slug}")
    assert await screen.locator(".rail__join").bounding_box() == box
    await wall.decide(event, "remove", *posts[:42])
    await expect(line).to_have_css("opacity", "0")


@pytest.mark.thorough
async def test_no_author_has_two_cards_while_others_wait(wall, event, windows):
    loud, *others = people(4)
    posts = [a_post(f"Loud {number} #PyConEx", author=loud) for number in range(6)]
    posts += [a_post("Quiet #PyConEx", author=author) for author in others]
    await wall.submit(event, *posts)
    await wall.decide(event, "approve", *posts)

    screen = await windows.screen(wall, event)

    await expect(screen.locator("article.post")).to_have_count(4)
    await expect(screen.get_by_text("Loud")).to_have_count(1)
    await expect(screen.get_by_text("Quiet")).to_have_count(3)


@pytest.mark.thorough
async def test_what_others_did_is_counted_on_the_card_which_stays_the_same_card(wall, event, windows):
    (post,) = await wall.show(event, "Passed on #PyConEx", uid="ap:https://social.example/notes/passed-on")
    screen, live = await windows.screen(wall, event), await windows.live(wall, event)
    card = await article(screen, post).element_handle()
    await expect(article(screen, post).locator(".post__reposts")).to_have_count(0)

    await wall.submit(event, replace(post, reposts=12))

    await expect(article(screen, post).get_by_text("12 reposts")).to_be_visible()
    await expect(article(live, post).get_by_text("12 reposts")).to_be_visible()

    await wall.store.reactions.give(event.slug, post.id, "ann", REACTIONS[0], wanted=True, keep_seconds=60)

    await expect(article(screen, post).get_by_text("👏 1")).to_be_visible()
    await expect(article(live, post).get_by_role("button", name="1 applause")).to_be_visible()
    assert await card.evaluate("card => card.isConnected")


@pytest.mark.thorough
async def test_a_reply_says_whom_it_answers_on_the_same_card_for_as_long_as_that_is_on_the_wall(
    wall, event, windows
):
    (answered,) = await wall.show(event, "Who brings the cake? #PyConEx")
    screen, live = await windows.screen(wall, event), await windows.live(wall, event)
    (reply,) = await wall.show(event, "I do", reply_to=answered.uid)
    await expect(article(screen, reply).get_by_text("answers Alice")).to_be_visible()
    await expect(article(live, answered).get_by_role("link", name="1 reply")).to_be_visible()
    card = await article(screen, reply).element_handle()

    await wall.decide(event, "remove", answered)

    for page in (screen, live):
        await expect(article(page, answered)).to_have_count(0)
        await expect(article(page, reply).locator(".post__answers")).to_have_count(0)
    assert await card.evaluate("card => card.isConnected")

import re

import pytest

from tests.cast import BOB, NOW, a_decision, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission
from wall.web.live import PAGE_POSTS

OLDER = re.compile(r'href="([^"]*\?before=\d+)"')


@pytest.fixture
async def many(store, event):
    """More posts than three pages hold, newest first."""
    posts = [a_post(f"Words {number} #PyConEx") for number in range(PAGE_POSTS * 2 + 5)]
    through = Verdict(status=Status.APPROVED)
    await store.posts.submit(event.slug, [Submission(post, through) for post in posts], now=NOW)
    return [post.id for post in reversed(posts)]


def listed(page, ids):
    """Return which of the posts a page shows, in the order of their first mention."""
    found = {id: page.text.find(id) for id in ids}
    return sorted((id for id, place in found.items() if place >= 0), key=found.__getitem__)


async def test_the_live_page_shows_the_newest_posts_and_how_many_there_are(site, event, many):
    page = await site.browser().get(f"/{event.slug}")

    assert page.status_code == 200
    assert listed(page, many) == many[:PAGE_POSTS]
    assert f'data-total="{len(many)}"' in page.text


async def test_older_pages_follow_without_a_hole_or_a_repeat(site, event, many):
    browser = site.browser()
    seen, path = [], f"/{event.slug}"

    while path:
        page = await browser.get(path)
        assert page.status_code == 200
        seen += listed(page, many)
        older = OLDER.search(page.text)
        path = f"/{event.slug}?{older[1].partition('?')[2]}" if older else None

    assert seen == many


async def test_a_page_of_older_posts_stays_the_same_when_new_ones_arrive(site, store, event, many):
    browser = site.browser()
    older = OLDER.search((await browser.get(f"/{event.slug}")).text)[1].partition("?")[2]
    before = await browser.get(f"/{event.slug}?{older}")

    new = Submission(a_post("New #PyConEx"), Verdict(status=Status.APPROVED))
    await store.posts.submit(event.slug, [new], now=NOW)

    assert listed(await browser.get(f"/{event.slug}?{older}"), many) == listed(before, many)


@pytest.mark.parametrize("before", ["", "x", "-1", "1e3", "9" * 16, "٣", "1 OR 1"])
async def test_a_page_that_is_none_is_refused_in_words(site, event, before):
    answer = await site.browser().get(f"/{event.slug}", params={"before": before})

    assert answer.status_code == 422
    assert "does not exist" in answer.text


async def test_a_pinned_post_is_shown_once_and_first(site, store, event, many):
    standing = await store.posts.get(event.slug, many[3])
    await store.posts.decide(event.slug, a_decision("pin", standing), now=NOW)

    page = await site.browser().get(f"/{event.slug}")

    assert listed(page, many)[0] == many[3]
    assert len(re.findall(f"<article[^>]*{many[3]}", page.text)) == 1


async def test_a_post_on_the_wall_has_a_page_of_its_own(site, event, approved):
    page = await site.browser().get(f"/{event.slug}/post/{approved.post.id}")

    assert page.status_code == 200
    assert "Hello from the hall" in page.text


async def test_the_page_of_a_post_shows_its_thread_as_far_as_it_is_on_the_wall(site, store, event, approved):
    shown, waits = (a_post(text, reply_to=approved.post.uid) for text in ("Shown reply", "Waiting reply"))
    await store.posts.submit(event.slug, [Submission(shown, Verdict(status=Status.APPROVED))], now=NOW)
    await store.posts.submit(event.slug, [Submission(waits, Verdict())], now=NOW)
    browser = site.browser()

    thread = (await browser.get(f"/{event.slug}/post/{approved.post.id}")).text
    reply = (await browser.get(f"/{event.slug}/post/{shown.id}")).text.partition("<main")[2]

    assert thread.index("Hello from the hall") < thread.index("1 reply</h2>") < thread.index("Shown reply")
    assert "Waiting reply" not in thread
    assert reply.index("Hello from the hall") < reply.index("Shown reply")
    assert f'answers <a href="/{event.slug}/post/{approved.post.id}">' in reply


async def test_a_reply_names_nobody_whose_post_left_the_wall(site, store, event, approved):
    reply = a_post("So true", reply_to=approved.post.uid, author=BOB)
    await store.posts.submit(event.slug, [Submission(reply, Verdict(status=Status.APPROVED))], now=NOW)
    await store.posts.decide(event.slug, a_decision("remove", approved), now=NOW)
    browser = site.browser()

    for path in ("", f"/post/{reply.id}", "/feed?view=html"):
        page = await browser.get(f"/{event.slug}{path}")
        assert "So true" in page.text
        assert "answers <a" not in page.text
        assert approved.post.author.name not in page.text


async def test_nothing_that_waits_is_shown_anywhere(site, event, waiting):
    browser = site.browser()

    wall = await browser.get(f"/{event.slug}")
    feed = await browser.get(f"/{event.slug}/feed")
    page = await browser.get(f"/{event.slug}/post/{waiting.post.id}")

    assert page.status_code == 404
    for answer in (wall, feed, page):
        assert "Hello from the hall" not in answer.text


@pytest.mark.parametrize("act", ["remove", "undo"])
async def test_a_post_that_left_the_wall_has_no_page_any_more(site, store, event, approved, act):
    await store.posts.decide(event.slug, a_decision(act, approved), now=NOW)
    browser = site.browser()

    page = await browser.get(f"/{event.slug}/post/{approved.post.id}")
    wall = await browser.get(f"/{event.slug}")

    assert page.status_code == 404
    assert "Hello from the hall" not in page.text + wall.text


async def test_a_post_of_another_event_has_no_page_here(site, other_event, approved):
    page = await site.browser().get(f"/{other_event.slug}/post/{approved.post.id}")

    assert page.status_code == 404


async def test_an_unknown_event_is_a_page_for_people_and_an_error_for_programs(site):
    browser = site.browser()

    page = await browser.get("/no-such-event", headers={"accept": "text/html"})
    error = await browser.get("/no-such-event/feed")

    assert page.status_code == error.status_code == 404
    assert "<h1" in page.text
    assert error.json()["error"]["code"] == "not_found"


async def test_the_accent_colour_of_an_event_is_a_stylesheet(site, event):
    answer = await site.browser().get(f"/{event.slug}/theme.css")

    assert answer.headers["content-type"].startswith("text/css")
    assert event.accent in answer.text

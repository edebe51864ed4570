import re

import pytest

from tests.cast import NOW, a_post
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission
from wall.web.moderate import TAB_POSTS

WAIT = Verdict()


async def test_the_desk_shows_what_waits_oldest_first(store, event, browser):
    posts = [a_post(f"Words {number} #PyConEx") for number in range(3)]
    await store.posts.submit(event.slug, [Submission(post, WAIT) for post in posts], now=NOW)

    page = await browser.get(f"/{event.slug}/moderate")

    places = [page.text.index(post.id) for post in posts]
    assert places == sorted(places)


async def test_the_desk_tells_why_a_post_was_held_back(store, event, browser):
    await store.posts.submit(event.slug, [Submission(a_post(), Verdict(reason="Marked as 4711."))], now=NOW)

    assert "Marked as 4711." in (await browser.get(f"/{event.slug}/moderate")).text


@pytest.mark.parametrize(
    ("kind", "status"), [("approve", "approved"), ("reject", "rejected"), ("stash", "stashed")]
)
async def test_decided_posts_are_found_by_what_became_of_them(event, browser, waiting, decide, kind, status):
    await decide(kind, waiting)

    page = await browser.get(f"/{event.slug}/moderate/{status}")

    assert page.status_code == 200
    assert waiting.post.id in page.text
    assert waiting.post.id not in (await browser.get(f"/{event.slug}/moderate")).text


async def test_decided_posts_are_listed_page_by_page(store, event, browser):
    posts = [a_post() for _ in range(TAB_POSTS + 3)]
    through = Verdict(status=Status.APPROVED)
    await store.posts.submit(event.slug, [Submission(post, through) for post in posts], now=NOW)

    first = await browser.get(f"/{event.slug}/moderate/approved")
    older = re.search(r"approved(\?before=\d+)", first.text)[1]
    rest = await browser.get(f"/{event.slug}/moderate/approved{older}")

    on_first = [post.id for post in posts if post.id in first.text]
    assert on_first == [post.id for post in posts[3:]]
    assert [post.id for post in posts if post.id in rest.text] == [post.id for post in posts[:3]]


@pytest.mark.parametrize("before", ["", "x", "-1", "٣", "²", "9" * 16, "9" * 5000])
async def test_a_page_of_decided_posts_that_is_none_is_refused_in_words(event, browser, before):
    answer = await browser.get(f"/{event.slug}/moderate/approved", params={"before": before})

    assert answer.status_code == 422
    assert "does not exist" in answer.text


@pytest.mark.parametrize("status", ["waiting", "nonsense"])
async def test_there_is_no_list_of_another_name(event, browser, status):
    assert (await browser.get(f"/{event.slug}/moderate/{status}")).status_code == 404


@pytest.mark.parametrize("path", ["decisions", "trust", "mode"])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"{}", b"\xff", b"[" * 10_000, b'{"id": "\\ud800"}'])
async def test_what_cannot_be_read_is_refused_in_words(ask, path, body):
    answer = await ask(path, body)

    assert answer.status_code == 422
    assert "cannot be read" in answer.json()["error"]["message"]

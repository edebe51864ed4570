# ruff: noqa: F401, F811 - fixtures of another module are known by their names
"""The event once more; it is half past nine when it begins."""

from datetime import timedelta

import pytest

from tests.cast import BOB, NOW, a_decision, a_post
from tests.ledgers import HOUR, Ledgers, Said
from tests.web.figures import know, olgas, text
from wall.core.moderation import Status, Verdict
from wall.core.programme import Session
from wall.store.submission import Submission


@pytest.fixture
def page_of(olgas, event):
    async def page_of(query=""):
        return await olgas.get(f"/organise/{event.slug}/replay{query}")

    return page_of


@pytest.fixture
async def day(store, event, know):
    """Three posts, an hour apart from each other."""
    posts = [a_post(f"Word number {number}", author=BOB) for number in range(3)]
    for post in posts:
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)
    know(*(Said(by=f"p{number}", id=post.id, shown=number * HOUR) for number, post in enumerate(posts)))
    return posts


async def test_a_moment_shows_what_stood_on_the_wall_then(page_of, day):
    page = text(await page_of("?at=2026-06-12T10:30"))

    assert "12 June 2026, 10:30" in page
    assert "2 posts by 2 people, 1 of them in the hour before." in page
    assert page.index("Word number 1") < page.index("Word number 0")
    assert "Word number 2" not in page


async def test_without_a_moment_it_is_the_whole_of_it(page_of, day):
    page = text(await page_of())

    assert "3 posts by 3 people" in page
    assert "15 minutes earlier" in page
    assert "15 minutes later" not in page


async def test_a_moment_may_be_given_in_seconds_and_is_kept_within_the_event(page_of, day):
    seconds = int(NOW.timestamp()) + HOUR

    assert "2 posts by 2 people" in text(await page_of(f"?at={seconds}"))
    assert "3 posts by 3 people" in text(await page_of("?at=4294967295"))
    assert "1 post by 1 person" in text(await page_of("?at=1"))


async def test_what_was_removed_since_is_not_shown(page_of, day, store, event):
    standing = await store.posts.get(event.slug, day[0].id)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    page = text(await page_of())

    assert "Word number 0" not in page
    assert "Word number 1" in page


async def test_the_steps_and_the_sessions_lead_to_moments(page_of, day, store, event):
    talk = Session(id="t", title="Bridges", starts=NOW, ends=NOW + timedelta(hours=2), by_hand=True)
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)

    page = text(await page_of("?at=2026-06-12T10:30"))

    assert "replay?at=2026-06-12T10:15" in page
    assert "replay?at=2026-06-12T10:45" in page
    assert "Meanwhile: Bridges" in page
    assert '?at=2026-06-12T09:30"><span class="quiet">12 June 2026, 09:30</span> <bdi>Bridges</bdi>' in page


async def test_a_page_that_is_open_asks_for_the_moment_alone(page_of, day):
    part = (await page_of("?at=2026-06-12T10:30&part")).text

    assert part.lstrip().startswith('<div class="then"')
    assert 'data-at="2026-06-12T10:30"' in part
    assert "<html" not in part


@pytest.mark.parametrize("at", ["yesterday", "99999999999", "٣", "2026-13-45", "-5"])
async def test_what_is_no_moment_is_said_in_words(page_of, day, at):
    answer = await page_of(f"?at={at}")

    assert answer.status_code == 422
    assert "A time is written like" in answer.text


async def test_before_the_first_post_it_says_what_will_be_here(page_of, know):
    know(Said(by="a", status=Status.WAITING))

    assert "Nothing is on the wall yet." in text(await page_of())


async def test_before_anything_is_counted_the_page_says_so(page_of, site):
    site.services["ledgers"] = Ledgers()

    assert "are being counted" in text(await page_of())

# ruff: noqa: F401, F811 - fixtures of another module are known by their names
import pytest

from tests.cast import ALICE, BOB, NOW, a_post
from tests.ledgers import DAY, Ledgers, Said
from tests.web.figures import know, text
from wall.core.moderation import Status, Verdict
from wall.store.submission import Submission


@pytest.fixture
async def desk(site, mia):
    return await site.browser_of(mia)


@pytest.fixture
def page_of(desk, event):
    async def page_of(query=""):
        return await desk.get(f"/{event.slug}/moderate/conversation{query}")

    return page_of


@pytest.fixture
async def talked(store, event, know):
    """Bob answered Alice, and so did a third, of whom nothing stands on the wall, a day later."""
    for author in (ALICE, BOB):
        post = a_post("Bridges", author=author)
        await store.posts.submit(event.slug, [Submission(post, Verdict(status=Status.APPROVED))], now=NOW)
    know(
        Said(by=ALICE.uid),
        Said(by=BOB.uid, at=60, ties=(("answers", ALICE.uid),)),
        Said(by="gone", at=DAY, ties=(("answers", ALICE.uid),)),
    )


async def test_the_picture_comes_with_a_table_that_says_the_same(page_of, talked, event):
    page = text(await page_of())

    assert page.count("<svg xmlns") == 3  # for a desk, for a phone, and the sign of the one group
    assert page.count('data-ends="0 1"') == 2
    assert "3 people, and 2 pairs who took something up of each other." in page
    assert page.index('<th scope="row"><bdi>Alice</bdi>') < page.index('<th scope="row"><bdi>Bob</bdi>')
    assert f'href="/{event.slug}/moderate/approved?by=ap' in page


async def test_who_has_no_post_on_the_wall_any_more_is_not_named(page_of, talked):
    page = text(await page_of())

    assert "Somebody who passed posts on and wrote none" in page
    assert "gone" not in page


async def test_a_range_is_asked_for_by_an_address(page_of, talked):
    page = text(await page_of("?until=2026-06-12T23:00"))

    assert "2 people, and 1 pair who took something up of each other." in page
    assert "Posts before 12 June 2026, 23:00" in page


async def test_what_cannot_be_asked_is_said_in_words(page_of, talked):
    answer = await page_of("?since=soon")

    assert answer.status_code == 422
    assert "A time is written like" in answer.text


async def test_where_nobody_talks_it_says_what_will_be_here(page_of, know):
    know(Said(by="a"))

    assert "Nobody has passed on, answered or named anybody here yet." in text(await page_of())


async def test_before_anything_is_counted_the_page_says_so(page_of, site):
    site.services["ledgers"] = Ledgers()

    assert "are being counted" in text(await page_of())

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.answering import answer_id
from wall.core.moderation import Status, Verdict
from wall.core.programme import Session
from wall.store.submission import Submission

HOUR = timedelta(hours=1)


@pytest.fixture
async def sam(site, people, event):
    """Sam speaks from nine to ten, and is signed in."""
    return await site.browser_of(await people.add("Sam", slug=event.slug, role="speaker"))


@pytest.fixture
async def talk(store, event):
    talk = Session(
        id="talk", title="Talk", starts=NOW - HOUR / 2, ends=NOW + HOUR / 2, speakers=("sam",), by_hand=True
    )
    await store.programmes.change(event.slug, lambda before: before.with_session(talk), now=NOW)


@pytest.fixture
def answer(sam, event):
    async def answer(standing, **values):
        form = {"text": "Yes, from version two on", "version": "0", **values}
        return await sam.post(f"/{event.slug}/speak/{standing.post.id}", data=form)

    return answer


async def test_a_speaker_answers_in_their_own_name(site, event, talk, approved, sam, answer):
    page = await sam.get(f"/{event.slug}/speak")
    await answer(approved)

    (post,) = (await site.browser().get(f"/{event.slug}/feed")).json()["posts"]
    assert "Hello from the hall" in page.text
    assert (post["answer"]["by"], post["answer"]["text"]) == ("Sam", "Yes, from version two on")


async def test_a_speaker_sees_nothing_that_waits_and_answers_nothing_of_it(event, talk, waiting, sam, answer):
    page = await sam.get(f"/{event.slug}/speak")

    assert "Hello from the hall" not in page.text
    assert (await answer(waiting)).status_code == 404


async def test_a_speaker_has_no_part_in_the_sessions_of_others(store, event, talk, sam, answer):
    before = replace(a_post("Earlier #PyConEx"), created_at=NOW - 2 * HOUR)
    await store.posts.submit(event.slug, [Submission(before, Verdict(status=Status.APPROVED))], now=NOW)

    assert (await answer(await store.posts.get(event.slug, before.id))).status_code == 404


async def test_a_speaker_does_not_write_over_the_organiser(browser, store, event, talk, approved, answer):
    await browser.post(
        f"/{event.slug}/moderate/answers/{approved.post.id}", data={"text": "No", "version": "0", "do": "answer"}
    )

    refused = await answer(approved, version="2")

    assert refused.status_code == 422
    assert (await store.posts.get(event.slug, answer_id(approved.post.id))).post.text == "No"


@pytest.mark.parametrize(
    "path", ["moderate", "moderate/feed", "moderate/stories", "moderate/announcements", "screen"]
)
async def test_a_speaker_sees_nothing_of_the_desk(event, sam, path):
    assert (await sam.get(f"/{event.slug}/{path}")).status_code == 403

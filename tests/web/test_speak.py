import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import NOW, a_post
from wall.core.answering import answer_id
from wall.core.moderation import Status, Verdict
from wall.core.programme import Session
from wall.core.speakers import tied
from wall.store.submission import Submission

HOUR = timedelta(hours=1)


@pytest.fixture
async def speaker(people, event):
    """Sam speaks from nine to ten."""
    return await people.add("Sam", slug=event.slug, role="speaker")


@pytest.fixture
async def sam(site, speaker):
    return await site.browser_of(speaker)


@pytest.fixture
async def talk(store, event, speaker):
    talk = Session(
        id="talk", title="Talk", starts=NOW - HOUR / 2, ends=NOW + HOUR / 2, speakers=("sam",), by_hand=True
    )
    await store.programmes.change(
        event.slug, lambda before: tied(before.with_session(talk), "Sam", speaker.id), now=NOW
    )


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


async def test_two_speakers_of_one_name_do_not_write_over_each_other(
    site, people, store, event, talk, approved, answer
):
    other = await people.add("Sam", slug=event.slug, role="speaker")
    await store.programmes.change(
        event.slug,
        lambda before: tied(
            before.with_session(
                Session(
                    id="too",
                    title="Too",
                    starts=NOW - HOUR / 2,
                    ends=NOW + HOUR,
                    speakers=("Sam S.",),
                    by_hand=True,
                )
            ),
            "Sam S.",
            other.id,
        ),
        now=NOW,
    )
    await answer(approved)

    refused = await (await site.browser_of(other)).post(
        f"/{event.slug}/speak/{approved.post.id}", data={"text": "No", "version": "1"}
    )

    assert refused.status_code == 422
    assert (await store.posts.get(event.slug, answer_id(approved.post.id))).post.text == "Yes, from version two on"


@pytest.mark.parametrize(
    "path", ["moderate", "moderate/feed", "moderate/stories", "moderate/announcements", "screen"]
)
async def test_a_speaker_sees_nothing_of_the_desk(event, sam, path):
    assert (await sam.get(f"/{event.slug}/{path}")).status_code == 403


async def test_nobody_is_taken_for_a_speaker_by_their_name(site, people, event, talk, approved):
    other = await site.browser_of(await people.add("Sam", slug=event.slug, role="speaker"))

    page = await other.get(f"/{event.slug}/speak")
    answered = await other.post(f"/{event.slug}/speak/{approved.post.id}", data={"text": "Mine", "version": "0"})

    assert "Hello from the hall" not in page.text
    assert "It is not known yet which speaker" in page.text
    assert answered.status_code == 404


@pytest.fixture
def speakers(site, event, olga):
    async def speakers(**values):
        browser = await site.browser_of(olga)
        return await browser.post(f"/organise/{event.slug}/programme/speakers", data=values)

    return speakers


async def test_a_speakers_link_says_who_they_are_once(site, store, event, talk, approved, speakers):
    made = await speakers(speaker="sam", do="link")
    token = re.search(r"/sign-in#([\w-]+)", made.text)[1]
    first, second = site.browser(), site.browser()

    await first.post("/sign-in", data={"token": token})
    refused = await second.post("/sign-in", data={"token": token})

    assert "Hello from the hall" in (await first.get(f"/{event.slug}/speak")).text
    assert refused.status_code == 403


async def test_who_has_a_speakers_name_is_that_speaker_once_an_organiser_says_so(
    site, store, event, olga, talk, approved, speaker, sam, speakers
):
    await speakers(speaker="sam", do="untie")
    before = await sam.get(f"/{event.slug}/speak")
    suggested = await (await site.browser_of(olga)).get(f"/organise/{event.slug}/programme")

    await speakers(speaker="sam", do="tie", person=speaker.id)

    assert "Hello from the hall" not in before.text
    assert "Somebody of the team has the same name." in suggested.text
    assert "Hello from the hall" in (await sam.get(f"/{event.slug}/speak")).text

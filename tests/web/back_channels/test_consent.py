"""From private to public: only with the consent of all who are quoted, and only for as long as it holds."""

import re

import pytest

from tests.cast import a_decision
from wall.core.moderation import Status
from wall.errors import NotFound
from wall.sources.back_channel import KIND

WORDS = "the swans nest on the island"
MARK = "From a private conversation, with the consent of all who are quoted"


@pytest.fixture
async def said(ana, ben, thread):
    """Ben asks, Ana answers, and Ben proposes to make both public."""
    await ben.say(thread, "May I quote you?")
    await ana.say(thread, WORDS)
    ids = re.findall(r'name="message" value="(\d+)"', await ben.page(f"/{thread}"))
    await ben.post(f"/{thread}/chosen", do="propose", message=ids)
    return ids


@pytest.fixture
def answers(thread):
    async def answers(one, do):
        (excerpt,) = re.findall(r"/excerpts/(\w+)", await one.page(f"/{thread}"))
        return await one.post(f"/{thread}/excerpts/{excerpt}", do=do)

    return answers


@pytest.fixture
def on_wall(store, event):
    async def on_wall(status=Status.APPROVED):
        page = await store.posts.page(event.slug, status, limit=10)
        return [standing for _, standing in page if standing.post.source.kind == KIND]

    return on_wall


@pytest.fixture
def approve(store, event, site, on_wall):
    async def approve():
        (standing,) = await on_wall(Status.WAITING)
        await store.posts.decide(event.slug, a_decision("approve", standing), now=site.time)

    return approve


async def test_nothing_goes_to_the_moderators_before_everybody_quoted_agrees(ana, thread, said, on_wall):
    page = await ana.page(f"/{thread}")

    assert "asks: may this be made public?" in page
    assert "I agree" in page
    assert await on_wall(Status.WAITING) == []


async def test_once_all_agree_it_waits_for_a_moderator_and_is_then_marked_on_the_wall(
    site, event, ana, thread, said, answers, on_wall, approve
):
    await answers(ana, "agree")
    (waiting,) = await on_wall(Status.WAITING)
    await approve()

    page = (await site.browser().get(f"/{event.slug}/post/{waiting.post.id}")).text
    assert waiting.post.text == f"Ben: “May I quote you?”\nAna: “{WORDS}”"
    assert MARK in page
    assert thread not in page + waiting.post.uid
    assert "On the wall" in await ana.page(f"/{thread}")


ENDS = {
    "a no": lambda one, thread, ids, answers: answers(one, "stop"),
    "an edit": lambda one, thread, ids, answers: one.post(f"/{thread}/messages/{ids[1]}", text="Other words"),
    "a deletion": lambda one, thread, ids, answers: one.post(f"/{thread}/messages/{ids[1]}", do="delete"),
    "leaving": lambda one, thread, ids, answers: one.post(f"/{thread}/leaving"),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize("when", ["before", "waiting", "on the wall"])
async def test_whoever_is_quoted_stops_it_at_any_time(
    ana, ben, thread, said, answers, on_wall, approve, end, when
):
    if when != "before":
        await answers(ana, "agree")
    if when == "on the wall":
        await approve()

    await end(ana, thread, said, answers)

    assert await on_wall() == await on_wall(Status.WAITING) == []
    assert "Not made public" in await ben.page(f"/{thread}")


async def test_what_was_stopped_is_not_agreed_to_any_more(ana, ben, thread, said, answers, on_wall):
    (excerpt,) = re.findall(r"/excerpts/(\w+)", await ana.page(f"/{thread}"))
    await answers(ben, "stop")

    answer = await ana.post(f"/{thread}/excerpts/{excerpt}", do="agree")

    assert answer.status_code == 422
    assert await on_wall(Status.WAITING) == []


async def test_a_consent_that_is_withdrawn_while_the_post_is_on_its_way_takes_it_back(
    site, event, ana, thread, said, answers, on_wall, monkeypatch
):
    accept = site.services["acceptor"].accept

    async def slowly(slug, posts):
        await answers(ana, "stop")
        return await accept(slug, posts)

    monkeypatch.setattr(site.services["acceptor"], "accept", slowly)
    await answers(ana, "agree")

    assert await on_wall(Status.WAITING) == []


async def test_what_did_not_reach_the_moderators_is_sent_again_by_whoever_is_quoted(
    site, ana, thread, said, answers, on_wall, monkeypatch
):
    async def lost(*_):
        raise NotFound("The process was killed here.")

    with monkeypatch.context() as patch:
        patch.setattr(site.services["acceptor"], "accept", lost)
        await answers(ana, "agree")
    page = await ana.page(f"/{thread}")

    await answers(ana, "agree")

    assert "Send it to the moderators again" in page
    assert len(await on_wall(Status.WAITING)) == 1


async def test_nobody_is_quoted_by_a_proposal_of_somebody_outside(ana, mia_there, thread, said):
    (excerpt,) = re.findall(r"/excerpts/(\w+)", await ana.page(f"/{thread}"))

    assert (await mia_there.post(f"/{thread}/excerpts/{excerpt}", do="agree")).status_code == 404
    assert (await mia_there.post(f"/{thread}/chosen", do="propose", message=said)).status_code == 404

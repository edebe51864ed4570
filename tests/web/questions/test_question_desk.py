"""Questions at the desk: taken up, answered, merged, made of posts, and what is odd about their votes."""

from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision
from wall.core.moderation import Status, Verdict

ON_THE_WALL = Verdict(status=Status.APPROVED)


@pytest.fixture
def act(browser, event):
    async def act(do, id="", **fields):
        return await browser.post(f"/{event.slug}/moderate/questions", data={"do": do, "post": id} | fields)

    return act


@pytest.fixture
def ask_desk(browser, event):
    async def ask_desk(path, body):
        return await browser.post(f"/{event.slug}/moderate/{path}", json=body)

    return ask_desk


async def test_next_takes_up_the_top_question_and_has_the_one_before_answered(act, put_up, phone, vote, told):
    first, second = await put_up("First?"), await put_up("Second?", minutes=1)
    await vote(await phone(), second)

    for _ in range(2):
        await act("next")
    states = {one["id"]: one["state"] for one in await told()}
    await act("next")

    assert states == {second: "answered", first: "answering"}
    assert [one["state"] for one in await told()] == ["answered", "answered"]


async def test_an_answer_has_a_note_and_a_link_that_everybody_reads(act, put_up, told, site, event):
    id = await put_up()
    await act("answered", id, note="On page <3>", link="https://example.org/3")

    (one,) = await told()
    page = (await site.browser().get(f"/{event.slug}/questions")).text
    assert (one["note"], one["link"], one["answered_at"] is not None) == (
        "On page <3>",
        "https://example.org/3",
        True,
    )
    assert "On page &lt;3&gt;" in page
    assert 'href="https://example.org/3"' in page


async def test_a_link_that_is_none_is_refused_and_what_was_typed_is_kept(act, put_up, told):
    id = await put_up()
    answer = await act("answered", id, note="Typed", link="javascript:alert(1)")

    assert (answer.status_code, "Typed" in answer.text) == (422, True)
    assert [one["state"] for one in await told()] == ["open"]


async def test_questions_that_say_the_same_are_offered_to_merge_and_their_votes_unite(
    act, browser, event, put_up, phone, vote, told
):
    first = await put_up("Will the slides be online after the talk?")
    second = await put_up("Will the slides be online after the talk today?", minutes=1)
    both, one = await phone(), await phone()
    for voter, id in ((both, first), (both, second), (one, second)):
        await vote(voter, id)

    page = (await browser.get(f"/{event.slug}/moderate/questions")).text
    await act("merge", second, into=first)

    assert "Much the same" in page
    assert [(one["id"], one["votes"], one["same"]) for one in await told()] == [(first, 2, [second])]
    await act("part", second)
    assert {one["id"]: one["votes"] for one in await told()} == {first: 1, second: 2}


async def test_a_moderator_makes_a_question_of_any_post_and_one_that_waits_is_told_once_approved(
    ask_desk, store, event, waiting, told
):
    answer = await ask_desk("questions/promotion", {"post": waiting.post.id})
    before = await told()
    await store.posts.decide(event.slug, a_decision("approve", waiting), now=NOW)

    assert answer.json()["words"] == "It is a question once it is approved."
    assert (before, [one["id"] for one in await told()]) == ([], [waiting.post.id])


async def test_odd_votes_are_told_to_moderators_and_to_nobody_else(browser, site, store, event, put_up):
    id, other = await put_up(), await put_up("What?", minutes=1)
    for number in range(6):
        await store.questions.vote(event.slug, id, f"p{number}", wanted=True, mark="attic", now=NOW)
        late = NOW + timedelta(minutes=10 * number)
        await store.questions.vote(event.slug, other, f"q{number}", wanted=True, mark=f"m{number}", now=late)
    await store.untold.tell(event.slug, now=NOW)

    desk = (await browser.get(f"/{event.slug}/moderate/questions?part")).text
    public = (await site.browser().get(f"/{event.slug}/questions")).text

    assert "6 of 6 votes came from one address" in desk
    assert desk.count("Look at its votes.") == 2  # they came together, too
    assert "attic" not in desk
    assert "one address" not in public


async def test_what_moderators_do_is_in_the_audit_log_by_id_and_without_words(act, store, event, put_up):
    id = await put_up("Hidden words?")
    await act("answering", id)

    (entry,) = [one async for one in store.audit.backwards(event.slug)]
    assert (entry.kind, entry.post, entry.by_name, entry.about) == ("question", id, "Mia", "Now answering")


@pytest.mark.parametrize("do", ["", "nonsense", "merge"])
async def test_nonsense_is_refused_in_words(act, put_up, do):
    id = await put_up()

    assert (await act(do, id)).status_code == 422

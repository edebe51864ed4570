"""Questions: who asks and votes, what the page and its JSON tell, and nothing of what is not on the wall."""

import re
from dataclasses import replace

import pytest

from tests.cast import NOW, a_decision
from wall.core.moderation import Status, Verdict
from wall.core.participant import Participant
from wall.core.rules import Rule

ON_THE_WALL = Verdict(status=Status.APPROVED)


async def only_post(store, event, status):
    ((_, standing),) = await store.posts.page(event.slug, status, limit=10)
    return standing


async def test_what_somebody_asks_waits_for_a_moderator_and_nothing_of_it_is_told_before(
    site, store, event, phone, ask, told
):
    answer = await ask(await phone(), "What about <b>bees</b>?")

    standing = await only_post(store, event, Status.WAITING)
    page = (await site.browser().get(f"/{event.slug}/questions")).text
    assert (answer.status_code, standing.post.text, standing.post.source.kind) == (
        303,
        "What about <b>bees</b>?",
        "question",
    )
    assert standing.post.id not in page
    assert "bees" not in page
    assert await told() == []

    await store.posts.decide(event.slug, a_decision("approve", standing), now=NOW)
    page = (await site.browser().get(f"/{event.slug}/questions")).text
    assert "What about &lt;b&gt;bees&lt;/b&gt;?" in page
    assert [one["id"] for one in await told(view="html")] == [standing.post.id]


async def test_where_questions_are_open_rules_alone_hold_them(store, event, phone, ask, asking):
    await asking("open")
    await store.rules.change(
        event.slug, lambda rules: [*rules, Rule(id="w", kind="words", entries=("spam",), places=("text",))]
    )
    one = await phone()

    await ask(one, "Will there be slides?")
    await ask(one, "Want some spam?")

    assert (await only_post(store, event, Status.APPROVED)).post.text == "Will there be slides?"
    assert (await only_post(store, event, Status.WAITING)).post.text == "Want some spam?"


async def test_a_form_sent_twice_is_one_question(store, event, phone, ask):
    one = await phone()
    for _ in range(2):
        await ask(one, nonce="a" * 32)

    assert len(await store.questions.all(event.slug)) == 1
    await only_post(store, event, Status.WAITING)


@pytest.mark.parametrize("given", [{"text": ""}, {"text": "x" * 300}, {"nonce": "short"}, {"session": "none"}])
async def test_what_cannot_be_asked_is_refused_in_words_and_what_was_typed_is_kept(
    store, event, phone, ask, given
):
    answer = await ask(await phone(), **({"text": "Typed?"} | given))

    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert await store.questions.all(event.slug) == {}


async def test_who_did_not_come_by_the_code_reads_but_neither_asks_nor_votes(
    site, store, event, put_up, ask, vote
):
    id = await put_up()
    stranger = site.browser()
    page = await stranger.get(f"/{event.slug}/questions")

    assert "Why?" in page.text
    assert [(await ask(stranger)).status_code, (await vote(stranger, id)).status_code] == [403, 403]
    assert (await store.questions.counts(event.slug, [[id]])) == [0]


async def test_a_vote_counts_once_however_often_it_is_sent_and_can_be_taken_back(event, phone, put_up, vote, told):
    id = await put_up()
    one, other = await phone(), await phone()

    for browser in (one, one, other):
        assert (await vote(browser, id)).status_code == 303
    page = (await one.get(f"/{event.slug}/questions?voted")).text
    again = await vote(other, id, "no", accept="application/json")
    stale = await vote(other, id, "no", accept="application/json")

    assert 'aria-pressed="true"' in page
    assert 'class="ask__count">2<' in page
    assert again.json() == stale.json() == {"id": id, "votes": 1, "voted": False}


async def test_nobody_elses_vote_and_no_participant_is_in_any_answer(
    store, event, site, phone, put_up, vote, told
):
    id = await put_up()
    one = await phone()
    await vote(one, id)
    await store.untold.tell(event.slug, now=NOW)
    (by,) = (await store.questions.votes(event.slug, [id]))[id]

    page = (await (await phone()).get(f"/{event.slug}/questions?voted")).text
    answer = await site.browser().get(f"/{event.slug}/questions.json?view=html")

    assert 'aria-pressed="true"' not in page
    assert by.by not in page + answer.text
    assert answer.headers["cache-control"].startswith("public, max-age=1")


@pytest.mark.parametrize("kind", ["reject", "stash"])
async def test_what_was_turned_down_is_behind_no_door(store, site, event, phone, put_up, vote, told, kind):
    id = await put_up("Secret?", verdict=Verdict())
    await store.posts.decide(event.slug, a_decision(kind, await store.posts.get(event.slug, id)), now=NOW)

    page = (await site.browser().get(f"/{event.slug}/questions")).text

    assert (id in page, await told(view="html")) == (False, [])
    assert (await vote(await phone(), id, accept="application/json")).status_code == 404


async def test_what_leaves_the_wall_leaves_the_questions_at_once(store, event, put_up, told):
    id = await put_up("Gone soon?")
    before = await told()

    await store.posts.decide(event.slug, a_decision("remove", await store.posts.get(event.slug, id)), now=NOW)

    assert ([one["id"] for one in before], await told()) == ([id], [])


async def test_they_are_ordered_by_votes_or_newest_first(store, site, event, phone, put_up, vote):
    ids = [await put_up(f"Question {number}?", minutes=number) for number in range(3)]
    await vote(await phone(), ids[1])
    await store.untold.tell(event.slug, now=NOW)

    async def order(sort):
        page = (await site.browser().get(f"/{event.slug}/questions?sort={sort}")).text
        return [ids.index(id) for id in re.findall(r'id="question-(\w+)"', page)]

    assert (await order("top"))[0] == 1
    assert await order("newest") == [2, 1, 0]


async def test_a_question_is_about_the_session_that_is_on_in_the_room_said(event, site, talks):
    page = (await site.browser().get(f"/{event.slug}/questions?room=right")).text
    unsaid = (await site.browser().get(f"/{event.slug}/questions")).text

    assert re.findall(r'<option value="(\w*)" selected>', page)[0] == "right"
    assert '<option value="left">' in page
    assert "over" not in re.findall(r'<option value="(\w*)"', page)
    assert '<option value="" selected>The whole event' in unsaid


async def test_a_session_has_questions_of_its_own_and_can_be_closed(
    store, event, talks, phone, put_up, ask, vote, told, browser
):
    left, right = await put_up("Left?", session="left"), await put_up("Right?", session="right")
    await browser.post(f"/{event.slug}/moderate/questions/asking", data={"session": "left", "closed": "yes"})
    one = await phone()

    assert [one["id"] for one in await told(session="left")] == [left]
    assert [(await ask(one, session=session)).status_code for session in ("left", "right")] == [422, 303]
    assert [(await vote(one, id)).status_code for id in (left, right)] == [422, 303]


async def test_what_is_closed_is_offered_neither_to_vote_nor_to_ask_about(event, site, talks, put_up, browser):
    id = await put_up("Left?", session="left")
    for session in ("left", ""):
        await browser.post(f"/{event.slug}/moderate/questions/asking", data={"session": session, "closed": "yes"})

    everything = (await site.browser().get(f"/{event.slug}/questions")).text
    left = (await site.browser().get(f"/{event.slug}/questions?session=left")).text

    assert re.search(rf'aria-describedby="words-{id}" disabled', everything)
    assert "Ask a question" in everything
    assert "The whole event" not in everything
    assert "Ask a question" not in left


async def test_where_somebody_asks_from_is_told(store, event, phone, ask, asking, told, monkeypatch):
    await asking("open")

    async def remote(request, event):
        return Participant(id="p" * 24, name="Rosa", place="remote")

    monkeypatch.setattr("wall.web.questions.taking_part", remote)
    await ask(await phone(), name="")

    (one,) = await told()
    assert (one["remote"], one["post"]["author"]["name"]) == (True, "Rosa")


async def test_who_leaves_the_event_takes_questions_and_votes_along_and_asks_no_more(
    store, event, phone, put_up, ask, vote, asking, told
):
    await asking("open")
    id, one = await put_up(), await phone()
    await ask(one, "Mine?")
    await vote(one, id)

    await one.post(f"/{event.slug}/join/leaving", data={"do": "leave"})
    again = await ask(one, "And another?")
    await store.untold.tell(event.slug, now=NOW)

    assert [(one["id"], one["votes"]) for one in await told()] == [(id, 0)]
    assert again.status_code == 403


async def test_while_questions_are_off_there_is_no_such_page_and_no_way_to_it(site, event, asking):
    on = (await site.browser().get(f"/{event.slug}")).text
    await asking("off")

    assert f'href="/{event.slug}/questions"' in on
    assert (await site.browser().get(f"/{event.slug}/questions")).status_code == 404
    assert f'href="/{event.slug}/questions"' not in (await site.browser().get(f"/{event.slug}")).text


async def test_while_the_event_is_locked_nobody_asks_and_what_was_typed_is_kept(store, event, phone, ask):
    locked = replace(event.participation, locked=True, lock_words="The panel is speaking.")
    await store.events.change(event.slug, lambda before: replace(before, participation=locked))

    answer = await ask(await phone(), "What about bees?")

    assert answer.status_code == 403
    assert "The panel is speaking." in answer.text
    assert "What about bees?" in answer.text
    assert await store.questions.all(event.slug) == {}


async def test_many_votes_in_a_minute_are_slowed_down(phone, put_up, vote, monkeypatch):
    monkeypatch.setattr("wall.web.questions.MOST_VOTES", 2)
    id, one = await put_up(), await phone()

    answers = [(await vote(one, id, wanted)).status_code for wanted in ("yes", "no", "yes")]

    assert answers == [303, 303, 422]

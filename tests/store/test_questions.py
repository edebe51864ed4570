"""Questions and their votes in Redis."""

import asyncio
from datetime import timedelta

import pytest

from tests.cast import NOW, a_decision, a_post
from wall.core import question
from wall.core.audit import Entry, Filter
from wall.core.moderation import Status, Verdict
from wall.core.question import Hand, Question
from wall.store.keys import EventKeys
from wall.store.questions import mark_of
from wall.store.submission import Submission

MIA = Hand(by_name="Mia", at=NOW)
ENTRY = Entry(kind="question", by="mia", by_name="Mia", at=NOW)
ON_THE_WALL = Verdict(status=Status.APPROVED)


@pytest.fixture
def ask(store, event):
    async def ask(text="Why?", *, verdict=ON_THE_WALL, **fields):
        post = a_post(text)
        await store.questions.ask(event.slug, Question(post_id=post.id, at=NOW, **fields))
        await store.posts.submit(event.slug, [Submission(post, verdict)], now=NOW)
        return post.id

    return ask


@pytest.fixture
def vote(store, event):
    async def vote(id, by, *, wanted=True, now=NOW):
        return await store.questions.vote(event.slug, id, f"p{by}", wanted=wanted, mark="m", now=now)

    return vote


async def count(store, event, *group):
    return (await store.questions.counts(event.slug, [group]))[0]


async def test_a_question_is_kept_once_and_a_second_asking_changes_nothing(store, event, ask):
    id = await ask(session="talk")
    await store.questions.ask(event.slug, Question(post_id=id, at=NOW, session="other"))

    assert [one.session for one in (await store.questions.all(event.slug)).values()] == ["talk"]


async def test_hundreds_who_vote_at_once_and_again_and_take_it_back_are_counted_exactly(store, event, ask, vote):
    id = await ask()
    again = [one for one in range(300) if one % 3 == 0]
    back = [one for one in range(300) if one % 5 == 0]

    await asyncio.gather(*(vote(id, one) for one in [*range(300), *again]))
    await asyncio.gather(*(vote(id, one, wanted=False) for one in [*back, *back]))

    assert await count(store, event, id) == 300 - len(back)


async def test_votes_are_told_once_a_turn_and_a_repeated_one_not_at_all(store, event, ask, vote):
    id = await ask()
    await store.untold.tell(event.slug, now=NOW)
    tip = (await store.feeds.tip(event.slug, "public")).offset

    for one in range(20):
        await vote(id, one)
    told = await store.untold.tell(event.slug, now=NOW)
    await vote(id, 3)

    (update,) = await store.feeds.after(event.slug, "public", tip, limit=10)
    assert (told, update.kind, update.status) == (1, "arranged", "questions")
    assert await store.untold.tell(event.slug, now=NOW) == 0


async def test_nobody_votes_for_what_waits_is_gone_or_is_no_question(store, event, ask, vote):
    waiting = await ask(verdict=Verdict())
    removed = await ask()
    standing = await store.posts.get(event.slug, removed)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    assert [await vote(id, 1) for id in (waiting, removed, "none")] == [None, None, None]


async def test_nobody_votes_for_what_is_answered_or_in_a_session_that_is_closed(store, event, ask, vote):
    answered, closed, other = await ask(), await ask(session="talk"), await ask(session="other")
    await store.questions.change(event.slug, lambda all: question.answer(all, answered, MIA), now=NOW, entry=ENTRY)
    await store.questions.close(event.slug, "talk", closed=True, now=NOW, entry=ENTRY)

    assert [await vote(id, 1) for id in (answered, closed, other)] == [None, None, other]

    await store.questions.close(event.slug, "talk", closed=False, now=NOW, entry=ENTRY)
    assert await vote(closed, 1) == closed


async def test_votes_of_merged_questions_unite_and_one_person_counts_once(store, event, ask, vote):
    first, second = await ask("Why?"), await ask("Why not?")
    for one in range(4):
        await vote(first, one)
    for one in range(2, 6):
        await vote(second, one)

    await store.questions.change(event.slug, lambda all: question.merge(all, second, first, MIA), now=NOW)
    counted_for = await vote(second, 9)
    await vote(second, 3, wanted=False)

    assert counted_for == first
    assert await count(store, event, first, second) == 6
    assert await store.questions.given(event.slug, "p3", [first, second]) == set()


async def test_a_vote_for_a_merged_question_is_its_own_once_the_other_left_the_wall(store, event, ask, vote):
    first, second = await ask("Why?"), await ask("Why not?")
    await store.questions.change(event.slug, lambda all: question.merge(all, second, first, MIA), now=NOW)
    standing = await store.posts.get(event.slug, first)
    await store.posts.decide(event.slug, a_decision("remove", standing), now=NOW)

    assert await vote(second, 1) == second


async def test_exposed_are_those_who_voted_for_anything_in_its_session_since(store, event, ask, vote):
    talk, other = await ask(session="talk"), await ask(session="other")
    await vote(talk, 1, now=NOW)
    for one in (2, 3):
        await vote(talk, one, now=NOW + timedelta(minutes=5))
    await vote(talk, 3, wanted=False, now=NOW + timedelta(minutes=6))
    await vote(other, 4, now=NOW + timedelta(minutes=7))

    exposed = await store.questions.exposed(
        event.slug, [("talk", NOW), ("talk", NOW + timedelta(minutes=1)), ("other", NOW)]
    )

    assert exposed == [3, 2, 1]


async def test_two_moderators_at_once_leave_one_question_that_is_being_answered(store, event, ask):
    ids = [await ask() for _ in range(8)]

    await asyncio.gather(
        *(
            store.questions.change(
                event.slug, lambda all, id=id: question.take_up(all, id, MIA), now=NOW, entry=ENTRY
            )
            for id in ids
        )
    )

    states = [one.state for one in (await store.questions.all(event.slug)).values()]
    assert sorted(states) == ["answered"] * 7 + ["answering"]
    assert len((await store.audit.page(event.slug, Filter(), limit=20))[0]) == 8


async def test_whoever_leaves_takes_their_votes_along(store, event, ask, vote):
    first, second = await ask(), await ask(session="talk")
    for id in (first, second):
        for one in (1, 2):
            await vote(id, one)

    await store.questions.forget(event.slug, "p1")

    assert [await count(store, event, id) for id in (first, second)] == [1, 1]
    assert await store.questions.exposed(event.slug, [("", NOW), ("talk", NOW)]) == [1, 1]


async def test_votes_hold_no_address(store, event, ask):
    id = await ask()
    mark = mark_of(b"secret", "203.0.113.9")
    await store.questions.vote(event.slug, id, "p1", wanted=True, mark=mark, now=NOW)

    kept = await store.database.command("HVALS", EventKeys(event.slug).question_votes + id)
    ((one,),) = (await store.questions.votes(event.slug, [id])).values()

    assert b"203.0.113.9" not in kept[0]
    assert (one.by, one.at, one.mark) == ("p1", NOW, mark)
    assert mark_of(b"other", "203.0.113.9") != mark

"""Posts of a chat are gathered and counted once, whoever gathers, and whatever is decided meanwhile."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cast import ALICE, BOB, NOW, a_decision
from tests.chats import CHAT, HOST, PUT, SHEP, an_edition, make_chat, said, show
from wall.core.gathered import Place
from wall.core.participant import Participant
from wall.gathering import Gatherer
from wall.store.keys import EventKeys

CAROL = replace(ALICE, uid="ap:carol", handle="@carol@x.example", name="Carol")
WEEK = timedelta(days=7)


@pytest.fixture
def gather(store, event):
    async def gather():
        await Gatherer(store).gather(event.slug)

    return gather


@pytest.fixture
def decide(store, event):
    async def decide(kind, post):
        standing = await store.posts.get(event.slug, post.id)
        return await store.posts.decide(event.slug, a_decision(kind, standing), now=NOW)

    return decide


@pytest.fixture
def under(store, event):
    async def under(number, edition=1):
        return await store.chat_index.ids(event.slug, edition, number, limit=100)

    return under


async def test_answers_go_under_their_question_and_the_rest_stays_beside(store, event, gather, under):
    await make_chat(store, event, an_edition())
    question, answer, hello = await show(
        store, event, said("Q2: Why? #x", minute=20, author=SHEP), said("a2. Because"), said("Hello all")
    )

    await gather()

    assert await under(2) == [answer.id]
    assert await under(0) == [hello.id]
    assert (await store.chat_index.asked(event.slug, 1))[2][1] == question.id


async def test_a_reply_to_the_asking_is_an_answer_whichever_is_approved_first(store, event, gather, under, decide):
    await make_chat(store, event, an_edition())
    question = said("Q3 How so?", minute=30, author=SHEP)
    (reply,) = await show(store, event, said("Like this", minute=31, reply_to=question.uid))
    await gather()
    assert await under(0) == [reply.id]

    await show(store, event, question)
    await gather()
    assert await under(3) == [reply.id]

    await decide("remove", question)
    await gather()
    assert await under(0) == [reply.id]


async def test_what_a_stranger_asks_by_a_number_is_no_question_of_the_edition(store, event, gather):
    await make_chat(store, event, an_edition())
    await show(
        store, event, said("Q2: Buy this!", author=replace(SHEP, handle="@shep@evil.example", uid="ap:evil"))
    )

    await gather()

    assert await store.chat_index.asked(event.slug, 1) == {}


async def test_what_leaves_the_wall_is_counted_no_more_and_comes_back_with_it(store, event, gather, under, decide):
    await make_chat(store, event, an_edition())
    kept, gone = await show(store, event, said("A1 yes"), said("A1 no", author=BOB))
    await gather()
    assert (await store.chat_index.figures(event.slug, 1)).people == 2

    await decide("remove", gone)
    await gather()
    figures = await store.chat_index.figures(event.slug, 1)
    assert (figures.posts, figures.people, dict(figures.answers), figures.new) == (1, 1, {1: 1}, 1)
    assert await under(1) == [kept.id]

    await decide("approve", gone)
    await gather()
    assert (await store.chat_index.figures(event.slug, 1)).answers == {1: 2}


async def test_a_moderator_puts_a_post_elsewhere_and_back(store, event, gather, under):
    await make_chat(store, event, an_edition())
    (post,) = await show(store, event, said("A1 I meant the second"))
    await gather()

    await store.chats.put(event.slug, post.id, Place(1, 2), entry=PUT)
    await gather()
    assert (await under(1), await under(2)) == ([], [post.id])

    await store.chats.put(event.slug, post.id, None, entry=PUT)
    await gather()
    assert (await under(1), await under(2)) == ([post.id], [])


async def test_another_time_or_another_host_has_the_posts_of_an_edition_looked_at_again(
    store, event, gather, under
):
    await make_chat(store, event, an_edition(hosts=()))
    asked, late = await show(store, event, said("Q1: Who?", author=SHEP), said("A1 me", minute=200))
    await gather()
    assert (await under(0), await under(1)) == ([asked.id], [])

    def longer(edition):
        return replace(edition, hosts=(HOST,), ends=edition.ends + timedelta(hours=3))

    await store.chats.change(event.slug, 1, longer, now=NOW)
    await gather()
    assert (await under(0), await under(1)) == ([], [late.id])
    assert list(await store.chat_index.asked(event.slug, 1)) == [1]


async def test_an_edition_that_is_deleted_leaves_nothing_counted(store, event, gather):
    await make_chat(store, event, an_edition())
    await show(store, event, said("A1 yes"), said("A1 no", author=BOB))
    await gather()

    await store.chats.change(event.slug, 1, lambda _: None, now=NOW)
    await gather()

    assert await store.chat_index.sums(event.slug) == {}
    assert (await store.chat_index.figures(event.slug, 1)).posts == 0


async def test_posts_from_before_there_was_a_chat_are_gathered_too(store, event, gather, under):
    (post,) = await show(store, event, said("A1 early bird"))

    await make_chat(store, event, an_edition())
    await gather()

    assert await under(1) == [post.id]


async def test_after_another_history_everything_is_looked_at_again(store, event, gather, under, decide):
    await make_chat(store, event, an_edition())
    kept, lost = await show(store, event, said("A1 yes"), said("A1 lost"))
    await gather()
    keys = EventKeys(event.slug)
    await store.database.commands(("DEL", keys.post(lost.id)), ("ZREM", keys.status("approved"), lost.id))

    await store.feeds.renew(event.slug, "public", (await store.feeds.tip(event.slug, "public")).epoch)
    await gather()

    assert await under(1) == [kept.id]
    assert (await store.chat_index.figures(event.slug, 1)).posts == 1


async def test_people_are_new_in_the_first_edition_that_they_are_in(store, event, gather, decide):
    await make_chat(store, event, an_edition(1), an_edition(2, starts=NOW + WEEK))
    first, *_ = await show(
        store, event, said("A1"), said("A1", starts=NOW + WEEK), said("A1", starts=NOW + WEEK, author=BOB)
    )
    await gather()
    assert [(await store.chat_index.figures(event.slug, one)).new for one in (1, 2)] == [1, 1]

    await decide("remove", first)
    await gather()
    assert [(await store.chat_index.figures(event.slug, one)).new for one in (1, 2)] == [0, 2]


async def test_a_continent_is_known_from_who_gave_it_or_from_a_telling_language_alone(store, event, gather):
    await make_chat(store, event, an_edition())
    dora = replace(ALICE, uid="form:dora", handle="")
    await store.participants.save(event.slug, Participant(id="dora", continent="oceania"), keep_seconds=60)
    await show(
        store,
        event,
        said("Kia ora", author=dora, language="en"),
        said("Hei", author=BOB, language="fi"),
        said("Hello", author=CAROL, language="en"),
        said("Hola", author=SHEP, language="es"),
        said("Hyvää", author=replace(dora, uid="form:eve"), language="fi"),
    )

    await gather()
    figures = await store.chat_index.figures(event.slug, 1)
    assert (figures.continents, figures.placed, figures.people) == ({"oceania": 1, "europe": 1}, 2, 5)

    await store.participants.save(event.slug, Participant(id="dora"), keep_seconds=60)
    await store.chat_index.look_again(event.slug, await store.chat_index.ids(event.slug, 1, 0, limit=9))
    await gather()
    assert (await store.chat_index.figures(event.slug, 1)).continents == {"europe": 1}


async def test_where_the_chat_does_not_ask_no_continent_is_kept(store, event, gather):
    await make_chat(store, event, an_edition(), chat=replace(CHAT, continents=False))
    await show(store, event, said("Hei", language="fi"))

    await gather()

    assert (await store.chat_index.figures(event.slug, 1)).continents == {}


async def test_several_who_gather_at_once_count_once(store, event):
    await make_chat(store, event, an_edition())
    await show(store, event, *(said(f"A{number % 3 + 1} words", minute=number % 60) for number in range(700)))

    await asyncio.gather(*(Gatherer(store).gather(event.slug) for _ in range(4)))

    figures = await store.chat_index.figures(event.slug, 1)
    assert (figures.posts, sum(figures.answers.values())) == (700, 700)

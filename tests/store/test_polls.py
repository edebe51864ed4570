"""Ballots on a real Redis: whatever comes in whatever order, the tally is what the ballots say."""

import asyncio
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import NOW
from tests.polls import a_poll, answer
from wall.core.poll import Poll, duplicate, moved, unveiled
from wall.core.poll_results import recount
from wall.errors import ChangedMeanwhile, NotFound
from wall.store.keys import EventKeys


async def opened(store, event, **fields):
    poll = a_poll(**fields)
    await store.polls.add(event.slug, poll, now=NOW)
    await store.polls.change(event.slug, poll.id, lambda one: moved(one, "open", now=NOW), now=NOW)
    return await store.polls.get(event.slug, poll.id)


async def close(store, event, poll):
    await store.polls.change(event.slug, poll.id, lambda one: moved(one, "closed", now=NOW), now=NOW)


async def counted(store, event, poll):
    return (await store.polls.counted(event.slug, [poll.id]))[poll.id]


async def test_a_ballot_replaces_the_earlier_one_of_the_same_person(store, event):
    poll = await opened(store, event)

    await store.polls.cast(event.slug, poll.id, "ana", answer("0"))
    await store.polls.cast(event.slug, poll.id, "ana", answer("1"))

    found = await counted(store, event, poll)
    assert (found.voters, found.tally) == (1, {"1": 1})
    assert await store.polls.ballots_of(event.slug, "ana", [poll.id]) == {poll.id: ("1",)}


async def test_the_same_ballot_again_changes_nothing_and_is_told_to_nobody(store, event):
    poll = await opened(store, event)
    first = await store.polls.cast(event.slug, poll.id, "ana", answer("0"))
    await store.untold.tell(event.slug, now=NOW)

    again = await store.polls.cast(event.slug, poll.id, "ana", answer("0"))

    assert (first, again) == (True, False)
    assert (await counted(store, event, poll)).tally == {"0": 1}
    assert event.slug not in await store.untold.slugs()


async def test_many_ballots_are_told_once(store, event):
    poll = await opened(store, event)
    for name in "abcdef":
        await store.polls.cast(event.slug, poll.id, name, answer("0"))

    before = await store.feeds.tip(event.slug, "public")
    await store.untold.tell(event.slug, now=NOW)

    (update,) = await store.feeds.after(event.slug, "public", before.offset, limit=10)
    assert (update.kind, update.status) == ("arranged", "polls")


async def test_a_late_ballot_is_refused_in_words_and_not_counted(store, event):
    poll = await opened(store, event)
    await close(store, event, poll)

    with pytest.raises(ChangedMeanwhile, match="closed"):
        await store.polls.cast(event.slug, poll.id, "ana", answer("0"))

    assert (await counted(store, event, poll)).voters == 0


async def test_a_ballot_made_for_an_open_poll_is_refused_when_that_is_closed_in_between(store, event):
    poll = await opened(store, event)
    asked = []

    def answered(one: Poll):
        asked.append(one.status)
        return answer("0")(replace(one, status="open")) if len(asked) == 1 else answer("0")(one)

    original = store.database.run

    async def closes_first(call, **options):
        if len(asked) == 1:
            store.database.run = original
            await close(store, event, poll)
        return await original(call, **options)

    store.database.run = closes_first
    with pytest.raises(ChangedMeanwhile, match="closed"):
        await store.polls.cast(event.slug, poll.id, "ana", answered)

    assert asked == ["open", "closed"]
    assert (await counted(store, event, poll)).voters == 0


async def test_a_deleted_poll_leaves_nothing(store, event):
    poll = await opened(store, event, kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer("tea"), crowd="here")

    await store.polls.delete(event.slug, poll.id, now=NOW)

    assert await store.database.command("EXISTS", *keys_of(event, poll)) == 0
    with pytest.raises(NotFound):
        await store.polls.cast(event.slug, poll.id, "ana", answer("tea"))


async def test_the_event_says_whether_the_audience_has_polls(store, event):
    async def said():
        return (await store.events.get(event.slug)).polls

    poll = a_poll()
    await store.polls.add(event.slug, poll, now=NOW)
    drafted = await said()
    await store.polls.change(event.slug, poll.id, lambda one: moved(one, "open", now=NOW), now=NOW)
    open_ = await said()
    await close(store, event, poll)
    closed = await said()
    await store.polls.change(event.slug, poll.id, lambda one: unveiled(one, hidden=True), now=NOW)

    assert (drafted, open_, closed, await said()) == (False, True, True, False)


async def test_a_duplicate_has_no_ballots(store, event):
    poll = await opened(store, event)
    await store.polls.cast(event.slug, poll.id, "ana", answer("0"))

    await store.polls.add(event.slug, duplicate(poll, id="second", now=NOW), now=NOW)

    assert (await store.polls.get(event.slug, "second")).status == "draft"
    assert (await store.polls.counted(event.slug, ["second"]))["second"].voters == 0


async def test_a_word_stands_as_it_was_judged_first_until_a_moderator_says_otherwise(store, event):
    poll = await opened(store, event, kind="words", options=())

    await store.polls.cast(event.slug, poll.id, "ana", answer("Tea"), states={"tea": "shown"})
    await store.polls.cast(event.slug, poll.id, "ben", answer("TEA", "mud"), states={"tea": "waiting"})
    await store.polls.set_words(event.slug, poll.id, ["mud"], "struck", now=NOW)

    words = (await counted(store, event, poll)).words
    assert {folded: (word.said, word.state) for folded, word in words.items()} == {
        "tea": ("Tea", "shown"),
        "mud": ("mud", "struck"),
    }


async def test_a_struck_word_stays_struck_when_nobody_says_it_any_more(store, event):
    poll = await opened(store, event, kind="words", options=())
    await store.polls.cast(event.slug, poll.id, "ana", answer("mud"), states={"mud": "shown"})
    await store.polls.set_words(event.slug, poll.id, ["mud"], "struck", now=NOW)

    await store.polls.cast(event.slug, poll.id, "ana", answer("tea"))
    await store.polls.cast(event.slug, poll.id, "ana", answer("mud"), states={"mud": "shown"})

    assert (await counted(store, event, poll)).words["mud"].state == "struck"


async def test_ballots_that_come_in_a_crowd_are_counted_by_person_and_forgotten_after_hours(store, event):
    poll = await opened(store, event)
    for name, choice in [("a", "0"), ("b", "0"), ("a", "1"), ("c", "0")]:
        await store.polls.cast(event.slug, poll.id, name, answer(choice), crowd="one" if name != "c" else "two")

    assert (await counted(store, event, poll)).crowds == (2, 1)
    assert await store.database.command("TTL", keys_of(event, poll)[3]) > 0


ACTS = st.lists(
    st.tuples(st.sampled_from("abcde"), st.sets(st.sampled_from("0123"), min_size=1), st.booleans()),
    min_size=1,
    max_size=40,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, kind=st.sampled_from(["several", "words"]))
async def test_the_tally_is_what_the_ballots_say_whatever_comes_at_once(store, event, acts, kind):
    options = ("a", "b", "c", "d") if kind == "several" else ()
    poll = await opened(store, event, kind=kind, options=options, id=f"p{abs(hash((kind, str(acts))))}")

    casts = [
        store.polls.cast(event.slug, poll.id, who, answer(*sorted(chosen)[:3]))
        for who, chosen, twice in acts
        for _ in range(1 + twice)
    ]
    await asyncio.gather(*casts)

    found = await counted(store, event, poll)
    ballots = await store.polls.ballots(event.slug, poll.id)
    assert found.tally == recount(ballots)
    assert found.voters == len(ballots) == len({who for who, _, _ in acts})
    assert set(found.words) == (set(found.tally) if kind == "words" else set())


def keys_of(event, poll):
    return EventKeys(event.slug).poll(poll.id)

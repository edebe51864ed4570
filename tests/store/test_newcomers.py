from datetime import timedelta

import pytest

from tests.conftest import NOW
from wall.core.participant import Participant


@pytest.fixture
def meet(store, event):
    async def meet(id, *, home="192.0.2.1", few=9, most=3, counted=True, now=NOW):
        return await store.newcomers.meet(
            event.slug, id, home=home, few=few, most=most, counted=counted, keep_seconds=3600, now=now
        )

    return meet


async def test_whoever_is_met_again_came_when_they_first_did(meet):
    first = await meet("ana")
    again = await meet("ana", now=NOW + timedelta(minutes=5))

    assert first.since == again.since == int(NOW.timestamp())
    assert (first.checked, first.wait) == (None, 0.0)


async def test_what_a_participant_said_of_themselves_comes_along(store, event, meet):
    await store.participants.save(event.slug, Participant(id="ana", name="Ana", place="room"), keep_seconds=60)

    assert (await meet("ana")).participant == Participant(id="ana", name="Ana", place="room")
    assert (await meet("bob")).participant == Participant(id="bob")


async def test_so_many_come_from_one_address_and_the_next_one_waits(meet):
    met = [await meet(f"one-{n}") for n in range(4)]
    elsewhere, known = await meet("other", home="192.0.2.2"), await meet("one-0")

    assert [bool(one.wait) for one in (*met, elsewhere, known)] == [False, False, False, True, False, False]
    assert met[-1].since is None
    assert 3500 < met[-1].wait <= 3600


async def test_newcomers_are_counted_by_the_minute_once_each_and_those_of_the_room_not(store, event, meet):
    for id, minutes in (("a", 0), ("a", 0), ("b", 0), ("c", 2)):
        await meet(id, most=10, now=NOW + timedelta(minutes=minutes))
    await meet("d", most=10, counted=False)

    counts = await store.newcomers.by_minute(event.slug, now=NOW)

    minute = int(NOW.timestamp()) // 60
    assert counts == {minute: 2, minute + 2: 1}


async def test_old_minutes_are_forgotten(store, event, meet):
    await meet("a")

    assert await store.newcomers.by_minute(event.slug, now=NOW + timedelta(hours=2)) == {}


async def test_who_passed_the_check_is_known_for_it(store, event, meet):
    await store.newcomers.passed(event.slug, "ana", keep_seconds=60, now=NOW)

    assert (await meet("ana")).checked == int(NOW.timestamp())
    assert (await store.newcomers.standing(event.slug, "ana")).checked == int(NOW.timestamp())
    assert (await store.newcomers.standing(event.slug, "bob")).since is None


async def test_who_comes_after_a_few_from_one_address_is_of_a_crowd_and_stays_so(store, event, meet):
    met = [await meet(f"one-{n}", few=1) for n in range(2)]
    uncounted, again = await meet("room", few=1, counted=False), await meet("one-1", few=9)

    assert [one.crowded for one in (*met, uncounted, again)] == [False, True, False, True]
    assert (await store.newcomers.standing(event.slug, "one-1")).crowded

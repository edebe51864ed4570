from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wall.core.questions import MOST, SLOT, TURN, Tally, in_turn, lower_bound, ranked

NOW = datetime(2026, 6, 12, 9, 30, tzinfo=UTC)


def test_few_questions_come_newest_and_oldest_in_turn():
    assert in_turn(["1", "2", "3", "4"], NOW) == ["4", "1", "3", "2"]
    assert in_turn([], NOW) == []


def test_of_many_the_newest_are_always_there_and_each_of_the_others_has_its_turn():
    ids = [f"{number:02}" for number in range(40)]

    turns = [in_turn(ids, NOW + turn * TURN) for turn in range(36)]

    assert all(len(set(turn)) == MOST for turn in turns)
    assert all({"36", "37", "38", "39"} <= set(turn) for turn in turns)
    assert {id for turn in turns for id in turn} == set(ids)


def test_screens_that_ask_in_the_same_minutes_are_given_the_same():
    ids = [f"{number:02}" for number in range(40)]

    assert in_turn(ids, NOW) == in_turn(ids, NOW + timedelta(seconds=30))


votes = st.integers(0, 500)


@given(votes, votes)
def test_one_vote_more_of_who_was_there_never_ranks_lower(given_votes, others):
    exposed = given_votes + others + 1

    assert lower_bound(given_votes + 1, exposed) >= lower_bound(given_votes, exposed)


@given(votes, votes)
def test_one_vote_more_of_a_newcomer_never_ranks_lower(given_votes, others):
    exposed = given_votes + others

    assert lower_bound(given_votes + 1, exposed + 1) >= lower_bound(given_votes, exposed)


@given(votes, votes)
def test_the_bound_is_below_the_share_and_never_outside_of_it(given_votes, others):
    exposed = given_votes + others

    assert 0 <= lower_bound(given_votes, exposed) <= given_votes / max(exposed, 1) + 1e-9


tallies = st.lists(
    st.builds(
        Tally,
        id=st.uuids().map(str),
        votes=st.integers(0, 60),
        exposed=st.integers(60, 90),
        since=st.integers(0, 600).map(lambda minutes: NOW + timedelta(minutes=minutes)),
        state=st.sampled_from(["open", "open", "open", "answering", "answered"]),
    ),
    max_size=12,
)


@given(tallies, st.integers(1, 10_000))
def test_time_that_goes_by_changes_no_rank(some, minutes):
    older = [replace(one, since=one.since - timedelta(minutes=minutes)) for one in some]

    assert [one.id for one in ranked(some)] == [one.id for one in ranked(older)]


@given(tallies)
def test_every_question_has_one_place_and_answered_ones_the_last(some):
    found = ranked(some)

    assert sorted(one.id for one in found) == sorted(one.id for one in some)
    order = {"answering": 0, "open": 1, "answered": 2}
    assert [order[one.state] for one in found] == sorted(order[one.state] for one in found)


@given(tallies)
def test_the_newest_question_is_among_the_first_that_wait(some):
    waiting = [one for one in ranked(some) if one.state == "open"]

    newest = max(waiting, key=lambda one: (one.since, one.id), default=None)
    assert newest is None or waiting.index(newest) <= SLOT


def test_a_late_question_that_half_of_those_there_want_passes_an_early_one_that_few_do():
    early = Tally(id="early", votes=20, exposed=200, since=NOW)
    late = Tally(id="late", votes=6, exposed=12, since=NOW + timedelta(minutes=50))

    assert [one.id for one in ranked([early, late])] == ["late", "early"]


def test_one_vote_of_one_is_no_landslide():
    early = Tally(id="early", votes=20, exposed=100, since=NOW)
    late = Tally(id="late", votes=1, exposed=1, since=NOW + timedelta(minutes=50))

    assert [one.id for one in ranked([early, late])] == ["early", "late"]

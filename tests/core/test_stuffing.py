from datetime import timedelta

from tests.cast import NOW
from wall.core.stuffing import TOGETHER, Vote, suspicions


def vote(by, *, mark="home", minutes=0.0):
    return Vote(by=f"p{by}", at=NOW + timedelta(minutes=minutes), mark=mark)


def regulars(first, count, *, mark=None):
    """Return votes of different people, from addresses of their own, over an hour."""
    return [vote(one, mark=mark or f"m{one}", minutes=3 * one) for one in range(first, first + count)]


def test_votes_of_a_whole_hall_behind_one_address_are_nothing_odd():
    votes = {"a": regulars(0, 20, mark="hall"), "b": regulars(0, 12, mark="hall")}

    assert suspicions(votes) == {}


def test_many_votes_from_an_address_that_is_rare_elsewhere_are_told():
    votes = {"a": regulars(0, 20), "b": [*regulars(0, 3), *regulars(20, 9, mark="attic")]}

    (words,) = suspicions(votes)["b"]

    assert words == "9 of 12 votes came from one address, which is rare among the other votes."
    assert "a" not in suspicions(votes)


def test_newcomers_that_come_within_minutes_and_vote_for_nothing_else_are_told():
    rush = [vote(one, mark=f"m{one}", minutes=one / 10) for one in range(50, 57)]
    votes = {"a": regulars(0, 20), "b": [*regulars(0, 4), *rush]}

    (words,) = suspicions(votes)["b"]

    assert words.startswith("7 of 11 votes came within 2 minutes")


def test_few_votes_prove_nothing():
    votes = {"a": regulars(0, 20), "b": [vote(one, mark="attic", minutes=90) for one in range(90, 94)]}

    assert suspicions(votes) == {}


def test_newcomers_over_an_hour_are_nothing_odd():
    step = TOGETHER.total_seconds() / 60 + 1
    votes = {"b": [vote(one, mark=f"m{one}", minutes=one * step) for one in range(20)]}

    assert suspicions(votes) == {}

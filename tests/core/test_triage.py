from dataclasses import replace

import pytest

from bench.insight.seeded import NOW as EVENING
from bench.insight.seeded import seeded
from wall.core.lasting import HOUR, MINUTE
from wall.core.triage import Case, Reason, triage

NOW = 100_000
CASE = Case(post="p", since=NOW - MINUTE)


def order(*cases):
    return [turn.case.post for turn in triage(cases, now=NOW)]


def named(name, **known):
    return replace(CASE, post=name, **known)


@pytest.mark.parametrize(
    ("known", "points"),
    [
        ({}, 0),
        ({"asks": True}, 3),
        ({"problem": "wifi"}, 3),
        ({"safety": "wheelchair"}, 10),
        ({"state": "lasting"}, 4),
        ({"state": "new"}, 1),
        ({"state": "flare"}, 0),
        ({"state": "passed"}, -3),
        ({"since": NOW - 16 * MINUTE}, 1),
        ({"since": NOW - 61 * MINUTE}, 2),
        ({"affected": 2}, 0),
        ({"affected": 3}, 3),
        ({"rising": 2}, 0),
        ({"rising": 3}, 2),
        ({"helped": True}, -2),
        ({"elsewhere": True}, -1),
        ({"band": "high"}, 0),
        ({"asks": True, "problem": "wifi", "state": "lasting", "since": NOW - 2 * HOUR}, 12),
    ],
)
def test_every_point_has_its_reason(known, points):
    (turn,) = triage([replace(CASE, **known)], now=NOW)

    assert turn.points == sum(reason.points for reason in turn.reasons) == points
    assert len(turn.reasons) >= bool(points)


def test_reasons_are_said_in_words_the_weightiest_first():
    (turn,) = triage([replace(CASE, asks=True, state="lasting", since=NOW - 52 * MINUTE)], now=NOW)

    assert turn.reasons == (
        Reason(4, "They were unhappy before, hours ago or after our answer"),
        Reason(3, "It asks us something"),
        Reason(1, "Unanswered for 52 minutes"),
    )


def test_safety_comes_before_everything_that_adds_up():
    everything = named(
        "all", asks=True, problem="wifi", state="lasting", affected=9, rising=9, since=NOW - HOUR * 3, band="high"
    )

    assert order(everything, named("safety", safety="fire", helped=True, state="passed")) == ["safety", "all"]


def test_being_listened_to_decides_among_equals_only():
    cases = [
        named("quiet", asks=True, since=NOW - 3),
        named("heard", asks=True, band="high", since=NOW - 2),
        named("lasting", asks=True, state="lasting", since=NOW - 1),
    ]

    assert order(*cases) == ["lasting", "heard", "quiet"]


def test_of_equals_the_oldest_is_first():
    assert order(named("b", since=NOW - 5), named("a", since=NOW - 9), named("c", since=NOW - 5)) == [
        "a",
        "b",
        "c",
    ]


def test_at_seeded_events_lasting_complaints_lead_twice_as_often_as_those_with_many_followers():
    ours = theirs = 0
    for event in map(seeded, range(5)):
        turns = [turn.case.post for turn in triage(event.cases, now=EVENING)]
        ours += len(event.lasting & set(turns[:10]))
        theirs += len(event.lasting & set(sorted(turns, key=event.followers.__getitem__, reverse=True)[:10]))

    assert ours >= 2 * theirs > 0

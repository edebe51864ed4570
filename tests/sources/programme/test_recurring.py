from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from wall.errors import InvalidInput
from wall.sources.programme.recurring import beginnings

STARTS = datetime(2026, 6, 12, 10, tzinfo=ZoneInfo("Europe/Berlin"))
FIRST, LAST = date(2026, 6, 1), date(2026, 6, 30)


def test_it_begins_at_the_same_hour_of_its_own_clocks():
    found = beginnings({"FREQ": ["WEEKLY"]}, STARTS, FIRST, LAST)

    assert [one.isoformat() for one in found] == [
        "2026-06-12T10:00:00+02:00",
        "2026-06-19T10:00:00+02:00",
        "2026-06-26T10:00:00+02:00",
    ]


@pytest.mark.parametrize(
    ("until", "count"),
    [
        (datetime(2026, 6, 19, 8, tzinfo=UTC), 2),
        (datetime.fromisoformat("2026-06-19T09:59"), 1),
        (date(2026, 6, 19), 2),
    ],
)
def test_it_ends_at_an_instant_by_its_own_clocks_or_with_a_day(until, count):
    assert len(beginnings({"FREQ": ["WEEKLY"], "UNTIL": [until]}, STARTS, FIRST, LAST)) == count


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({}, "a rule that no programme has"),
        ({"FREQ": ["WEEKLY"], "BYDAY": ["XX"]}, "cannot be read"),
        ({"FREQ": ["MONTHLY"], "BYSETPOS": [999]}, "cannot be read"),
        ({"FREQ": ["DAILY"], "BYMONTHDAY": [1] * 101}, "is too long"),
        ({"FREQ": ["DAILY"], "INTERVAL": [-1]}, "never comes to an end"),
        ({"FREQ": ["DAILY"], "INTERVAL": ["often"]}, "never comes to an end"),
        ({"FREQ": ["DAILY"], "COUNT": [-1]}, "never begins"),
    ],
)
def test_a_rule_that_cannot_be_followed_is_refused_in_words(rule, reason):
    with pytest.raises(InvalidInput, match=reason):
        beginnings(rule, STARTS, FIRST, LAST)


def test_what_repeats_too_often_is_refused():
    with pytest.raises(InvalidInput, match="more than 500 times"):
        beginnings({"FREQ": ["DAILY"]}, STARTS, FIRST, date(2030, 1, 1))

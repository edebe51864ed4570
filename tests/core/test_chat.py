"""When a chat takes place: by the clocks of its place, summer and winter."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.chat import Chat, checked
from wall.errors import InvalidInput

TUESDAYS = Chat(first=date(2026, 1, 6), at=time(21))
NEW_YORK = "America/New_York"
SINCE = datetime(2026, 1, 1, tzinfo=UTC)

ZONES = st.sampled_from(
    (NEW_YORK, "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC", "Asia/Kathmandu")
)
CHATS = st.builds(
    Chat,
    first=st.integers(730_000, 766_000).map(date.fromordinal),
    at=st.integers(0, 1439).map(lambda minutes: time(minutes // 60, minutes % 60)),
    every=st.sampled_from(("weeks", "months")),
    step=st.integers(1, 12),
)
MOMENTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def days(chat, many, since=date(2026, 1, 1)):
    every = chat.days(since)
    return [str(next(every)) for _ in range(many)]


def test_it_keeps_its_local_time_when_clocks_are_put_forward():
    march = TUESDAYS.coming(NEW_YORK, datetime(2026, 3, 1, tzinfo=UTC), 2)

    assert [one.hour for one in march] == [2, 1]


def test_a_time_that_is_skipped_is_as_long_after_the_gap_and_one_that_comes_twice_is_the_first():
    early = Chat(first=date(2026, 3, 29), at=time(2, 30))

    (skipped,) = early.coming("Europe/Berlin", datetime(2026, 3, 28, tzinfo=UTC), 1)
    (twice,) = early.coming("Europe/Berlin", datetime(2026, 10, 24, tzinfo=UTC), 1)

    assert (skipped, twice) == (
        datetime(2026, 3, 29, 1, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("chat", "found"),
    [
        (replace(TUESDAYS, step=2), ["2026-01-06", "2026-01-20", "2026-02-03"]),
        (replace(TUESDAYS, every="months"), ["2026-01-06", "2026-02-03", "2026-03-03"]),
        (replace(TUESDAYS, every="months", step=3), ["2026-01-06", "2026-04-07", "2026-07-07"]),
        (replace(TUESDAYS, first=date(2026, 1, 29), every="months"), ["2026-01-29", "2026-02-26", "2026-03-26"]),
        (replace(TUESDAYS, first=date(2026, 12, 8), every="months"), ["2026-12-08", "2027-01-12", "2027-02-09"]),
    ],
    ids=["every two weeks", "first Tuesdays", "first Tuesdays of quarters", "fifth or last", "across a year"],
)
def test_it_comes_again_as_people_say(chat, found):
    assert days(chat, 3) == found


@given(chat=CHATS, zone=ZONES, since=MOMENTS)
def test_editions_come_in_order_on_one_weekday_and_at_the_local_time_there_is(chat, zone, since):
    coming = chat.coming(zone, since, 5)

    assert all(one >= since for one in coming)
    assert all(before < after for before, after in pairwise(coming))
    for one in coming:
        local = one.astimezone(ZoneInfo(zone))
        meant = datetime.combine(local.date(), chat.at)
        wrong = abs(local.replace(tzinfo=None) - meant)
        assert wrong <= timedelta(hours=1) or local.date().weekday() != chat.first.weekday()


@given(chat=CHATS, since=st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_where_one_begins_to_look_changes_no_day(chat, since):
    whole = [one for one in take(chat, date(2000, 1, 1), since) if one >= since]

    assert not [one for one in whole if one < chat.first]
    assert next(chat.days(since)) == whole[0]


def take(chat, begin, until):
    for day in chat.days(begin):
        yield day
        if day >= until:
            return


@pytest.mark.parametrize(
    "wrong", [{"step": 0}, {"step": 13}, {"minutes": 9}, {"every": "days"}, {"first": date(1999, 1, 1)}]
)
def test_what_makes_no_sense_is_refused(wrong):
    with pytest.raises(InvalidInput):
        checked(replace(TUESDAYS, **wrong))

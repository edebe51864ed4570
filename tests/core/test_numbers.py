from datetime import UTC, datetime, timedelta

from tests.core.test_roll import on_the_wall, roll_of
from wall.core.numbers import numbers
from wall.core.roll import Roll


def at(moment, **fields):
    """Return how a post stands that came on the wall then, in minutes from the cast's NOW (9:30 UTC)."""
    return on_the_wall(
        minutes=(moment - datetime(2026, 6, 12, 9, 30, tzinfo=UTC)) / timedelta(minutes=1), **fields
    )


def test_the_day_begins_at_midnight_by_the_clocks_of_the_venue():
    now = datetime(2026, 6, 12, 10, 30, tzinfo=UTC)
    yesterday, today = datetime(2026, 6, 11, 14, 59, tzinfo=UTC), datetime(2026, 6, 11, 15, 0, tzinfo=UTC)

    found = numbers(roll_of(at(yesterday), at(today), at(now)), "Asia/Tokyo", now)

    assert (found.posts, found.today, found.last_hour) == (3, 2, 1)
    assert (found.hours[0].clock, found.hours[0].posts) == ("00", 1)
    assert (found.hours[-1].clock, found.hours[-1].posts) == ("19", 1)


def test_what_trickles_in_at_night_begins_no_day():
    night = [at(datetime(2026, 6, 12, hour, 30, tzinfo=UTC), uid=f"night{hour}") for hour in (1, 5)]
    day = [at(datetime(2026, 6, 12, 9, minute, tzinfo=UTC), uid=f"day{minute}") for minute in range(45)]

    found = numbers(roll_of(*night, *day), "UTC", datetime(2026, 6, 12, 18, 10, tzinfo=UTC))

    assert (found.hours[0].clock, found.hours[0].posts) == ("09", 45)
    assert found.today == 47


def test_hours_begin_with_the_first_that_had_a_post_and_are_six_at_least():
    now = datetime(2026, 6, 12, 18, 10, tzinfo=UTC)

    long = numbers(roll_of(at(datetime(2026, 6, 12, 8, 5, tzinfo=UTC))), "UTC", now)
    short = numbers(roll_of(at(datetime(2026, 6, 12, 17, 5, tzinfo=UTC))), "UTC", now)

    assert [hour.clock for hour in long.hours] == [f"{hour:02}" for hour in range(8, 19)]
    assert [hour.clock for hour in short.hours] == ["13", "14", "15", "16", "17", "18"]
    assert (short.busiest.clock, short.busiest.posts) == ("17", 1)


def test_shortly_after_midnight_there_is_one_hour():
    now = datetime(2026, 6, 12, 0, 0, tzinfo=UTC)

    found = numbers(roll_of(at(now)), "UTC", now)

    assert [(hour.clock, hour.posts) for hour in found.hours] == [("00", 1)]


def test_a_day_on_which_clocks_go_forward_has_no_hour_that_was_skipped():
    now = datetime(2026, 3, 29, 4, 30, tzinfo=UTC)

    found = numbers(roll_of(at(datetime(2026, 3, 28, 23, 30, tzinfo=UTC))), "Europe/Berlin", now)

    assert [hour.clock for hour in found.hours] == ["00", "01", "03", "04", "05", "06"]


def test_a_day_without_a_post_has_no_busiest_hour():
    found = numbers(Roll(), "UTC", datetime(2026, 6, 12, 18, 10, tzinfo=UTC))

    assert (found.busiest, found.today, found.networks) == (None, 0, ())

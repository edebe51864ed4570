from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from wall.errors import InvalidInput
from wall.sources.programme import LARGEST, ical, read

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "programme"
FIRST, LAST = date(2026, 6, 5), date(2026, 6, 21)


def calendar(*entries):
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x"]
    for entry in entries:
        lines += ["BEGIN:VEVENT", *entry, "END:VEVENT"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode("utf-8", "surrogatepass")


def talk(*more, uid="1", title="Talk", starts="DTSTART;TZID=Europe/Berlin:20260612T100000"):
    return [f"UID:{uid}", f"SUMMARY:{title}", starts, *more]


def draft(*entries, timezone="Europe/Berlin", first=FIRST, last=LAST):
    return ical.read(calendar(*entries), timezone=timezone, first=first, last=last)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class TestACalendarOfEverything:
    @pytest.fixture
    def found(self):
        body = (FIXTURES / "conference.ics").read_bytes()
        return read(body, timezone="Europe/Dublin", first=FIRST, last=LAST)

    def test_every_time_is_the_instant_that_its_zone_means(self, found):
        times = {one.title: (one.starts, one.ends) for one in found.sessions}

        assert times["Keynote: Reading the room"] == (utc("2026-06-12T07:30"), utc("2026-06-12T08:45"))
        assert times["In UTC"] == (utc("2026-06-12T09:00"), utc("2026-06-12T09:45"))
        assert times["In a zone that the file explains"] == (utc("2026-06-12T13:00"), utc("2026-06-12T14:00"))

    def test_a_time_without_a_zone_is_by_the_clocks_of_the_event(self, found):
        times = {one.title: (one.starts, one.ends) for one in found.sessions}

        assert times["By the clocks of the house"] == (utc("2026-06-12T13:00"), None)

    def test_what_repeats_comes_again_but_for_what_was_moved_excepted_or_cancelled(self, found):
        coffees = [(one.title, one.starts) for one in found.sessions if one.title.startswith("Coffee")]

        assert coffees == [
            ("Coffee", utc("2026-06-12T09:00")),
            ("Coffee, later today", utc("2026-06-13T09:30")),
        ]

    def test_a_session_says_where_and_what_it_is(self, found):
        (keynote,) = [one for one in found.sessions if one.title.startswith("Keynote")]

        assert (keynote.room, keynote.track, keynote.url) == ("Hall A", "Keynotes", "https://example.org/keynote")
        assert keynote.abstract == "What a hall says, and how to hear it."

    def test_what_is_left_out_is_named_with_its_line_and_why(self, found):
        assert found.left_out == (
            "Line 67 (“Coffee”): It is cancelled.",
            "Line 74 (“Example Days”): It is all day.",
            "Line 80 (“Called off”): It is cancelled.",
            "Line 86 (“In a zone nobody knows”): Nobody knows its time zone “Moon/Tycho”.",
            "Line 91 (“At no time”): Its times cannot be read.",
        )
        assert found.left_out_count == 5

    def test_it_says_which_zones_its_times_are_in(self, found):
        assert found.zones == ("Europe/Berlin", "UTC", "Europe/Dublin", "Venue")

    def test_ids_are_the_same_when_it_is_read_again(self, found):
        body = (
            (FIXTURES / "conference.ics")
            .read_bytes()
            .replace(b"T093000", b"T094000")
            .replace(b"Hall A", b"Hall C")
        )
        again = read(body, timezone="Europe/Dublin", first=FIRST, last=LAST)

        assert {one.id for one in again.sessions} == {one.id for one in found.sessions}


class TestDaysOnWhichClocksAreChanged:
    def test_what_repeats_keeps_its_hour(self):
        weekly = talk("RRULE:FREQ=WEEKLY", "DURATION:PT1H", starts="DTSTART;TZID=Europe/Berlin:20261018T200000")

        found = draft(weekly, first=date(2026, 10, 18), last=date(2026, 11, 1))

        assert [one.starts for one in found.sessions] == [
            utc("2026-10-18T18:00"),
            utc("2026-10-25T19:00"),
            utc("2026-11-01T19:00"),
        ]

    def test_a_night_in_which_an_hour_is_lost_is_as_long_as_it_is(self):
        night = talk(
            "DTEND;TZID=Europe/Berlin:20260329T040000", starts="DTSTART;TZID=Europe/Berlin:20260329T010000"
        )

        (one,) = draft(night).sessions

        assert one.ends - one.starts == timedelta(hours=2)

    def test_an_hour_that_comes_twice_means_the_first(self):
        (one,) = draft(talk(starts="DTSTART:20261025T023000")).sessions

        assert one.starts == utc("2026-10-25T00:30")

    def test_a_time_that_never_comes_is_as_long_after_the_gap(self):
        (one,) = draft(talk(starts="DTSTART:20260329T023000")).sessions

        assert one.starts == utc("2026-03-29T01:30")


def test_past_midnight_is_the_next_day():
    (one,) = draft(
        talk("DTEND;TZID=Europe/Berlin:20260613T013000", starts="DTSTART;TZID=Europe/Berlin:20260612T233000")
    ).sessions

    assert (one.starts, one.ends) == (utc("2026-06-12T21:30"), utc("2026-06-12T23:30"))


def test_of_two_versions_of_an_entry_the_newer_is_taken():
    found = draft(talk("SEQUENCE:2", title="New"), talk("SEQUENCE:1", title="Old"))

    assert [one.title for one in found.sessions] == ["New"]
    assert found.left_out == ("Line 10 (“Old”): A newer version of it is in the file.",)


def test_a_repeating_entry_that_a_file_forgot_to_name_is_still_the_same_in_every_import():
    unnamed = ["SUMMARY:Talk", "DTSTART:20260612T100000Z"]

    assert draft(unnamed).sessions == draft(unnamed).sessions


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "It repeats within a day, or by a rule that no programme has."),
        ("FREQ=HOURLY;COUNT=3", "It repeats within a day, or by a rule that no programme has."),
        ("FREQ=DAILY;BYHOUR=1,2,3", "It repeats within a day, or by a rule that no programme has."),
        ("FREQ=DAILY;INTERVAL=0", "Its rule for repeating never comes to an end, or never begins."),
        ("FREQ=DAILY;COUNT=0", "Its rule for repeating never comes to an end, or never begins."),
        ("FREQ=WEEKLY;BYDAY=XX", "Its times cannot be read."),
        ("FREQ=DAILY;COUNT=x", "Its times cannot be read."),
    ],
)  # fmt: skip
def test_a_rule_that_never_ends_or_cannot_be_read_is_left_out_with_the_reason(rule, reason):
    found = draft(talk(f"RRULE:{rule}"), talk(uid="2", title="Other"))

    assert [one.title for one in found.sessions] == ["Other"]
    assert found.left_out == (f"Line 4 (“Talk”): {reason}",)


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=DAILY", 10),
        ("FREQ=DAILY;UNTIL=20260614T080000Z", 3),
        ("FREQ=DAILY;UNTIL=20260614T075959Z", 2),
        ("FREQ=DAILY;UNTIL=20260614", 3),
        ("FREQ=DAILY;COUNT=2", 2),
        ("FREQ=DAILY;COUNT=100000", 10),
        ("FREQ=WEEKLY;BYDAY=FR,SA", 4),
        ("FREQ=MONTHLY;BYDAY=2FR", 1),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", 0),
        ("FREQ=DAILY;UNTIL=20200101T000000Z", 0),
    ],
)
def test_what_repeats_for_ever_is_taken_for_the_days_around_the_event(rule, count):
    assert len(draft(talk(f"RRULE:{rule}")).sessions) == count


def test_what_began_years_ago_comes_on_the_days_that_are_asked_for():
    weekly = talk("RRULE:FREQ=WEEKLY;COUNT=1000", starts="DTSTART;TZID=Europe/Berlin:20140606T200000")

    assert [one.starts for one in draft(weekly).sessions] == [
        utc("2026-06-05T18:00"),
        utc("2026-06-12T18:00"),
        utc("2026-06-19T18:00"),
    ]


def test_what_began_before_anybody_can_count_is_left_out():
    found = draft(talk("RRULE:FREQ=DAILY", starts="DTSTART:00010101T000000Z"))

    assert found.left_out == ("Line 4 (“Talk”): It began to repeat more than 20 years ago.",)


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["DTEND;TZID=Europe/Berlin:20260612T090000"], "It ends before it begins."),
        (["DTEND;TZID=Europe/Berlin:20270612T090000"], "It lasts longer than 7 days."),
        (["DURATION:P99999999999D"], "Its times cannot be read."),
        (["DURATION:-PT1H"], "It ends before it begins."),
        (["DTEND;VALUE=DATE:20260613"], "It is all day."),
    ],
)
def test_an_end_that_cannot_be_meant_leaves_the_entry_out(more, reason):
    assert draft(talk(*more)).left_out == (f"Line 4 (“Talk”): {reason}",)


def test_an_entry_that_ends_as_it_begins_has_no_end():
    (one,) = draft(talk("DTEND;TZID=Europe/Berlin:20260612T100000")).sessions

    assert one.ends is None


def test_names_that_would_break_a_screen_are_cut_and_cleaned():
    title = "A\u202e" + "ö́" * 50_000
    (one,) = draft(talk(f"LOCATION:{'Hall ' * 5000}", title=title)).sessions

    assert len(one.title) < 700
    assert "\u202e" not in one.title
    assert len(one.room) <= 80


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"", "neither iCalendar nor"),
        (b"\x00\xff\xfe", "neither iCalendar nor"),
        (b"<!doctype html><p>Sign in</p>", "a web page or XML"),
        (b"BEGIN:VCALENDAR\nX", "This calendar cannot be read"),
        (calendar(["UID:1", f"DTSTART;TZID={'Venue' * 60}:20260612T100000"]), "This calendar cannot be read: it is damaged"),
        (calendar(["UID:1", "DTSTART;TZID=Europe/:20260612T100000"]), "This calendar cannot be read: it is damaged"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:A\r\nTZID:B\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n",
         "This calendar cannot be read: it is damaged"),
        (b"BEGIN:VCALENDAR\r\nEND:VEVENT", "There is no session in it"),
        (b"BEGIN:VCALENDAR" + b"x" * LARGEST, "larger than 4 MB"),
        (b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\nEND:VEVENT\n" * 5001 + b"END:VCALENDAR", "more than 5,000 entries"),
        (calendar(talk("RRULE:FREQ=DAILY", uid="1"), *[talk("RRULE:FREQ=DAILY", uid=str(one)) for one in range(2, 300)]),
         "more than 2,000 sessions"),
        (calendar(*[talk(f"LOCATION:Room {one}", uid=str(one)) for one in range(61)]), "61 rooms"),
    ],
)  # fmt: skip
def test_what_is_no_programme_is_refused_in_words(body, words):
    with pytest.raises(InvalidInput, match=words):
        read(body, timezone="Europe/Berlin", first=FIRST, last=LAST)


def test_of_many_that_are_left_out_fifty_are_named_and_all_are_counted():
    found = draft(talk(), *[["SUMMARY:Day", "DTSTART;VALUE=DATE:20260612"] for _ in range(70)])

    assert (len(found.left_out), found.left_out_count) == (50, 70)


def test_an_entry_without_a_beginning_is_left_out():
    assert draft(["UID:1", "SUMMARY:Talk"]).left_out == ("Line 4 (“Talk”): It does not say when it begins.",)


def test_an_entry_that_was_moved_from_no_time_stands_by_itself():
    (one,) = draft(talk("RECURRENCE-ID:soon")).sessions

    assert one.starts == utc("2026-06-12T08:00")

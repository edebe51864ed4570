import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from wall.errors import InvalidInput
from wall.sources.programme import read as read_any
from wall.sources.programme import schedule

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures" / "programme"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def read(body, timezone="Europe/Dublin"):
    return read_any(body, timezone=timezone, first=date(2026, 6, 12), last=date(2026, 6, 13))


def of(*entries, day=None, **conference):
    """Return a schedule of one day with these entries in its hall."""
    days = [{"date": "2026-06-12", **(day or {}), "rooms": {"Hall": list(entries)}}]
    return json.dumps({"schedule": {"conference": {"days": days, **conference}}}).encode()


def entry(**fields):
    return {"guid": "1", "title": "Talk", "date": "2026-06-12T10:00:00+02:00", "duration": "00:30", **fields}


@pytest.fixture
def found():
    return read((FIXTURES / "schedule.json").read_bytes())


def test_a_schedule_of_pretalx_is_read(found):
    keynote = found.sessions[0]

    assert (keynote.title, keynote.room, keynote.track) == ("Keynote", "Main hall", "Cities")
    assert (keynote.starts, keynote.ends) == (utc("2026-06-12T07:30"), utc("2026-06-12T08:15"))
    assert keynote.speakers == ("Ada Example", "Bo Example")
    assert keynote.url == "https://pretalx.example/days/talk/AAAAAA/"
    assert keynote.abstract == "What a hall says."


def test_rooms_come_in_the_order_in_which_the_conference_names_them(found):
    assert found.rooms == ("Main hall", "Annexe")


def test_an_entry_without_an_offset_is_by_the_conferences_clocks(found):
    farewell = found.sessions[-1]

    assert (farewell.title, farewell.starts) == ("Farewell", utc("2026-06-13T14:00"))
    assert farewell.ends == utc("2026-06-14T14:30")


def test_an_hour_past_midnight_belongs_to_the_night_after_the_day(found):
    (night,) = [one for one in found.sessions if one.title == "Night session"]

    assert night.starts == utc("2026-06-12T22:30")


def test_what_is_left_out_is_named_with_its_place_and_why(found):
    assert found.left_out == (
        "Day 1, Main hall, entry 2 (“At some time”): It does not say when it begins.",
        "Day 1, Main hall, entry 3: It has no title.",
    )


def test_ids_outlive_a_move_to_another_hour_and_room(found):
    moved = (
        (FIXTURES / "schedule.json").read_bytes().replace(b"09:30", b"11:30").replace(b"Main hall", b"Big hall")
    )

    assert {one.id for one in read(moved).sessions} == {one.id for one in found.sessions}


def test_the_same_entry_twice_is_two_sessions():
    twice = read(of(entry(), entry(date="2026-06-12T12:00:00+02:00")))

    assert len({one.id for one in twice.sessions}) == 2


def test_without_a_zone_of_its_own_the_events_holds():
    body = of({"guid": "1", "title": "Talk", "start": "10:00"})

    assert read(body, "Asia/Tokyo").sessions[0].starts == utc("2026-06-12T01:00")
    assert read(of(entry(), time_zone_name="Moon/Tycho"), "Asia/Tokyo").zones == ("Asia/Tokyo",)


@pytest.mark.parametrize(
    ("length", "minutes"),
    [("00:30", 30), ("1:05", 65), ("1:00:30", 1470), (45, 45), ("", None), (None, None), ("00:00", None)],
)
def test_a_length_is_hours_and_minutes_with_days_before_them_or_minutes(length, minutes):
    (one,) = read(of(entry(duration=length))).sessions

    assert (one.ends - one.starts).total_seconds() / 60 == minutes if minutes else one.ends is None


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date": "tomorrow at ten"}, "“tomorrow at ten” is no time."),
        ({"date": 3}, "It does not say when it begins."),
        ({"date": "0001-01-01T00:00:00+14:00"}, "Its time cannot be meant."),
        ({"date": "1850-01-01T00:00:00Z"}, "The year 1850 cannot be meant."),
        ({"duration": "soon"}, "“soon” is no length of time."),
        ({"duration": "²:30"}, "“²:30” is no length of time."),
        ({"duration": True}, "“True” is no length of time."),
        ({"duration": "999:00"}, "It lasts longer than 7 days."),
        ({"title": ["a"]}, "It has no title."),
        ({"title": "\u202e \u200b"}, "It has no title."),
    ],
)  # fmt: skip
def test_an_entry_that_cannot_be_used_is_left_out_and_the_others_are_taken(change, reason):
    found = read(of(entry(**change), entry(guid="2", title="Other")))

    assert [one.title for one in found.sessions] == ["Other"]
    assert found.left_out[0].endswith(reason)


def test_entries_of_any_shape_are_left_out():
    found = read(of(entry(), 3, None, [], "x", {}))

    assert (len(found.sessions), found.left_out_count) == (1, 5)


def test_letters_that_are_no_letters_do_no_harm():
    (one,) = read(of(entry(title="\ud800 Talk", room="\ud800", persons=[{"public_name": "\udfff"}]))).sessions

    one.title.encode()
    one.room.encode()
    assert one.title.endswith("Talk")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b"{", "This is no JSON: line 1"),
        (b"{}", "there is no schedule.conference.days"),
        (b'{"schedule": {"conference": {"days": {}}}}', "there is no schedule.conference.days"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b'{"a": ' + b"9" * 5_000 + b"}", "numbers too long"),
        (of(), "There is no session in it"),
        (of(entry(title="")), "There is no session in it"),
        (of(*[entry(guid=str(one)) for one in range(2_001)]), "more than 2,000 sessions"),
        (of(*[{"x": 1}] * 5_001), "more than 5,000 entries"),
    ],
)
def test_what_is_no_schedule_is_refused_in_words(body, words):
    with pytest.raises(InvalidInput, match=words):
        read(body)


def test_a_room_may_be_said_in_several_languages():
    assert schedule.words({"de": "Saal"}) == "Saal"
    assert schedule.words({}) == ""

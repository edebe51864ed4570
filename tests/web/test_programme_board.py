from datetime import UTC, datetime, timedelta

from wall.core.programme import Programme, Session
from wall.web.programme_board import board_view, window

BERLIN = "Europe/Berlin"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def talk(id, starts, *, minutes=60, room="Hall", **fields):
    begin = utc(starts)
    ends = begin + timedelta(minutes=minutes) if minutes else None
    return Session(id=id, title=id.capitalize(), starts=begin, ends=ends, room=room, **fields)


def of(*sessions):
    return Programme().with_sessions(sessions)


NOON = utc("2026-06-12T10:00")
KEYNOTE = talk("keynote", "2026-06-12T07:30", speakers=("Ada", "Bo", "Cy", "Di", "Ed"))


def test_times_are_in_words_by_the_clocks_of_the_venue():
    board = board_view(of(KEYNOTE), BERLIN, NOON)

    assert board["zone"] == "Berlin"
    assert board["rooms"][0]["slots"] == [
        {
            "title": "Keynote",
            "speakers": "Ada, Bo, Cy and 2 more",
            "starts": "2026-06-12T07:30:00.000Z",
            "ends": "2026-06-12T08:30:00.000Z",
            "midnight": "2026-06-11T22:00:00.000Z",
            "from": "09:30",
            "to": "10:30",
            "weekday": "Friday",
        }
    ]


def test_what_has_no_end_says_none():
    (slot,) = board_view(of(talk("open", "2026-06-12T09:00", minutes=0)), BERLIN, NOON)["rooms"][0]["slots"]

    assert (slot["to"], slot["ends"]) == ("", "2026-06-12T10:00:00.000Z")


def test_the_house_comes_first_and_a_screen_knows_its_own_room():
    programme = of(
        KEYNOTE, talk("lunch", "2026-06-12T10:00", room=""), talk("lab", "2026-06-12T10:00", room="Annexe")
    )

    rooms = board_view(programme, BERLIN, NOON, room=" hall ")["rooms"]

    assert [(room["name"], room["own"]) for room in rooms] == [("", False), ("Annexe", False), ("Hall", True)]


def test_only_rooms_that_are_asked_for_and_the_house_are_there():
    programme = of(
        KEYNOTE, talk("lunch", "2026-06-12T10:00", room=""), talk("lab", "2026-06-12T10:00", room="Annexe")
    )

    rooms = board_view(programme, BERLIN, NOON, rooms=["annexe"])["rooms"]

    assert [room["name"] for room in rooms] == ["", "Annexe"]


def test_today_and_tomorrow_are_ready_and_so_is_what_ran_past_midnight():
    programme = of(
        talk("yesterday", "2026-06-11T08:00"),
        talk("night", "2026-06-11T20:00", minutes=300),
        talk("late", "2026-06-13T21:30"),
        talk("after", "2026-06-13T22:00"),
    )

    assert [one.id for one in window(programme, BERLIN, NOON)] == ["night", "late"]


def test_what_is_ready_stays_the_same_all_day():
    programme = of(KEYNOTE, talk("late", "2026-06-12T20:00"))

    morning, evening = (board_view(programme, BERLIN, utc(f"2026-06-12T{time}")) for time in ("05:00", "20:30"))

    assert morning == evening


def test_it_is_over_three_hours_after_the_last_session():
    board = board_view(of(KEYNOTE), BERLIN, NOON)

    assert board["until"] == utc("2026-06-12T11:30")
    assert board_view(of(KEYNOTE), BERLIN, utc("2026-06-12T11:30")) is None


def test_there_is_nothing_to_show_without_sessions_and_long_before_them():
    assert board_view(of(), BERLIN, NOON) is None
    assert board_view(of(KEYNOTE), BERLIN, utc("2026-06-01T10:00")) is None
    assert board_view(of(KEYNOTE), BERLIN, NOON, rooms=["Elsewhere"]) is None


def test_of_very_many_those_from_this_hour_on_are_ready():
    many = [talk(f"talk {number}", "2026-06-12T06:00", room=f"Room {number % 50}") for number in range(300)]
    later = [talk(f"later {number}", "2026-06-12T11:00", room=f"Room {number % 50}") for number in range(300)]

    found = window(of(*many, *later), BERLIN, NOON)

    assert {one.starts for one in found} == {utc("2026-06-12T11:00")}
    assert len(found) == 300


def test_a_day_on_which_clocks_change_begins_at_its_midnight():
    night = talk("night", "2026-03-28T22:30", minutes=30)
    morning = talk("morning", "2026-03-29T08:00")

    (room,) = board_view(of(night, morning), BERLIN, utc("2026-03-29T07:00"))["rooms"]

    assert [(slot["from"], slot["midnight"]) for slot in room["slots"]] == [
        ("23:30", "2026-03-27T23:00:00.000Z"),
        ("10:00", "2026-03-28T23:00:00.000Z"),
    ]

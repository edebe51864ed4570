from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from wall.core.modes import SessionSpan
from wall.core.programme import (
    Draft,
    Programme,
    Session,
    Setting,
    overlapping,
    speaking,
)

BERLIN = "Europe/Berlin"


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def talk(id, starts, ends=None, room="Hall", day="2026-06-12", **fields):
    return Session(
        id=id,
        title=id.capitalize(),
        starts=utc(f"{day}T{starts}"),
        ends=utc(f"{day}T{ends}") if ends else None,
        room=room,
        **fields,
    )


def of(*sessions, **fields):
    return Programme(**fields).with_sessions(sessions)


DAY = of(
    talk("keynote", "08:00", "09:00"),
    talk("maps", "09:30", "10:00"),
    talk("workshop", "08:30", "10:30", room="Annexe"),
)


class TestWhoseTimeItIs:
    def told(self, programme, now, room="Hall"):
        found = speaking(programme, room, utc(f"2026-06-12T{now}"))
        return found and (found.session.id, f"{found.ends_at:%H:%M}")

    @pytest.mark.parametrize(
        ("now", "whose"),
        [
            ("07:59:59", None),
            ("08:00", ("keynote", "09:00")),
            ("09:00", ("keynote", "09:00")),
            ("09:19:59", ("keynote", "09:00")),
            ("09:20", None),
            ("09:30", ("maps", "10:00")),
        ],
    )
    def test_is_theirs_who_began_last_and_a_while_after_their_end(self, now, whose):
        assert self.told(DAY, now) == whose

    def test_is_of_the_next_at_once_even_while_the_one_before_runs_over(self):
        assert self.told(of(talk("one", "08:00", "09:00"), talk("two", "09:00")), "09:00") == ("two", "10:00")

    def test_is_of_the_one_around_it_again_once_the_one_within_is_over_for_long(self):
        block = of(talk("block", "08:00", "10:00"), talk("short", "08:10", "08:20"))

        assert self.told(block, "08:39") == ("short", "08:20")
        assert self.told(block, "08:40") == ("block", "10:00")

    def test_goes_on_past_midnight(self):
        night = replace(talk("night", "23:30"), ends=utc("2026-06-13T00:30"))

        assert speaking(of(night), "Hall", utc("2026-06-13T00:10")).session == night

    def test_is_told_by_the_name_of_a_room_however_it_is_written(self):
        assert self.told(DAY, "08:45", room=" hall ") == ("keynote", "09:00")
        assert self.told(DAY, "08:45", room="Cellar") is None

    def test_needs_no_room_where_the_programme_has_one_only(self):
        assert self.told(of(talk("keynote", "08:00"), talk("lunch", "08:10", room="")), "08:30", room="") == (
            "keynote",
            "09:00",
        )
        assert self.told(DAY, "08:30", room="") is None

    def test_is_of_what_has_no_room_where_nothing_has(self):
        assert self.told(of(talk("keynote", "08:00", room="")), "08:30", room="") == ("keynote", "09:00")


def test_a_day_is_counted_by_the_clocks_of_the_venue():
    late = talk("late", "22:30")
    programme = of(talk("early", "08:00"), late)

    assert programme.days(BERLIN) == [date(2026, 6, 12), date(2026, 6, 13)]
    assert programme.of_day(date(2026, 6, 13), BERLIN) == [late]
    assert len(programme.of_day(date(2026, 6, 12), "UTC")) == 2


def test_a_day_on_which_clocks_go_back_has_both_its_hours():
    first = talk("first", "00:30", day="2026-10-25")
    second = talk("second", "01:30", day="2026-10-25")

    assert of(first, second).of_day(date(2026, 10, 25), BERLIN) == [first, second]


class TestASessionWithoutAnEnd:
    def test_ends_as_its_room_is_needed_again(self):
        assert of(talk("one", "08:00"), talk("two", "08:40")).ends()["one"] == utc("2026-06-12T08:40")

    def test_ends_after_an_hour_at_the_latest(self):
        assert of(talk("one", "08:00"), talk("two", "11:00")).ends()["one"] == utc("2026-06-12T09:00")

    def test_is_not_ended_by_what_begins_with_it_or_elsewhere(self):
        others = talk("beside", "08:00"), talk("elsewhere", "08:10", room="Annexe")

        assert of(talk("one", "08:00"), *others).ends()["one"] == utc("2026-06-12T09:00")


def test_what_overlaps_in_a_room_is_found_and_nothing_else():
    long, short, after = talk("long", "08:00", "10:00"), talk("short", "08:30", "09:00"), talk("after", "09:30")
    elsewhere, next_one = talk("elsewhere", "08:00", "12:00", room="Annexe"), talk("next", "10:30")

    found = list(overlapping(of(long, short, after, elsewhere, next_one).sessions))

    assert found == [(long, short), (long, after)]


def test_sessions_of_the_whole_house_may_overlap():
    assert list(overlapping(of(talk("a", "08:00", "10:00", room=""), talk("b", "09:00", room="")).sessions)) == []


class TestAnImport:
    AT = utc("2026-06-01T12:00")
    OWN = talk("own", "12:00", by_hand=True)

    def test_replaces_the_last_one_and_keeps_what_was_made_by_hand(self):
        before = of(talk("keynote", "08:00"), talk("gone", "09:00"), self.OWN)
        draft = Draft(kind="iCalendar", sessions=(talk("keynote", "08:30"), talk("new", "10:00")))

        after = before.importing(draft, origin="programme.ics", at=self.AT)

        assert [(one.id, f"{one.starts:%H:%M}") for one in after.sessions] == [
            ("keynote", "08:30"),
            ("new", "10:00"),
            ("own", "12:00"),
        ]
        assert (after.origin, after.imported_at) == ("programme.ics", self.AT)

    def test_keeps_what_was_set_for_a_session_even_through_an_import_without_it(self):
        strict = Setting(quiet="nothing", mode="everything waits")
        before = of(talk("keynote", "08:00")).setting_of("keynote", strict)
        without = Draft(kind="iCalendar", sessions=(talk("other", "08:00"),))
        again = Draft(kind="iCalendar", sessions=(talk("keynote", "09:00"),))

        lost = before.importing(without, origin="x", at=self.AT)
        found = lost.importing(again, origin="x", at=self.AT)

        assert lost.mode_spans() == ()
        assert [(span.title, span.starts) for span in found.mode_spans()] == [("Keynote", utc("2026-06-12T09:00"))]

    def test_keeps_the_order_of_rooms_that_it_brings(self):
        draft = Draft(
            kind="schedule.json",
            sessions=(talk("a", "08:00", room="Annexe"), talk("b", "08:00", room="Main hall")),
            rooms=("Main hall", "Annexe", "Unused"),
        )

        programme = of(talk("own", "08:00", room="Bar", by_hand=True)).importing(draft, origin="x", at=self.AT)

        assert programme.rooms == ("Main hall", "Annexe", "Bar")


class TestByHand:
    def test_a_session_is_added_in_its_place_in_time_and_changed(self):
        programme = DAY.with_session(talk("extra", "08:15", room="Bar")).with_session(
            talk("extra", "09:15", room="Bar")
        )

        assert [one.id for one in programme.sessions] == ["keynote", "workshop", "extra", "maps"]
        assert programme.rooms == ("Annexe", "Hall", "Bar")

    def test_a_session_that_is_removed_takes_its_settings_with_it(self):
        programme = DAY.setting_of("maps", Setting(quiet="nothing")).without("maps")

        assert programme.session("maps") is None
        assert programme.settings == {}

    def test_what_is_as_usual_again_is_not_kept(self):
        assert DAY.setting_of("maps", Setting(quiet="nothing")).setting_of("maps", Setting()) == DAY


def test_the_mode_of_a_session_holds_while_it_runs():
    programme = of(talk("keynote", "08:00"), talk("maps", "08:30")).setting_of(
        "keynote", Setting(mode="everything waits")
    )

    assert programme.mode_spans() == (
        SessionSpan(
            starts=utc("2026-06-12T08:00"), ends=utc("2026-06-12T08:30"), mode="everything waits", title="Keynote"
        ),
    )


def test_a_screen_is_quiet_for_its_own_room_and_the_whole_house():
    programme = replace(
        of(
            talk("keynote", "08:00", "09:00", room="Main  Hall"),
            talk("workshop", "08:00", "09:00", room="Annexe"),
            talk("minute", "10:00", "10:01", room=""),
            talk("loud", "11:00", room="Main Hall"),
            talk("past", "06:00", "07:00", room="Main Hall"),
        ),
        settings={
            "keynote": Setting(quiet="only questions"),
            "workshop": Setting(quiet="nothing"),
            "minute": Setting(quiet="nothing"),
            "past": Setting(quiet="nothing"),
        },
    )
    now = utc("2026-06-12T07:00")

    keynote = utc("2026-06-12T08:00"), utc("2026-06-12T09:00"), "only questions"
    workshop = utc("2026-06-12T08:00"), utc("2026-06-12T09:00"), "nothing"
    minute = utc("2026-06-12T10:00"), utc("2026-06-12T10:01"), "nothing"
    assert programme.quiet_spans(since=now, room="main hall") == [keynote, minute]
    assert programme.quiet_spans(since=now) == [workshop, keynote, minute]

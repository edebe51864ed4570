from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wall.core.event import Event
from wall.core.modes import ByHand, Holding, Modes, SessionSpan, Span, holding, is_skipped

BERLIN = "Europe/Berlin"
WAITS, TRUSTED, SUSPICIOUS, DELAY = (
    "everything waits",
    "trusted go through",
    "hold the suspicious",
    "open with delay",
)


def local(text):
    return datetime.fromisoformat(text)


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def span(starts, ends, mode):
    return Span(starts=local(starts), ends=local(ends), mode=mode)


TALKS = (
    span("2026-06-12T09:00", "2026-06-12T10:00", TRUSTED),
    span("2026-06-12T10:00", "2026-06-12T11:00", DELAY),
    span("2026-06-12T14:00", "2026-06-12T15:00", DELAY),
)


@pytest.mark.parametrize(
    ("now", "mode", "until"),
    [
        ("2026-06-12T06:59:59", WAITS, "2026-06-12T07:00"),
        ("2026-06-12T07:00", TRUSTED, "2026-06-12T08:00"),
        ("2026-06-12T07:59:59", TRUSTED, "2026-06-12T08:00"),
        ("2026-06-12T08:00", DELAY, "2026-06-12T09:00"),
        ("2026-06-12T09:00", WAITS, "2026-06-12T12:00"),
        ("2026-06-12T12:30", DELAY, "2026-06-12T13:00"),
    ],
)
def test_the_schedule_says_by_the_clocks_of_the_venue_which_mode_holds_and_until_when(now, mode, until):
    assert holding(WAITS, Modes(schedule=TALKS), BERLIN, utc(now)) == Holding(mode=mode, until=utc(until))


def test_after_the_schedule_the_usual_mode_holds_for_good():
    assert holding(WAITS, Modes(schedule=TALKS), BERLIN, utc("2026-06-12T13:00")) == Holding(mode=WAITS)


def test_without_a_schedule_the_usual_mode_holds():
    assert holding(SUSPICIOUS, Modes(), BERLIN, utc("2026-06-12T13:00")) == Holding(mode=SUSPICIOUS)


def test_two_stretches_of_one_mode_are_told_as_one():
    twice = (
        span("2026-06-12T09:00", "2026-06-12T10:00", DELAY),
        span("2026-06-12T10:00", "2026-06-12T11:00", DELAY),
    )

    held = holding(WAITS, Modes(schedule=twice), BERLIN, utc("2026-06-12T07:30"))

    assert held == Holding(mode=DELAY, until=utc("2026-06-12T09:00"))


@pytest.mark.parametrize(
    ("now", "held"),
    [
        ("2026-06-12T07:20", Holding(mode=WAITS, until=utc("2026-06-12T08:00"), by="Mia")),
        ("2026-06-12T07:59:59", Holding(mode=WAITS, until=utc("2026-06-12T08:00"), by="Mia")),
        ("2026-06-12T08:00", Holding(mode=DELAY, until=utc("2026-06-12T09:00"))),
    ],
)
def test_what_a_moderator_chose_holds_until_the_next_boundary(now, held):
    by_hand = ByHand(mode=WAITS, at=utc("2026-06-12T07:20"), by="Mia")

    assert holding(SUSPICIOUS, Modes(schedule=TALKS, by_hand=by_hand), BERLIN, utc(now)) == held


def test_a_choice_at_the_very_boundary_counts():
    by_hand = ByHand(mode=WAITS, at=utc("2026-06-12T08:00"), by="Mia")

    held = holding(WAITS, Modes(schedule=TALKS, by_hand=by_hand), BERLIN, utc("2026-06-12T08:00"))

    assert (held.mode, held.by) == (WAITS, "Mia")


class TestWhatAModeratorChooses:
    EVENT = Event(slug="hall", title="Hall", hashtags=(), keys=(), timezone=BERLIN)

    def test_is_the_usual_mode_from_then_on_when_nothing_is_planned(self):
        chosen = self.EVENT.with_mode(DELAY, by="Mia", now=utc("2026-06-12T07:20"))

        assert chosen == replace(self.EVENT, mode=DELAY)

    def test_leaves_the_usual_mode_alone_while_something_is_planned(self):
        planned = replace(self.EVENT, modes=Modes(schedule=TALKS))
        now = utc("2026-06-12T07:20")

        chosen = planned.with_mode(DELAY, by="Mia", now=now)

        assert chosen.mode == WAITS
        assert chosen.holding(now) == Holding(mode=DELAY, until=utc("2026-06-12T09:00"), by="Mia")

    def test_is_the_usual_mode_once_the_schedule_is_over(self):
        planned = replace(self.EVENT, modes=Modes(schedule=TALKS))

        chosen = planned.with_mode(DELAY, by="Mia", now=utc("2026-06-13T07:20"))

        assert (chosen.mode, chosen.modes.by_hand) == (DELAY, None)


class TestWhenClocksAreChanged:
    def test_a_night_is_an_hour_shorter_in_spring(self):
        night = Modes(schedule=(span("2026-03-29T01:00", "2026-03-29T04:00", DELAY),))

        held = holding(WAITS, night, BERLIN, utc("2026-03-29T00:30"))

        assert held == Holding(mode=DELAY, until=utc("2026-03-29T02:00"))

    def test_and_an_hour_longer_in_autumn(self):
        night = Modes(schedule=(span("2026-10-25T01:00", "2026-10-25T04:00", DELAY),))

        held = holding(WAITS, night, BERLIN, utc("2026-10-24T23:30"))

        assert held == Holding(mode=DELAY, until=utc("2026-10-25T03:00"))

    def test_an_hour_that_comes_twice_means_the_first(self):
        twice = Modes(schedule=(span("2026-10-25T02:00", "2026-10-25T02:30", DELAY),))

        held = [holding(WAITS, twice, BERLIN, utc(now)).mode for now in ("2026-10-25T00:10", "2026-10-25T01:10")]

        assert held == [DELAY, WAITS]

    def test_a_time_that_never_comes_is_known(self):
        zone = ZoneInfo(BERLIN)

        skipped = [is_skipped(local(f"2026-03-29T{time}"), zone) for time in ("01:59", "02:00", "02:59", "03:00")]

        assert skipped == [False, True, True, False]

    def test_every_moment_of_a_changing_night_has_one_mode(self):
        night = Modes(schedule=(span("2026-10-25T00:00", "2026-10-25T06:00", DELAY),))
        start = utc("2026-10-24T22:00")

        held = {holding(WAITS, night, BERLIN, start + timedelta(minutes=one)).mode for one in range(420)}

        assert held == {DELAY}


class TestSessionsOfTheProgramme:
    KEYNOTE = SessionSpan(
        starts=utc("2026-06-12T07:30"), ends=utc("2026-06-12T08:15"), mode=WAITS, title="Keynote"
    )

    def held(self, *sessions, now, by_hand=None, schedule=TALKS):
        modes = Modes(schedule=schedule, sessions=sessions, by_hand=by_hand)
        return holding(SUSPICIOUS, modes, BERLIN, utc(now))

    def test_a_session_with_a_mode_goes_before_the_schedule_and_is_named(self):
        during = self.held(self.KEYNOTE, now="2026-06-12T07:30")
        after = self.held(self.KEYNOTE, now="2026-06-12T08:15")

        assert during == Holding(mode=WAITS, until=utc("2026-06-12T08:15"), session="Keynote")
        assert after == Holding(mode=DELAY, until=utc("2026-06-12T09:00"))

    def test_the_schedule_holds_until_the_session_begins(self):
        assert self.held(self.KEYNOTE, now="2026-06-12T07:10") == Holding(
            mode=TRUSTED, until=utc("2026-06-12T07:30")
        )

    def test_of_sessions_in_several_rooms_the_mode_that_lets_least_through_holds(self):
        open_one = replace(self.KEYNOTE, mode=DELAY, title="Workshop", ends=utc("2026-06-12T08:30"))

        held = self.held(open_one, self.KEYNOTE, now="2026-06-12T07:45", schedule=())

        assert held == Holding(mode=WAITS, until=utc("2026-06-12T08:15"), session="Keynote")

    def test_a_moderators_choice_during_a_session_holds_until_it_ends(self):
        by_hand = ByHand(mode=TRUSTED, at=utc("2026-06-12T07:40"), by="Mia")

        during = self.held(self.KEYNOTE, now="2026-06-12T08:00", by_hand=by_hand, schedule=())
        after = self.held(self.KEYNOTE, now="2026-06-12T08:15", by_hand=by_hand, schedule=())

        assert during == Holding(mode=TRUSTED, until=utc("2026-06-12T08:15"), by="Mia")
        assert after.by is None

    def test_a_choice_at_the_desk_is_until_then_while_a_session_with_a_mode_is_ahead(self):
        event = Event(
            slug="hall", title="Hall", hashtags=(), keys=(), timezone=BERLIN, modes=Modes(sessions=(self.KEYNOTE,))
        )

        chosen = event.with_mode(DELAY, by="Mia", now=utc("2026-06-12T07:00"))

        assert chosen.mode == event.mode
        assert chosen.holding(utc("2026-06-12T07:30")).session == "Keynote"

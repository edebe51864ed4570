"""The course of an event: periods by the clocks of the venue, and a ledger as it was."""

import pytest

from tests.ledgers import BEGAN, DAY, HOUR, Said, a_ledger
from wall.core.counted import counted
from wall.core.course import as_of, course
from wall.core.event_figures import desk_figures, event_figures
from wall.core.ledger import ANSWER, EVERYTHING, Scope
from wall.core.moderation import Status


def test_nothing_said_is_no_period():
    found = course(a_ledger())

    assert (found.periods, found.busiest, found.heat) == ((), None, {})


def test_hours_are_counted_without_holes():
    found = course(a_ledger(Said(by="a"), Said(by="b", at=60), Said(by="a", at=2 * HOUR)))

    assert [one.posts for one in found.periods] == [2, 0, 1]
    assert [one.new for one in found.periods] == [2, 0, 0]
    assert found.periods[0].begins == BEGAN - HOUR // 2
    assert found.busiest == found.periods[0]


@pytest.mark.parametrize(
    ("last", "grain"), [(2 * DAY, "hour"), (4 * DAY, "day"), (100 * DAY, "week"), (900 * DAY, "month")]
)
def test_the_longer_it_lasted_the_larger_are_its_periods(last, grain):
    found = course(a_ledger(Said(by="a"), Said(by="b", at=last)))

    assert found.grain == grain
    assert sum(one.posts for one in found.periods) == 2
    assert len(found.periods) <= 75


def test_a_clock_that_is_wrong_makes_no_endless_list():
    found = course(a_ledger(Said(by="a", at=-BEGAN), Said(by="b")))

    assert sum(one.posts for one in found.periods) == 2
    assert len(found.periods) < 1_000


def test_days_begin_at_the_venue_and_are_shorter_when_clocks_go_forward():
    spring = 1_774_652_400 - BEGAN  # 28 March 2026, 00:00 in Berlin, whose clocks go forward the night after
    said = [Said(by="a", at=spring + day * 23 * HOUR) for day in range(5)]

    found = course(a_ledger(*said), timezone="Europe/Berlin")

    assert [
        (later.begins - one.begins) // HOUR for one, later in zip(found.periods, found.periods[1:], strict=False)
    ][:3] == [24, 23, 24]


def test_hours_of_the_week_are_those_of_clocks_that_stand_a_quarter_off():
    found = course(a_ledger(Said(by="a"), Said(by="a", at=44 * 60)), timezone="Asia/Kathmandu")

    assert found.heat == {(4, 15): 2}


def test_what_became_of_what_came_is_told_apart_and_answers_of_the_wall_are_none_of_it():
    found = course(
        a_ledger(
            Said(by="a"),
            Said(by="b", status=Status.REJECTED),
            Said(by="c", status=Status.REMOVED),
            Said(by="d", status=Status.WAITING),
            Said(by="wall", flags=ANSWER),
        )
    )

    assert [one.outcomes for one in found.periods] == [(1, 2, 1)]


def test_who_spoke_before_the_scope_is_not_heard_for_the_first_time_in_it():
    found = course(a_ledger(Said(by="a", at=-DAY), Said(by="a"), Said(by="b")), Scope(begins=BEGAN))

    assert [one.new for one in found.periods] == [1]


class TestAsOf:
    def test_what_came_or_was_shown_later_was_not_there(self):
        ledger = a_ledger(Said(by="a"), Said(by="b", received=HOUR), Said(by="c", shown=HOUR, decider="mia"))

        then = as_of(ledger, BEGAN + 600)

        assert event_figures(then).posts == 1
        assert (desk_figures(then).came, desk_figures(then).decided) == (2, {})
        assert desk_figures(then).statuses == {"approved": 1, "waiting": 1}
        assert event_figures(ledger).posts == 3

    def test_what_was_taken_away_since_stays_away(self):
        then = as_of(a_ledger(Said(by="a"), Said(by="b", status=Status.REMOVED)), BEGAN + 600)

        assert event_figures(then).posts == 1

    def test_all_figures_are_of_the_same_moment(self):
        ledger = a_ledger(Said(by="a"), Said(by="b", received=HOUR))

        found = counted(ledger, EVERYTHING, "UTC", moment=BEGAN + 600)

        assert found.figures.posts == sum(one.posts for one in found.course.periods) == found.desk.came == 1

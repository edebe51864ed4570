import pytest

from tests.core.test_mood_figures import CALM, LOW, NINE, TEN, a_ledger
from wall.core.mood_figures import course
from wall.web.mood_chart import MIDDLE, REACH, WIDTH, columns


def drawn(**options):
    return columns(course(a_ledger((NINE, CALM, {}), (TEN, LOW, {}))), "Europe/Helsinki", **options)


def test_an_hour_is_drawn_below_the_line_where_it_is_lower():
    first, second = drawn()

    assert (first.y, first.clock, second.clock) == (None, "11:00", "12:00")
    assert MIDDLE < second.y <= MIDDLE + REACH
    assert second.words == "lower"


def test_where_people_read_from_the_right_hours_run_from_there():
    first, second = drawn(from_right=True)

    assert first.x > second.x
    assert first.x + first.width == pytest.approx(WIDTH)


def test_no_hours_are_no_columns():
    assert columns(course(a_ledger((NINE, [], {}))), "UTC") == []

import pytest

from tests.ledgers import BEGAN, HOUR, Said, a_ledger
from wall.core.moderation import Status
from wall.core.replay import replay


@pytest.fixture
def course():
    return replay(
        a_ledger(
            Said(by="a", id="late", at=0, shown=2 * HOUR),
            Said(by="a", id="first", shown=0),
            Said(by="b", id="second", at=60, shown=120),
            Said(by="c", id="gone", at=90, status=Status.REMOVED),
        )
    )


def test_a_moment_knows_what_was_shown_until_then_newest_first(course):
    then = course.at(BEGAN + 120, most=30)

    assert (then.posts, then.people, then.lately) == (2, 2, 2)
    assert then.newest == ("second", "first")


def test_a_post_counts_from_when_it_was_shown_and_not_when_it_was_written(course):
    assert course.at(BEGAN + 2 * HOUR - 1, most=30).posts == 2
    then = course.at(BEGAN + 2 * HOUR, most=1)

    assert (then.posts, then.people, then.lately, then.newest) == (3, 2, 1, ("late",))


def test_what_was_removed_since_is_never_there(course):
    assert "gone" not in course.at(BEGAN + 9 * HOUR, most=30).newest


def test_before_the_first_post_there_is_nothing(course):
    assert course.at(BEGAN - 1, most=30).posts == 0
    assert replay(a_ledger()).at(BEGAN, most=30).posts == 0


def test_columns_begin_on_the_clock_and_hold_every_post(course):
    columns = course.columns()

    assert columns.begins % columns.step == 0
    assert columns.begins <= course.first < columns.begins + columns.step
    assert sum(columns.posts) == 3
    assert columns.ends > course.last


@pytest.mark.parametrize("hours", [1, 12, 80, 2_000, 100_000])
def test_however_long_an_event_was_its_columns_can_be_told_apart(hours):
    columns = replay(a_ledger(Said(by="a", shown=0), Said(by="b", shown=hours * HOUR))).columns(offset=5_400)

    assert len(columns.posts) <= 160
    assert (columns.begins + 5_400) % columns.step == 0
    assert sum(columns.posts) == 2

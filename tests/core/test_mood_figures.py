import numpy as np
import pytest

from wall.core.ledger import BY_RULE, ROW, STATUSES, TIE, UNSCORED, VOID, Ledger
from wall.core.moderation import Status
from wall.core.mood_figures import by_session, course

NINE, TEN, ELEVEN = (hour * 3_600 for hour in (9, 10, 11))


def a_ledger(*parts):
    """Return the ledger of parts of posts: when written, their moods, and other columns that all of a part share."""
    rows = []
    for written, moods, columns in parts:
        some = np.zeros(len(moods), ROW)
        some["written"], some["mood"], some["status"] = written, moods, STATUSES.index(Status.APPROVED)
        for name, value in columns.items():
            some[name] = value
        rows.append(some)
    names = {"session": ("", "keynote", "lunch")}
    return Ledger(np.concatenate(rows), np.zeros(0, TIE), names)


CALM, LOW = [0, 20] * 20, [-40, -60] * 20


def test_an_hour_is_held_against_the_events_own_hours_before():
    found = course(a_ledger((NINE, CALM, {}), (TEN, LOW, {}), (ELEVEN, CALM, {})))

    assert [one.begins for one in found.hours] == [NINE, TEN, ELEVEN]
    assert [one.movement.direction for one in found.hours] == ["too few", "lower", "higher"]
    assert found.hours[1].movement.change == pytest.approx(-0.6)
    assert found.latest.begins == ELEVEN


def test_much_the_same_is_neither_lower_nor_higher():
    found = course(a_ledger((NINE, CALM, {}), (TEN, CALM, {})))

    assert found.latest.movement.direction == "the same"


def test_posts_that_were_not_scored_are_counted_and_say_nothing():
    found = course(a_ledger((NINE, CALM, {}), (TEN, [*LOW, *[UNSCORED] * 36], {})))

    assert (found.latest.movement.scored, found.latest.movement.posts) == (40, 76)
    assert found.latest.movement.change == pytest.approx(-0.6)


def test_of_a_few_posts_nothing_is_said():
    found = course(a_ledger((NINE, CALM, {}), (TEN, LOW[:19], {})))

    assert found.hours[1].movement.direction == "too few"
    assert found.latest is None


@pytest.mark.parametrize(
    "columns",
    [
        {"status": STATUSES.index(Status.WITHDRAWN)},
        {"status": STATUSES.index(Status.GROUPED)},
        {"status": STATUSES.index(Status.REJECTED), "flags": BY_RULE},
        {"status": VOID},
    ],
)
def test_what_was_taken_back_and_what_a_rule_refused_do_not_count(columns):
    assert len(course(a_ledger((NINE, CALM, {}), (TEN, LOW, columns))).hours) == 1


def test_what_a_moderator_rejected_counts():
    found = course(a_ledger((NINE, CALM, {}), (TEN, LOW, {"status": STATUSES.index(Status.REJECTED)})))

    assert found.latest.movement.direction == "lower"


def test_a_session_is_held_against_the_rest_of_the_event():
    found = by_session(a_ledger((NINE, CALM, {"session": 1}), (TEN, LOW, {"session": 2}), (TEN, CALM, {})))

    assert {name: one.direction for name, one in found.items()} == {"keynote": "higher", "lunch": "lower"}


def test_an_empty_ledger_has_no_course():
    assert course(a_ledger((NINE, [], {}))).hours == ()
    assert by_session(a_ledger((NINE, [], {}))) == {}

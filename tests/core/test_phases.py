from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import NOW
from wall.core.event import Event
from wall.core.phases import spans
from wall.core.programme import Programme, Session

EVENT = Event(slug="pycon", title="PyCon", hashtags=("PyConEx",), keys=("pyconex",), timezone="Europe/Berlin")


def seconds(*moment):
    return int(datetime(*moment, tzinfo=UTC).timestamp())


def test_of_an_event_without_times_nobody_knows_when_it_was():
    assert spans(EVENT, Programme()) == {}


@pytest.mark.parametrize(("ends", "last"), [(date(2026, 6, 14), 14), (None, 12)])
def test_the_days_of_an_event_are_whole_days_of_its_venue(ends, last):
    found = spans(replace(EVENT, starts=date(2026, 6, 12), ends=ends), Programme())

    begins, over = seconds(2026, 6, 11, 22), seconds(2026, 6, last, 22)
    assert found == {"before": (None, begins), "during": (begins, over), "after": (over, None)}


def test_a_programme_says_it_more_exactly_also_where_its_last_session_has_no_end():
    sessions = (
        Session(id="a", title="A", starts=NOW),
        Session(id="b", title="B", starts=NOW + timedelta(hours=3)),
    )

    found = spans(replace(EVENT, starts=date(2026, 6, 12)), Programme(sessions=sessions))

    assert found["during"] == (int(NOW.timestamp()), int(NOW.timestamp()) + 4 * 3_600)

from datetime import timedelta

import pytest

from tests.sources.fediverse import status
from tests.sources.world import NOW
from wall.core.post import SourceRef
from wall.sources.mastodon_reading import Reading

SOURCE = SourceRef(id="one", kind="mastodon")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def reading():
    return Reading(SOURCE)


def told(events):
    return [event.post.reposts for event in events]


def passed_on(reading, reposts, *, minutes):
    return told(reading.take("s.example", status(1, reblogs_count=reposts), NOW + minutes * MINUTE))


def test_a_post_is_told_again_when_it_was_passed_on_more_often(reading):
    assert passed_on(reading, 0, minutes=0) == [0]
    assert passed_on(reading, 3, minutes=1) == [3]


@pytest.mark.parametrize(
    ("reposts", "minutes"),
    [(50, 2), (49, 2), (54, 2), (80, 0.5)],
    ids=["the same", "fewer", "hardly more", "within a minute"],
)
def test_a_count_is_told_now_and_then_only(reading, reposts, minutes):
    passed_on(reading, 50, minutes=0)

    assert passed_on(reading, reposts, minutes=minutes) == []


def test_a_single_repost_is_not_told(reading):
    passed_on(reading, 0, minutes=0)

    assert passed_on(reading, 1, minutes=2) == []
    assert passed_on(reading, 2, minutes=2) == [2]


def test_a_server_that_heard_of_fewer_reposts_tells_nothing(reading):
    passed_on(reading, 50, minutes=0)
    other = status(1, id="other", reblogs_count=3)

    assert reading.take("other.example", other, NOW + 2 * MINUTE) == []

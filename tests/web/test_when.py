from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.web.when import ago, clock, until


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "just now"),
        (9, "just now"),
        (10, "10 seconds ago"),
        (60, "1 minute ago"),
        (3599, "59 minutes ago"),
        (7200, "2 hours ago"),
        (86_400, "1 day ago"),
        (-30, "just now"),
    ],
)
def test_the_past_is_told_in_its_largest_unit(seconds, words):
    assert ago(NOW - timedelta(seconds=seconds), NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(40, "in 40 seconds"), (600, "in 10 minutes"), (0, "now"), (-5, "now")]
)
def test_the_future_is_told_until_it_is_due(seconds, words):
    assert until(NOW + timedelta(seconds=seconds), NOW) == words


def test_a_clock_shows_the_time_of_the_venue():
    assert clock(NOW, NOW, "Europe/Berlin") == "11:30"


def test_another_day_is_named():
    assert clock(NOW - timedelta(days=1), NOW, "UTC") == "11 June, 09:30"

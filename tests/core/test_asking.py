from datetime import timedelta

import pytest

from tests.cast import NOW
from wall.core.asking import next_asking


def after(minutes):
    return None if minutes is None else NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("asked", "then"),
    [(None, 2), (1, 2), (2, 5), (4, 5), (7, 15), (16, 45), (50, 120), (120, None), (500, None), (-9, 2)],
)
def test_it_is_asked_ever_more_seldom_and_then_no_more(asked, then):
    assert next_asking(NOW, after(asked)) == after(then)

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.shares import share

LOADS = st.dictionaries(st.text(max_size=4), st.integers(0, 50), min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("loads", "total", "shares"),
    [
        ({"a": 0}, 5, [5]),
        ({"a": 6, "b": 0}, 6, [3, 3]),
        ({"a": 5, "b": 0}, 5, [3, 2]),
        ({"a": 2, "b": 3}, 5, [2, 3]),
        ({"a": 2, "b": 2, "c": 0}, 4, [2, 1, 1]),
        ({"a": 1, "b": 1, "c": 1}, 1, [1, 0, 0]),
        ({"a": 0, "b": 0}, 0, [0, 0]),
    ],
)
def test_each_worker_has_its_share_and_what_does_not_divide_stays_where_it_is(loads, total, shares):
    assert [share(name, loads, total) for name in loads] == shares


@given(LOADS, st.integers(0, 200))
def test_together_they_follow_everything_once_and_evenly(loads, total):
    shares = [share(name, loads, total) for name in loads]

    assert sum(shares) == total
    assert max(shares) - min(shares) <= 1


@given(LOADS, st.integers(0, 200))
def test_once_everybody_has_a_share_nothing_moves(loads, total):
    settled = {name: share(name, loads, total) for name in loads}

    assert {name: share(name, settled, total) for name in settled} == settled

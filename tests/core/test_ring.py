from hypothesis import given
from hypothesis import strategies as st

from wall.core.ring import Ring


def test_a_reader_gets_what_came_after_its_offset():
    ring = Ring(3, tip=10)
    for value in "abcd":
        ring.append(value)

    assert ring.tip == 14
    assert ring.after(12) == ["c", "d"]
    assert ring.after(14) == []


def test_a_reader_too_far_behind_or_ahead_gets_nothing_to_go_on():
    ring = Ring(3, tip=10)
    for value in "abcd":
        ring.append(value)

    assert ring.after(10) is None
    assert ring.after(15) is None
    assert ring.after(11) == ["b", "c", "d"]


def test_values_can_be_revised_in_place():
    ring = Ring(3)
    for value in "abcd":
        ring.append(value)

    ring.revise(str.upper)

    assert list(ring) == ["B", "C", "D"]
    assert ring.after(3) == ["D"]


@given(st.integers(1, 20), st.integers(0, 50), st.integers(0, 60))
def test_what_is_owed_is_always_the_consecutive_rest(size, appended, offset):
    ring = Ring(size)
    for number in range(1, appended + 1):
        ring.append(number)

    owed = ring.after(offset)

    reachable = max(0, appended - size) <= offset <= appended
    assert owed == (list(range(offset + 1, appended + 1)) if reachable else None)

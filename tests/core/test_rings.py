import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from wall.core.rings import closed_rings, parts

SIZE = 8
EDGES = st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1)), max_size=24)


def arrays(edges):
    table = np.array(edges, dtype=np.int64).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def reaching(edges):
    """Return who reaches whom, by trying every way."""
    reach = np.eye(SIZE, dtype=bool)
    for actor, author in edges:
        reach[actor, author] = True
    for middle in range(SIZE):
        reach |= np.outer(reach[:, middle], reach[middle])
    return reach


@given(EDGES)
def test_parts_are_those_who_reach_each_other(edges):
    reach = reaching(edges)

    part = parts(*arrays(edges), SIZE)

    assert ((part[:, None] == part[None, :]) == (reach & reach.T)).all()


def test_people_whom_nobody_outside_takes_up_are_a_ring():
    event, ring = [(0, 1), (1, 2), (2, 0)], [(4, 5), (5, 4)]

    found = closed_rings(*arrays([*event, *ring, (5, 0)]), SIZE)

    assert found[4] == found[5] >= 0
    assert set(found[[0, 1, 2, 3, 6, 7]]) == {-1}


def test_a_ring_that_somebody_else_takes_up_is_none():
    event, pair = [(0, 1), (1, 2), (2, 0)], [(4, 5), (5, 4)]

    assert set(closed_rings(*arrays([*event, *pair, (0, 4)]), SIZE)) == {-1}


def test_the_event_itself_is_no_ring():
    assert set(closed_rings(*arrays([(0, 1), (1, 2), (2, 0)]), SIZE)) == {-1}

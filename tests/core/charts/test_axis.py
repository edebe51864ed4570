from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wall.core.charts.axis import Label, rows, spaced, steps
from wall.core.charts.drawing import extent


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (4, [0, 1, 2, 3, 4]),
        (7, [0, 2, 4, 6, 8]),
        (104, [0, 25, 50, 75, 100, 125]),
        (1_000, [0, 200, 400, 600, 800, 1_000]),
        (2_160, [0, 500, 1_000, 1_500, 2_000, 2_500]),
    ],
)
def test_an_axis_has_a_few_round_steps(most, values):
    assert steps(most) == values


@given(st.integers(0, 10**9))
def test_an_axis_reaches_as_far_as_it_must_and_not_much_further(most):
    values = steps(most)

    assert values[-1] >= most > values[-2] or most == 0
    assert 2 <= len(values) <= 7


@given(st.integers(1, 400), st.integers(100, 900))
def test_labels_never_stand_on_one_another_nor_beyond_the_edge(many, width):
    labels = [Label(width * (place + 0.5) / many, f"{place % 24:02}", place % 24) for place in range(many)]

    found = spaced(labels, width)

    ends = [(one.at - extent(one.words) / 2, one.at + extent(one.words) / 2) for one in found]
    assert found
    assert all(start >= 0 and end <= width for start, end in ends)
    assert all(end < start for (_, end), (start, _) in pairwise(ends))


def test_where_not_every_hour_has_room_those_at_even_steps_are_named():
    labels = [Label(10 * place + 30, f"{place % 24:02}", place % 24) for place in range(48)]

    assert [one.words for one in spaced(labels, 600)][:4] == ["00", "03", "06", "09"]


def test_names_of_marks_stand_in_rows_of_which_the_highest_is_first_and_what_fits_nowhere_is_left_out():
    marks = [(0.0, "Bridges"), (10.0, "Boats"), (20.0, "Rafts"), (30.0, "Planks"), (290.0, "Beyond the edge")]

    assert [(words, row) for _at, row, words in rows(marks, 0, 300, 3)] == [
        ("Bridges", 2),
        ("Boats", 1),
        ("Rafts", 0),
    ]

import re
from itertools import combinations

import pytest

from wall.core.charts import About, Size
from wall.core.charts.drawing import extent
from wall.core.charts.network import Dot, Tie, legend, network

ABOUT = About(title="Who talked with whom", number=str)
SIZE = Size(1000, 680)


def crowd(many):
    return [Dot(f"Person {one}", one * 0.37 % 1, one * 0.61 % 1, people=one, group=one % 9) for one in range(many)]


def names(svg):
    found = re.findall(r'<text class="network__name" x="([\d.]+)" y="([\d.]+)"[^>]*>\u2068(.*?)\u2069', svg)
    return [(float(x), float(y), name) for x, y, name in found]


def test_names_never_stand_on_one_another_nor_beyond_the_edge():
    found = names(network(ABOUT, crowd(150), [], size=SIZE))

    boxes = [(x - extent(name) / 2, x + extent(name) / 2, y - 13, y + 4) for x, y, name in found]
    assert len(boxes) > 5
    assert all(left >= 0 and right <= 1000 for left, right, _top, _foot in boxes)
    for one, other in combinations(boxes, 2):
        assert one[1] <= other[0] or other[1] <= one[0] or one[3] <= other[2] or other[3] <= one[2]


def test_whom_most_took_up_is_drawn_largest_and_named():
    svg = network(ABOUT, crowd(30), [], size=SIZE)

    assert "Person 29" in [name for _x, _y, name in names(svg)]
    radii = [float(one) for one in re.findall(r'<circle [^>]*r="([\d.]+)"', svg)]
    assert max(radii) > 3 * min(radii)


def test_groups_have_signs_of_their_own_and_the_smaller_ones_one_together():
    signs = [legend(group) for group in range(9)]

    assert len(set(signs)) == 7
    assert signs[6] == signs[7] == signs[8]


def test_people_and_strands_carry_the_numbers_that_scripts_find_them_by():
    svg = network(ABOUT, crowd(3), [Tie(0, 2, 4.0)], size=SIZE)

    assert 'data-ends="0 2"' in svg
    assert [f'data-person="{one}"' in svg for one in range(3)] == [True] * 3


def test_a_name_is_no_markup():
    svg = network(ABOUT, [Dot("<script>&\ud800", 0.5, 0.5, 1, 0, "<b>")], [], size=SIZE)

    assert "<script>" not in svg
    assert "<b>" not in svg
    assert "\ud800" not in svg


@pytest.mark.parametrize("many", [1, 2])
def test_a_few_are_drawn_too(many):
    assert network(ABOUT, crowd(many), [], size=SIZE).count("data-person") == many

"""What each kind of chart draws, of much, of little and of nothing."""

import re
from xml.etree import ElementTree

import pytest

from wall.core.charts import NARROW, WIDE, About, Bar, Mark, Point, Rank, bars, heat, line, ranked
from wall.core.charts.heat import legend, shade

ABOUT = About(title="Posts")


def titles(svg):
    return [one.text for one in ElementTree.fromstring(svg).iter("{http://www.w3.org/2000/svg}title")][1:]


def of_kind(svg, kind):
    found = ElementTree.fromstring(svg).iter()
    return [one for one in found if kind in (one.get("class") or "").split()]


def a_bar(place, *values):
    return Bar(name=f"Hour {place}", label=f"{place:02}", values=values, turn=place, group="12 June")


@pytest.mark.parametrize("size", [WIDE, NARROW])
@pytest.mark.parametrize("many", [0, 1, 24, 400])
def test_bars_lines_and_rankings_are_drawn_of_any_number_of_things(many, size):
    drawn = (
        bars(ABOUT, [a_bar(place % 24, place) for place in range(many)], size=size),
        line(ABOUT, [Point(name="x", label="1", value=place, turn=place) for place in range(many)], size=size),
        ranked(ABOUT, [Rank(f"n{place}", place) for place in range(many)], size=size),
    )

    assert [ElementTree.fromstring(one).get("class") for one in drawn] == ["chart"] * 3
    numbers = [float(number) for number in re.findall(r'(?:height|width|y)="([^"]+)"', "".join(drawn))]
    assert min(numbers) >= 0


def test_each_bar_says_what_it_is_and_how_much():
    svg = bars(About(title="Posts", number=lambda number: f"{number:,}"), [a_bar(9, 1_200), a_bar(10, 0)])

    assert titles(svg) == ["Hour 9: 1,200"]


def test_parts_of_a_bar_stand_on_one_another_and_are_named():
    svg = bars(ABOUT, [a_bar(9, 30, 10)], kinds=["On the wall", "Refused"])

    low, high = [one for one in of_kind(svg, "chart__bar") if one.find("*") is not None]
    assert float(high.get("y")) + float(high.get("height")) == pytest.approx(float(low.get("y")), abs=0.1)
    assert titles(svg) == ["Hour 9: On the wall, 30", "Hour 9: Refused, 10"]
    assert "On the wall" in svg.replace("<title>", "")


def test_where_a_session_began_is_a_rule_with_its_name():
    svg = bars(ABOUT, [a_bar(place, 1) for place in range(8)], marks=[Mark(2.5, "Bridges")])

    assert "Bridges" in titles(svg)
    assert len(of_kind(svg, "chart__mark")) == 2


def test_a_heat_map_has_every_cell_and_a_key_of_what_its_shades_stand_for():
    svg = heat(ABOUT, ["Mon", "Tue"], ["00", "01"], {(0, 1): 10})

    assert titles(svg) == ["Mon 00: 0", "Mon 01: 10", "Tue 00: 0", "Tue 01: 0"]
    assert len(of_kind(svg, "chart__cell--5")) == 2


@pytest.mark.parametrize("most", [0, 1, 3, 5, 104, 10_001])
def test_every_number_has_the_shade_under_which_the_key_names_it(most):
    shades = {shade for shade, _words in legend(most, ABOUT)}

    assert {shade(number, most) for number in range(most + 1)} == shades

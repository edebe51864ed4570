"""The drawings of the benchmarks: where lines and their names go."""

from itertools import pairwise
from xml.etree import ElementTree

from bench.drawing import NAME_HEIGHT, Line, Panel, Scale, apart, chart, short

SVG = "{http://www.w3.org/2000/svg}"


def line(name, *values):
    return Line(name, list(zip((1000, 5000, 10000), values, strict=False)))


def drawn(*lines):
    panel = Panel("Time", "times the floor", " ×", lines)
    return ElementTree.fromstring(chart([panel], axis="viewers", note="a machine", words="Time by viewers"))


def test_a_chart_names_every_line_and_the_machine_and_says_what_it_shows():
    svg = drawn(line("ours", 1, 1, 1), line("a <peer> & co", 2, 2, 3))

    words = [text.text for text in svg.iter(f"{SVG}text")]
    assert {"ours", "a <peer> & co", "a machine", "viewers"} <= set(words)
    assert svg.find(f"{SVG}title").text == "Time by viewers"


def test_a_line_that_ends_early_is_named_at_its_end():
    svg = drawn(line("ours", 1, 1, 1), line("slow", 30, 40))

    (name,) = [text for text in svg.iter(f"{SVG}text") if text.text == "40.0 slow"]
    assert "inside" in name.get("class")


def test_names_of_lines_that_end_together_stand_apart_in_the_order_of_the_lines():
    lines = [line("a", 1, 1, 1.0), line("b", 1, 1, 1.01), line("c", 1, 1, 1.02), line("d", 1, 1, 30)]

    placed = apart(lines, Scale.around([1, 30], most=10000))

    assert [one.name for one, _ in placed] == ["d", "c", "b", "a"]
    heights = [height for _, height in placed]
    assert all(later - earlier >= NAME_HEIGHT - 1e-9 for earlier, later in pairwise(heights))


def test_a_name_with_room_stands_at_the_end_of_its_line():
    scale = Scale.around([1, 30], most=10000)

    placed = {one.name: height for one, height in apart([line("a", 1, 1, 1), line("d", 1, 1, 30)], scale)}

    assert placed == {"a": scale.y(1), "d": scale.y(30)}


def test_the_largest_value_is_highest_and_the_last_number_rightmost():
    scale = Scale.around([0.2, 30], most=10000)

    assert scale.y(30) < scale.y(1) < scale.y(0.2)
    assert scale.x(1000) < scale.x(5000) < scale.x(10000)


def test_values_are_shown_with_about_three_digits():
    assert [short(value) for value in (0.187, 1.118, 37.85, 5012.4)] == ["0.19", "1.12", "37.9", "5,012"]

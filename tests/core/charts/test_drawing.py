from xml.etree import ElementTree

import pytest

from wall.core.charts import NARROW, WIDE, About, Bar, Rank, bars, ranked
from wall.core.charts.drawing import Drawing, extent, sayable, wrapped

SVG = "{http://www.w3.org/2000/svg}"
NASTY = "</svg><script>\u202e\x00\ud800 & \"'"


def test_a_chart_says_its_title_and_what_somebody_hears_who_does_not_see_it():
    svg = ElementTree.fromstring(ranked(About(title="Networks", description="As below"), [Rank("Nostr", 3)]))

    assert (svg.get("role"), svg.find(f"{SVG}title").text, svg.find(f"{SVG}desc").text) == (
        "img",
        "Networks",
        "As below",
    )


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_whatever_something_is_called_the_drawing_is_whole(size):
    found = ranked(About(title=NASTY, description=NASTY), [Rank(NASTY, 3)], size=size)
    found += bars(About(title=NASTY), [Bar(name=NASTY, label=NASTY, values=(1,), group=NASTY)], kinds=[NASTY])

    ElementTree.fromstring(f"<all>{found}</all>")
    assert "\u202e" not in found


def test_who_reads_from_right_to_left_has_the_bars_begin_there():
    drawing = Drawing(About(title="", right_to_left=True), 100, 10)

    drawing.rect(0, 0, 30, 10, "bar")
    drawing.text(0, 5, "one", "name")

    assert 'x="70"' in drawing.parts[0]
    assert 'x="100"' in drawing.parts[1]
    assert 'direction="rtl"' in drawing.svg()


def test_a_long_name_takes_lines_that_fit_and_the_last_says_when_more_is_missing():
    name = "https://talks.example/" + "x" * 500

    lines = wrapped(name, 200, 3)

    assert len(lines) == 3
    assert all(extent(line) <= 200 for line in lines)
    assert lines[-1].endswith("…")
    assert wrapped("Bridges of paper", 80, 3) == ["Bridges of", "paper"]
    assert wrapped("", 80, 3) == []


@pytest.mark.parametrize(
    ("words", "said"), [("a\nb\tc", "a b c"), ("a\u202eb\u2069", "ab"), ("\ud800x", "x"), ("محمد", "محمد")]
)
def test_words_stay_on_one_line_and_turn_nothing_around_them(words, said):
    assert sayable(words) == said

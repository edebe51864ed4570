"""Bars over time: one each, or several kinds of things in one bar, with marks where something began."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wall.core.charts.axis import Label, rows, spaced, steps, value_axis
from wall.core.charts.drawing import GAP, LINE, WIDE, About, Drawing, Size, extent

MARK_ROWS = 3
LEAST_SPACE = 0.5
WIDEST = 64
SWATCH = TICK = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar: its values from the bottom up, what stands below it, and what it is called in full.

    `turn` is its number in a row that labels count by, such as the hour of the day; `group` is said once below those
    that have the same, such as the day.
    """

    name: str
    label: str
    values: tuple[int, ...]
    turn: int = 0
    group: str = ""

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class Mark:
    """Something that began at a place between bars, counted in bars: 2.5 is in the midst of the third."""

    at: float
    name: str


def bars(
    about: About,
    found: Sequence[Bar],
    *,
    kinds: Sequence[str] = (),
    marks: Sequence[Mark] = (),
    size: Size = WIDE,
) -> str:
    """Return bars over time as SVG; `kinds` names what the parts of a bar are."""
    legend = legend_rows(kinds, size.width)
    marked = LINE * MARK_ROWS + GAP if marks else GAP
    top = LINE * len(legend) + marked
    grouped = any(bar.group for bar in found)
    drawing = Drawing(about, size.width, top + size.plot + LINE * (2 if grouped else 1) + GAP)
    draw_legend(drawing, legend)
    values = steps(max((bar.total for bar in found), default=0))
    gutter = value_axis(drawing, values, top, size.plot)
    each = (size.width - gutter) / max(1, len(found))
    draw_marks(drawing, marks, gutter, each, top, size.plot)
    for place, bar in enumerate(found):
        draw_bar(drawing, bar, kinds, gutter + each * place, each, top + size.plot, size.plot / values[-1])
    draw_labels(drawing, found, gutter, each, top + size.plot)
    return drawing.svg()


def draw_bar(
    drawing: Drawing, bar: Bar, kinds: Sequence[str], x: float, each: float, foot: float, unit: float
) -> None:
    width = min(WIDEST, max(LEAST_SPACE, each - max(LEAST_SPACE, min(3, each * 0.18))))
    start = x + (each - width) / 2
    for kind, value in enumerate(bar.values):
        if not value:
            continue
        what = f"{kinds[kind]}, {drawing.about.number(value)}" if kinds else drawing.about.number(value)
        height = max(1, value * unit)
        foot -= height
        drawing.rect(start, foot, width, height, f"chart__bar chart__bar--{kind + 1}", title=f"{bar.name}: {what}")


def draw_labels(drawing: Drawing, found: Sequence[Bar], gutter: float, each: float, foot: float) -> None:
    middles = [gutter + each * (place + 0.5) for place in range(len(found))]
    labels = [Label(at, bar.label, bar.turn) for at, bar in zip(middles, found, strict=True)]
    for label in spaced(labels, drawing.width):
        drawing.text(label.at, foot + LINE - 2, label.words, "chart__label", anchor="middle")
    begun = [0, *(place for place, (one, other) in enumerate(pairwise(found), 1) if one.group != other.group)]
    groups = [(gutter + each * place, found[place].group) for place in begun if found and found[place].group]
    for at, _row, words in rows(groups, gutter, drawing.width, 1):
        drawing.text(at, foot + 2 * LINE, words, "chart__label chart__label--group")


def draw_marks(
    drawing: Drawing, marks: Sequence[Mark], gutter: float, each: float, top: float, plot: float
) -> None:
    """Draw a rule where something began, and its name above where all of it fits; the table has every name."""
    placed = [(gutter + each * mark.at, mark.name) for mark in marks]
    for at, name in placed:
        drawing.rule(at, top - GAP / 2, at, top + plot, "chart__mark", title=name)
    for at, row, words in rows(placed, gutter, drawing.width, MARK_ROWS):
        y = top - GAP - LINE * row
        drawing.rule(at, y - TICK, at, top - GAP / 2, "chart__mark")
        drawing.text(at + 4, y, words, "chart__name")


def legend_rows(kinds: Sequence[str], width: float) -> list[list[tuple[float, int, str]]]:
    """Return the rows of a legend: where each kind stands in its row, which it is, and what it is called."""
    found: list[list[tuple[float, int, str]]] = []
    x = 0.0
    for kind, name in enumerate(kinds, 1):
        room = SWATCH + GAP + extent(name)
        if not found or x + room > width:
            found.append([])
            x = 0.0
        found[-1].append((x, kind, name))
        x += room + 2 * GAP
    return found


def draw_legend(drawing: Drawing, legend: list[list[tuple[float, int, str]]]) -> None:
    for row, parts in enumerate(legend):
        for x, kind, name in parts:
            drawing.rect(x, LINE * row + 2, SWATCH, SWATCH, f"chart__bar chart__bar--{kind}")
            drawing.text(x + SWATCH + GAP / 2, LINE * row + SWATCH + 1, name, "chart__name")

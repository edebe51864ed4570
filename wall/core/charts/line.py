"""A line over time."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.core.charts.axis import Label, rows, spaced, steps, value_axis
from wall.core.charts.drawing import GAP, LINE, WIDE, About, Drawing, Size

MOST_DOTS = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A value at one of the even steps of a line; `label`, `turn` and `group` are as those of a bar."""

    name: str
    label: str
    value: int
    turn: int = 0
    group: str = ""


def line(about: About, points: Sequence[Point], *, size: Size = WIDE) -> str:
    """Return a line over time as SVG; of a single point, a dot."""
    grouped = any(point.group for point in points)
    drawing = Drawing(about, size.width, GAP + size.plot + LINE * (2 if grouped else 1) + GAP)
    values = steps(max((point.value for point in points), default=0))
    gutter = value_axis(drawing, values, GAP, size.plot)
    each = (size.width - gutter) / max(1, len(points))
    foot = GAP + size.plot
    places = [
        (gutter + each * (place + 0.5), foot - size.plot * point.value / values[-1])
        for place, point in enumerate(points)
    ]
    drawing.path(places, "chart__line")
    if len(points) <= MOST_DOTS:
        for (x, y), point in zip(places, points, strict=True):
            title = f"{point.name}: {about.number(point.value)}"
            drawing.dot(x, y, 3, "chart__dot", title=title)
    labels = [Label(x, point.label, point.turn) for (x, _), point in zip(places, points, strict=True)]
    for label in spaced(labels, size.width):
        drawing.text(label.at, foot + LINE - 2, label.words, "chart__label", anchor="middle")
    begun = [
        (gutter + each * place, point.group)
        for place, point in enumerate(points)
        if point.group and (not place or points[place - 1].group != point.group)
    ]
    for at, _row, words in rows(begun, gutter, size.width, 1):
        drawing.text(at, foot + 2 * LINE, words, "chart__label chart__label--group")
    return drawing.svg()

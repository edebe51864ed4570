"""Ranked bars: names one below the other, each over a bar as long as its number is high."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.core.charts.drawing import GAP, LINE, WIDE, About, Drawing, Size, extent, wrapped

BAR = 8
SPACE = 16
MOST_LINES = 3


@dataclass(frozen=True, slots=True)
class Rank:
    """A name with its number, and what is said of that number if it is not just itself."""

    name: str
    value: int
    said: str = ""


def ranked(about: About, found: Sequence[Rank], *, size: Size = WIDE) -> str:
    """Return ranked bars as SVG, in the order they are given in. A long name takes two lines, or three."""
    said = [rank.said or about.number(rank.value) for rank in found]
    column = max(map(extent, said), default=0)
    room = size.width - column - 2 * GAP
    names = [wrapped(rank.name, room, MOST_LINES) for rank in found]
    drawing = Drawing(about, size.width, sum(LINE * len(name) + BAR + SPACE for name in names) or LINE)
    most = max((rank.value for rank in found), default=1) or 1
    y = 0.0
    for rank, name, number in zip(found, names, said, strict=True):
        for row, line in enumerate(name, 1):
            drawing.text(0, y + LINE * row - 4, line, "chart__name")
        drawing.text(size.width, y + LINE - 4, number, "chart__value", anchor="end")
        y += LINE * len(name)
        drawing.rect(0, y, size.width, BAR, "chart__track")
        if rank.value:
            length = max(2, size.width * rank.value / most)
            drawing.rect(0, y, length, BAR, "chart__bar chart__bar--1", title=f"{rank.name}: {number}")
        y += BAR + SPACE
    return drawing.svg()

"""Axes: round steps for values, and labels that never stand on one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from wall.core.charts.drawing import GAP, Drawing, extent

ROUND = (10, 20, 25, 50, 100)
"""Tenths of what a step may be, with as many noughts as it takes."""
EVERY = (1, 2, 3, 4, 6, 7, 12, 14, 24, 28, 48, 96, 168, 336)


def steps(most: float, *, many: int = 5) -> list[int]:
    """Return the values at an axis from 0 up to the first round one that is not below `most`: about so many steps."""
    wanted = max(most, 1) / many
    size = 10 ** max(0, len(str(int(wanted))) - 1)
    step = next(size * one // 10 for one in ROUND if size * one >= 10 * wanted and not size * one % 10)
    return list(range(0, int(-(-max(most, 1) // step)) * step + 1, step))


@dataclass(frozen=True, slots=True)
class Label:
    """Words below a place of an axis. `turn` is its number in the row, so that labels come at even steps: 0, 6, 12."""

    at: float
    words: str
    turn: int


def spaced(labels: Sequence[Label], width: float) -> list[Label]:
    """Return those labels that stand clear of one another: each, or every second, third, fourth …, or none.

    At an edge they are moved inwards, as far as it takes.
    """
    for every in EVERY:
        chosen = [within(label, width) for label in labels if label.turn % every == 0]
        if chosen and all(clear(one, other) for one, other in pairwise(chosen)):
            return chosen
    return [within(label, width) for label in labels[:1]]


def within(label: Label, width: float) -> Label:
    half = extent(label.words) / 2
    return Label(max(half, min(width - half, label.at)), label.words, label.turn)


def clear(one: Label, other: Label) -> bool:
    return other.at - one.at >= (extent(one.words) + extent(other.words)) / 2 + GAP


def rows(
    labels: Sequence[tuple[float, str]], start: float, width: float, most: int
) -> list[tuple[float, int, str]]:
    """Return (place, row, words) of labels that begin at their place, in so many rows at most.

    The highest row comes first, so that what leads down from a name meets no other. What fits in none of them, or not
    before the edge, is left out, for half a name says nothing.
    """
    ends = [start] * most
    found = []
    for at, words in labels:
        room = extent(words)
        free = (row for row in reversed(range(most)) if all(end <= at for end in ends[: row + 1]))
        row = next(free, None)
        if row is not None and at + room <= width:
            ends[row] = at + room + GAP
            found.append((at, row, words))
    return found


def value_axis(drawing: Drawing, values: Sequence[int], top: float, plot: float) -> float:
    """Draw the rules and numbers of a value axis, and return how wide the column of its numbers is."""
    words = [drawing.about.number(value) for value in values]
    gutter = max(map(extent, words)) + GAP
    for value, said in zip(values, words, strict=True):
        y = top + plot * (1 - value / values[-1])
        drawing.rule(gutter, y, drawing.width, y, "chart__rule" if value else "chart__base")
        drawing.text(gutter - GAP, y + 5, said, "chart__label", anchor="end")
    return gutter

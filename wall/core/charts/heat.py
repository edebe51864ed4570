"""A small heat map: rows by columns, the darker the more, with a key that says what each shade stands for."""

from collections.abc import Mapping, Sequence

from wall.core.charts.axis import Label, spaced
from wall.core.charts.drawing import GAP, LINE, WIDE, About, Drawing, Size, extent

SHADES = 5
CELL = 24
SWATCH = 16


def heat(
    about: About,
    rows: Sequence[str],
    columns: Sequence[str],
    found: Mapping[tuple[int, int], int],
    *,
    size: Size = WIDE,
) -> str:
    """Return a heat map as SVG; `found` has a number for (row, column), and none counts as 0."""
    most = max(found.values(), default=0)
    gutter = max(map(extent, rows), default=0) + GAP
    each = (size.width - gutter) / max(1, len(columns))
    foot = CELL * len(rows)
    key = legend(most, about)
    lines = placed(key, size.width)
    drawing = Drawing(about, size.width, foot + LINE + GAP + LINE * (lines[-1][1] + 1 if lines else 0))
    for row, name in enumerate(rows):
        drawing.text(gutter - GAP, CELL * row + CELL / 2 + 5, name, "chart__label", anchor="end")
        for column, head in enumerate(columns):
            number = found.get((row, column), 0)
            title = f"{name} {head}: {about.number(number)}"
            kind = f"chart__cell chart__cell--{shade(number, most)}"
            drawing.rect(gutter + each * column, CELL * row, each - 2, CELL - 2, kind, title=title)
    labels = [Label(gutter + each * (place + 0.5), head, place) for place, head in enumerate(columns)]
    for label in spaced(labels, size.width):
        drawing.text(label.at, foot + LINE - 4, label.words, "chart__label", anchor="middle")
    for (number, words), (x, line) in zip(key, lines, strict=True):
        y = foot + LINE + GAP + LINE * line
        drawing.rect(x, y, SWATCH, SWATCH, f"chart__cell chart__cell--{number}")
        drawing.text(x + SWATCH + GAP / 2, y + SWATCH - 3, words, "chart__name")
    return drawing.svg()


def shade(number: int, most: int) -> int:
    """Return which shade a number has: 0 for none, then fifths of the most there is."""
    return -(-number * SHADES // most) if number else 0


def legend(most: int, about: About) -> list[tuple[int, str]]:
    """Return what each shade stands for: its first and its last number. Shades that no number has are left out."""
    key = [(0, about.number(0))]
    for one in range(1, SHADES + 1):
        first, last = most * (one - 1) // SHADES + 1, most * one // SHADES
        if first <= last:
            words = about.number(last) if first == last else f"{about.number(first)}–{about.number(last)}"
            key.append((one, words))
    return key


def placed(key: Sequence[tuple[int, str]], width: float) -> list[tuple[float, int]]:
    """Return where each part of the key stands: its place in a line, and in which line."""
    x, line, found = 0.0, 0, []
    for _shade, words in key:
        room = SWATCH + GAP + extent(words) + GAP
        if x and x + room > width:
            x, line = 0.0, line + 1
        found.append((x, line))
        x += room
    return found

"""A strip of bars as wide as what stands below it, such as a slider: without an axis of values."""

from collections.abc import Sequence

from wall.core.charts.bars import MARK_ROWS, Bar, Mark, draw_bar, draw_labels, draw_marks
from wall.core.charts.drawing import GAP, LINE, About, Drawing, Size


def strip(about: About, found: Sequence[Bar], *, marks: Sequence[Mark] = (), size: Size) -> str:
    """Return bars over time as SVG, from the very start of its width to the end."""
    top = (LINE * MARK_ROWS if marks else 0) + GAP
    grouped = any(bar.group for bar in found)
    drawing = Drawing(about, size.width, top + size.plot + LINE * (2 if grouped else 1) + GAP)
    each = size.width / max(1, len(found))
    draw_marks(drawing, marks, 0, each, top, size.plot)
    drawing.rule(0, top + size.plot, size.width, top + size.plot, "chart__base")
    highest = max((bar.total for bar in found), default=0) or 1
    for place, bar in enumerate(found):
        draw_bar(drawing, bar, (), each * place, each, top + size.plot, size.plot / highest)
    draw_labels(drawing, found, 0, each, top + size.plot)
    return drawing.svg()

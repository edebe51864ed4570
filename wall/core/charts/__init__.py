"""Charts as SVG, drawn from numbers and words alone: they need no script, no fonts of their own and no other server.

Each is drawn for a width: type keeps its size on a phone because the page shows the drawing that was made for phones.
"""

from wall.core.charts.bars import Bar, Mark, bars
from wall.core.charts.drawing import NARROW, WIDE, About, Size
from wall.core.charts.heat import heat
from wall.core.charts.line import Point, line
from wall.core.charts.ranked import Rank, ranked

__all__ = ["NARROW", "WIDE", "About", "Bar", "Mark", "Point", "Rank", "Size", "bars", "heat", "line", "ranked"]

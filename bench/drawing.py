"""Small line charts as SVG: a few lines over one axis, each named at its end, for a light page and a dark one.

A drawing brings its own ground, so that its words can be read wherever it is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import log10
from statistics import mean

Points = Sequence[tuple[float, float]]

WIDTH, MARGIN_TOP, PANEL_HEIGHT, MARGIN_BOTTOM = 800, 64, 250, 54
LEFT, RIGHT = 64, 548
VALUE_X, NAME_X, NAME_HEIGHT = 622, 632, 19
TICKS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
NEARLY = 0.12  # decades of room above and below the lines

STYLE = """
  svg { --page: #ffffff; --ink: #1c1c1e; --quiet: #5d5d66; --grid: #e4e4e8; --line: #8b8b96; --accent: #c2410c; }
  @media (prefers-color-scheme: dark) {
    svg { --page: #16161a; --ink: #f2f2f4; --quiet: #a6a6b0; --grid: #2f2f37; --line: #83838f; --accent: #fb923c; }
  }
  text { font: 14px system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; fill: var(--quiet);
         font-variant-numeric: tabular-nums; }
  .title { font-size: 17px; font-weight: 600; fill: var(--ink); }
  .line { fill: none; stroke: var(--line); stroke-width: 1.6; stroke-linejoin: round; }
  .dot { fill: var(--line); }
  .thread { fill: none; stroke: var(--line); stroke-opacity: 0.45; }
  .grid { stroke: var(--grid); }
  .axis { stroke: var(--line); }
  .inside { paint-order: stroke; stroke: var(--page); stroke-width: 5px; }
  .note { font-size: 12.5px; }
  .floor.line { stroke: var(--ink); stroke-dasharray: 5 4; }
  .floor.dot, .floor.name { fill: var(--ink); }
  .ours.line { stroke: var(--accent); stroke-width: 3; }
  .ours.dot { fill: var(--accent); }
  .ours.name { fill: var(--accent); font-weight: 600; }
"""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a panel: its name, where it goes, and how it is set off: `ours`, `floor`, or not at all."""

    name: str
    points: Points
    role: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """Lines over the same numbers, on a logarithmic axis; `unit` stands behind its values."""

    title: str
    subtitle: str
    unit: str
    lines: Sequence[Line]


def chart(panels: Sequence[Panel], *, axis: str, note: str, words: str) -> str:
    """Return panels below each other as one SVG; `axis` names the numbers, `note` stands below, `words` replace it all."""
    step = MARGIN_TOP + PANEL_HEIGHT + MARGIN_BOTTOM
    height = step * len(panels) + 38
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img"><title>{escape(words)}</title><style>{STYLE}</style>',
        f'<rect width="{WIDTH}" height="{height}" rx="6" fill="var(--page)"/>',
    ]
    for number, panel in enumerate(panels):
        parts.append(f'<g transform="translate(0 {number * step})">{drawn(panel, axis)}</g>')
    parts.append(text(16, height - 16, note, "note") + "</svg>")
    return "\n".join(parts) + "\n"


def drawn(panel: Panel, axis: str) -> str:
    """Return one panel: title, grid, lines from the quiet ones to ours, and their names."""
    numbers = sorted({x for line in panel.lines for x, _ in line.points})
    scale = Scale.around([y for line in panel.lines for _, y in line.points], most=max(numbers))
    ordered = sorted(panel.lines, key=lambda line: ("", "floor", "ours").index(line.role))
    whole = [line for line in panel.lines if line.points[-1][0] == max(numbers)]
    bottom = MARGIN_TOP + PANEL_HEIGHT
    return "\n".join(
        [
            text(16, 28, panel.title, "title"),
            text(16, 49, panel.subtitle),
            *(rule(scale.y(tick), f"{tick:,g}{panel.unit}") for tick in TICKS if scale.low <= tick <= scale.high),
            f'<line class="axis" x1="{LEFT}" x2="{RIGHT}" y1="{bottom}" y2="{bottom}"/>',
            *(text(scale.x(number), bottom + 20, f"{number:,.0f}", anchor="middle") for number in numbers),
            text((LEFT + RIGHT) / 2, bottom + 41, axis, anchor="middle"),
            *(stroke(line, scale) for line in ordered),
            *(named_inside(line, scale) for line in panel.lines if line not in whole),
            *(named(line, scale, y) for line, y in apart(whole, scale)),
        ]
    )


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a value is drawn: numbers across evenly, values upwards by their logarithm."""

    low: float
    high: float
    most: float

    @classmethod
    def around(cls, values: Sequence[float], *, most: float) -> "Scale":
        room = 10**NEARLY
        return cls(min(values) / room, max(values) * room, most)

    def x(self, number: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * number / self.most, 1)

    def y(self, value: float) -> float:
        share = log10(value / self.low) / log10(self.high / self.low)
        return round(MARGIN_TOP + PANEL_HEIGHT * (1 - share), 1)


def apart(lines: Sequence[Line], scale: Scale) -> list[tuple[Line, float]]:
    """Return each line with the height of its name: beside its end, or as near as names have room among each other."""
    ordered = sorted(lines, key=lambda line: -line.points[-1][1])
    blocks: list[list[float]] = []  # of neighbours: the height at which each would have the block begin
    for line in ordered:
        blocks.append([scale.y(line.points[-1][1])])
        while len(blocks) > 1 and mean(blocks[-2]) + len(blocks[-2]) * NAME_HEIGHT > mean(blocks[-1]):
            last = blocks.pop()
            blocks[-1] += [height - len(blocks[-1]) * NAME_HEIGHT for height in last]
    heights = [mean(block) + place * NAME_HEIGHT for block in blocks for place in range(len(block))]
    return list(zip(ordered, heights, strict=True))


def stroke(line: Line, scale: Scale) -> str:
    places = [(scale.x(number), scale.y(value)) for number, value in line.points]
    path = " ".join(f"{x},{y}" for x, y in places)
    radius = 4 if line.role == "ours" else 2.6
    dots = "".join(f'<circle class="{line.role} dot" cx="{x}" cy="{y}" r="{radius}"/>' for x, y in places)
    return f'<polyline class="{line.role} line" points="{path}"/>{dots}'


def named(line: Line, scale: Scale, height: float) -> str:
    """Return the value and name of a line's end, in columns, with a thread to it."""
    number, value = line.points[-1]
    x, y = scale.x(number), scale.y(value)
    thread = f'<path class="thread" d="M{x + 6} {y} L{VALUE_X - 46} {height:.1f}"/>'
    kind = f"{line.role} name"
    value_shown = text(VALUE_X, height + 5, short(value), kind, anchor="end")
    return thread + value_shown + text(NAME_X, height + 5, line.name, kind)


def named_inside(line: Line, scale: Scale) -> str:
    """Return the value and name of a line that ends before the others, at its end."""
    number, value = line.points[-1]
    words = f"{short(value)} {line.name}"
    return text(scale.x(number) + 10, scale.y(value) + 5, words, f"{line.role} name inside")


def short(value: float) -> str:
    """Return a value with about three digits."""
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f}"


def rule(y: float, words: str) -> str:
    line = f'<line class="grid" x1="{LEFT}" x2="{RIGHT}" y1="{y}" y2="{y}"/>'
    return line + text(LEFT - 8, y + 5, words, anchor="end")


def text(x: float, y: float, words: str, kind: str = "", *, anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'

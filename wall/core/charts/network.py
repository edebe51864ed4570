"""A network of people as SVG: who talks with whom, told apart by colour and shape, the most taken up by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import cos, pi, sin, sqrt

from wall.core.charts.drawing import LINE, About, Drawing, Size, extent, short

GROUPS = 6
"""So many groups are told apart; the smaller ones are drawn as rings alike."""
LEAST, MOST = 4.5, 17.0
"""Radii of those whom fewest and most took up."""
MARGIN = 26
LONGEST_NAME = 22
UNITS_A_NAME = 36
"""One name at most for so many units of width."""
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Dot:
    """Somebody: where they stand, from 0 to 1, how many took them up, and the number of their group from 0 on."""

    name: str
    x: float
    y: float
    people: int
    group: int
    title: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two people who talk, by their places among the dots, and how much of all that can be shown."""

    one: int
    other: int
    weight: float


@dataclass(slots=True)
class Labels:
    """Names that stand clear of one another and of the people drawn largest."""

    width: float
    height: float
    taken: list[Box] = field(default_factory=list)

    def placed(self, x: float, y: float, radius: float, name: str) -> tuple[float, float] | None:
        """Return the middle and the foot of a name, below, above or beside its dot, or None where there is no room."""
        half = extent(name) / 2
        for at, foot in (
            (x, y + radius + 15),
            (x, y - radius - 5),
            (x + radius + 5 + half, y + 5),
            (x - radius - 5 - half, y + 5),
        ):
            box = (at - half - 2, foot - 13, at + half + 2, foot + 4)
            inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height
            if inside and not any(meet(box, other) for other in self.taken):
                self.taken.append(box)
                return at, foot
        return None


def network(about: About, dots: Sequence[Dot], ties: Sequence[Tie], *, size: Size) -> str:
    """Return the network as SVG. Dots are numbered by their places, strands by both, for scripts to find them."""
    drawing = Drawing(about, size.width, size.plot)
    most = max((dot.people for dot in dots), default=0)
    radii = [radius(dot.people, most, size) for dot in dots]
    places = [place(dot, size) for dot in dots]
    for tie in ties:
        draw_tie(drawing, tie, places)
    ranked = sorted(range(len(dots)), key=lambda one: (-dots[one].people, one))
    for one in reversed(ranked):
        draw_dot(drawing, one, dots[one], places[one], radii[one])
    leading = ranked[: size.width // UNITS_A_NAME]
    labels = Labels(size.width, size.plot, [box(places[one], radii[one]) for one in leading])
    for one in leading:
        name = shortened(dots[one].name)
        found = labels.placed(*places[one], radii[one], name) if name else None
        if found:
            drawing.parts.append(f'<g data-name="{one}">')
            drawing.text(*found, name, "network__name", anchor="middle")
            drawing.parts.append("</g>")
    return drawing.svg()


def legend(group: int) -> str:
    """Return the sign of a group alone, as SVG that says nothing."""
    edge = LINE // 2
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="network__sign" viewBox="0 0 {LINE} {LINE}" '
        f'aria-hidden="true"><{sign(group, edge, edge, 7)} class="{kind(group)}"/></svg>'
    )


def draw_tie(drawing: Drawing, tie: Tie, places: Sequence[tuple[float, float]]) -> None:
    (x1, y1), (x2, y2) = places[tie.one], places[tie.other]
    ends = f'x1="{drawing.across(x1)}" y1="{short(y1)}" x2="{drawing.across(x2)}" y2="{short(y2)}"'
    width = short(min(2.5, 0.5 + tie.weight / 8))
    drawing.add(f'line class="network__tie" data-ends="{tie.one} {tie.other}" stroke-width="{width}" {ends}')


def draw_dot(drawing: Drawing, number: int, dot: Dot, at: tuple[float, float], radius: float) -> None:
    x, y = drawing.across(at[0]), short(at[1])
    told = f'class="network__person {kind(dot.group)}" data-person="{number}" data-at="{x} {y}"'
    drawing.add(f"{sign(dot.group, float(x), at[1], radius)} {told}", dot.title)


def kind(group: int) -> str:
    return f"network__group--{group + 1 if group < GROUPS else 'other'}"


def sign(group: int, x: float, y: float, radius: float) -> str:
    """Return the element of a group's shape, without its end: all shapes of a radius cover about as much."""
    if group == 0 or group >= GROUPS:
        return f'circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"'
    corners, turn, reach = SHAPES[group]
    points = " ".join(f"{short(px)},{short(py)}" for px, py in polygon(x, y, radius * reach, corners, turn))
    return f'polygon points="{points}"'


SHAPES = {
    1: (4, pi / 4, 1.25),  # square
    2: (3, -pi / 2, 1.5),  # triangle
    3: (4, 0.0, 1.3),  # diamond
    4: (3, pi / 2, 1.5),  # triangle on its tip
    5: (6, 0.0, 1.12),  # hexagon
}
"""Corners, by how much they are turned, and how far they reach, so that each covers about what a circle does."""


def polygon(x: float, y: float, reach: float, corners: int, turn: float) -> Iterator[tuple[float, float]]:
    for corner in range(corners):
        angle = turn + 2 * pi * corner / corners
        yield x + reach * cos(angle), y + reach * sin(angle)


def place(dot: Dot, size: Size) -> tuple[float, float]:
    return MARGIN + dot.x * (size.width - 2 * MARGIN), MARGIN + dot.y * (size.plot - 2 * MARGIN)


def radius(people: int, most: int, size: Size) -> float:
    largest = MOST if size.width > 500 else MOST * 0.75
    return LEAST + (largest - LEAST) * sqrt(people / most) if most else LEAST


def box(at: tuple[float, float], radius: float) -> Box:
    return at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius


def meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def shortened(name: str) -> str:
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"

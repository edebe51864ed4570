"""Whether the last row can read a screen: two numbers, and what follows from them for its layout.

After DISCAS (ANSI/AVIXA V202.01:2016), basic decision making: small letters are at least a 200th of the distance high.
They are half as high as their type is set, so type in hundredths of the picture's height is at least distance ÷ height.
"""

from dataclasses import dataclass
from math import ceil
from typing import Literal

from wall.core.words import _
from wall.errors import InvalidInput

Layout = Literal["hall", "room", "foyer"]


@dataclass(frozen=True, slots=True)
class Setting:
    """A layout: what it is called, how many posts it shows, and its smallest type in hundredths of the height."""

    name: str
    cards: str
    type_size: float


LAYOUTS: dict[Layout, Setting] = {
    "foyer": Setting(_("Foyer"), _("three posts or more"), 3.0),
    "room": Setting(_("Room"), _("two posts"), 5.0),
    "hall": Setting(_("Hall"), _("one post"), 6.7),
}
"""Every layout, the one with most posts first."""

HEIGHT_METRES = (0.1, 50.0)
DISTANCE_METRES = (0.3, 300.0)
NEARLY = 1e-9  # what a sum of decimals may be off


@dataclass(frozen=True, slots=True)
class Seats:
    """The two numbers, in metres: how high the picture is, and how far away the last row."""

    height: float
    distance: float


def type_size(layout: Layout, *, scale: int = 100) -> float:
    """Return the smallest type of a layout in hundredths of the picture's height; `scale` in percent."""
    return LAYOUTS[layout].type_size * scale / 100


def readable(layout: Layout, seats: Seats, *, scale: int = 100) -> bool:
    """Tell whether the last row can read a layout."""
    return type_size(layout, scale=scale) + NEARLY >= seats.distance / seats.height


def richest(seats: Seats, *, scale: int = 100) -> Layout | None:
    """Return the layout with most posts that the last row can read, or None."""
    return next((layout for layout in LAYOUTS if readable(layout, seats, scale=scale)), None)


def height_for(layout: Layout, distance: float, *, scale: int = 100) -> float:
    """Return how high a picture has to be for a layout, in metres, rounded up to a decimetre."""
    return ceil(distance / type_size(layout, scale=scale) * 10 - NEARLY) / 10


def why_not(layout: Layout, seats: Seats, *, scale: int = 100) -> str:
    """Return why the last row cannot read a layout and what would help, in a sentence or two; "" when it can."""
    if readable(layout, seats, scale=scale):
        return ""
    instead = richest(seats, scale=scale)
    needed = height_for(layout if instead else "hall", seats.distance, scale=scale)
    if instead:
        help = _(
            "Use %(name)s layout or a picture ≥ %(needed)s m high.",
            name=LAYOUTS[instead].name,
            needed=f"{needed:g}",
        )
    elif layout == "hall":
        help = _("Use a picture ≥ %(needed)s m high.", needed=f"{needed:g}")
    else:
        help = _("Use Hall layout and a picture ≥ %(needed)s m high.", needed=f"{needed:g}")
    return _(
        "The last row at %(distance)s m cannot read this. %(help)s", distance=f"{seats.distance:g}", help=help
    )


def choose(layout: Layout | None, seats: Seats | None, *, scale: int = 100) -> Layout | None:
    """Return the layout that a screen takes: the one wanted, or by the rule; None where nothing says which.

    Raises InvalidInput with the sentence when the last row could not read it.
    """
    if seats is None:
        return layout
    chosen = layout or richest(seats, scale=scale) or "hall"
    if words := why_not(chosen, seats, scale=scale):
        raise InvalidInput(words, field="layout")
    return chosen

"""The look of one screen: what its projector, its room and its audience ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

from wall.core.legibility import DISTANCE_METRES, HEIGHT_METRES, Layout, Seats, choose, richest, type_size
from wall.core.theme import ThemeName
from wall.core.words import _
from wall.errors import InvalidInput

Shade = Literal["dark", "light"]
SCALES = (60, 200)
MARGINS = (0, 15)
AUTOMATIC_TYPE = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How one screen is set. `layout` None chooses by the numbers, or by the picture's shape where they are missing.

    `height` and `distance` are metres, `scale` and `margin` percent; `shade` and `theme` None are the event's.
    """

    layout: Layout | None = None
    height: float | None = None
    distance: float | None = None
    shade: Shade | None = None
    theme: ThemeName | None = None
    scale: int = 100
    margin: int = 5

    @property
    def seats(self) -> Seats | None:
        return Seats(self.height, self.distance) if self.height and self.distance else None

    @property
    def chosen(self) -> Layout | None:
        """Which layout is shown; None is by the picture's shape."""
        return self.layout or (richest(self.seats, scale=self.scale) if self.seats else None)

    @property
    def type_size(self) -> float:
        """The smallest type, in hundredths of the picture's height, or of its shorter side without a layout."""
        return type_size(self.chosen, scale=self.scale) if self.chosen else AUTOMATIC_TYPE * self.scale / 100


def parse_look(values: Mapping[str, str]) -> Look:
    """Return a look as filled in; raises InvalidInput naming the field, with the rule's sentence for a layout."""
    look = Look(
        layout=cast(Layout | None, one_of(get_args(Layout), values, "layout")),
        height=metres(values, "height", HEIGHT_METRES),
        distance=metres(values, "distance", DISTANCE_METRES),
        shade=cast(Shade | None, one_of(get_args(Shade), values, "shade")),
        theme=cast(ThemeName | None, one_of(get_args(ThemeName), values, "theme")),
        scale=percent(values, "scale", 100, SCALES),
        margin=percent(values, "margin", 5, MARGINS),
    )
    if (look.height is None) != (look.distance is None):
        missing = "height" if look.height is None else "distance"
        raise InvalidInput(_("The rule needs both numbers; leave both empty to go without it."), field=missing)
    choose(look.layout, look.seats, scale=look.scale)
    return look


def look_values(look: Look) -> dict[str, str]:
    """Return a look as its form is filled in with it."""
    return {
        "layout": look.layout or "",
        "height": f"{look.height:g}" if look.height else "",
        "distance": f"{look.distance:g}" if look.distance else "",
        "shade": look.shade or "",
        "theme": look.theme or "",
        "scale": str(look.scale),
        "margin": str(look.margin),
    }


def one_of(choices: tuple[str, ...], values: Mapping[str, str], field: str) -> str | None:
    value = values.get(field, "").strip()
    if value and value not in choices:
        raise InvalidInput(_("Choose one of: %(choices)s.", choices=", ".join(choices)), field=field)
    return value or None


def metres(values: Mapping[str, str], field: str, limits: tuple[float, float]) -> float | None:
    """Return a length as people write it, such as `2.1`, `2,1` or `2.1 m`; None when nothing was."""
    text = values.get(field, "").strip().lower().removesuffix("m").strip().replace(",", ".")
    if not text:
        return None
    least, most = limits
    plain = len(text) <= 12 and text.isascii() and text.replace(".", "", 1).isdigit()
    if not plain or not least <= float(text) <= most:
        raise InvalidInput(
            _("Metres from %(least)s to %(most)s, such as 2.1.", least=f"{least:g}", most=f"{most:g}"), field=field
        )
    return round(float(text), 2)


def percent(values: Mapping[str, str], field: str, usual: int, limits: tuple[int, int]) -> int:
    text = values.get(field, "").strip().removesuffix("%").strip()
    if not text:
        return usual
    least, most = limits
    if not text.isascii() or not text.isdigit() or not least <= int(text[:6]) <= most:
        raise InvalidInput(_("A whole number from %(least)s to %(most)s.", least=least, most=most), field=field)
    return int(text)

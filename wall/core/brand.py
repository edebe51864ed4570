"""The brand of an event: its theme, and what is its own in it. Nothing in it can make a screen unreadable."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from wall.core.colour import COLOUR, READABLE, contrast, luminance
from wall.core.post import Picture
from wall.core.theme import FONTS, FontName, ThemeName
from wall.core.words import _
from wall.errors import InvalidInput

Plate = Literal["", "light", "dark"]
COLOURS = {
    "ground": _("Ground"),
    "card": _("Cards"),
    "ink": _("Words"),
    "quiet": _("Quiet words"),
    "line": _("Lines"),
}
INKS: tuple[str, ...] = ("ink", "quiet")
GROUNDS: tuple[str, ...] = ("ground", "card")
CORNERS = (0.0, 6.0)
"""How round corners may be, in hundredths of the picture's shorter side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    """What an event's screens look like. `name` is how the theme is called when it is shared.

    `colours` is empty for the theme's own, else has all of COLOURS as `#rrggbb`. `corner` None and `font` None are the
    theme's. `plate` is what the logo stands on, `css` a stylesheet that `core/own_css` has let through.
    """

    name: str = ""
    theme: ThemeName = "poster"
    colours: Mapping[str, str] = field(default_factory=dict)
    font: FontName | None = None
    corner: float | None = None
    css: str = ""
    logo: Picture | None = None
    plate: Plate = ""
    background: Picture | None = None

    @property
    def pictures(self) -> set[str]:
        """The ids of the pictures it shows."""
        return {picture.id for picture in (self.logo, self.background) if picture}


def check_colours(colours: Mapping[str, str]) -> Mapping[str, str]:
    """Return colours of one's own; raises InvalidInput with the sentence where words could not be read on them."""
    if not colours:
        return {}
    checked: dict[str, str] = {}
    for name, words in COLOURS.items():
        colour = str(colours.get(name, "")).strip().lower()
        if not COLOUR.fullmatch(colour):
            raise InvalidInput(
                _("%(words)s: a colour is # and six digits, such as #ffb000.", words=words), field=name
            )
        checked[name] = colour
    if unknown := sorted(colours.keys() - COLOURS.keys()):
        raise InvalidInput(
            _("There is no colour called “%(unknown)s” in a theme.", unknown=unknown[0][:40]), field="colours"
        )
    for ink in INKS:
        for ground in GROUNDS:
            if sentence := too_faint(checked, ink, ground):
                raise InvalidInput(sentence, field=ink)
    return checked


def too_faint(colours: Mapping[str, str], ink: str, ground: str) -> str:
    """Return why one colour cannot be read on another, in a sentence; "" when it can."""
    ratio = contrast(colours[ink], colours[ground])
    if ratio >= READABLE:
        return ""
    dark = luminance(colours[ground]) < luminance("#767676")
    facts = {
        "ink": COLOURS[ink],
        "ground": COLOURS[ground],
        "ratio": f"{ratio:.1f}",
        "readable": f"{READABLE:g}",
    }
    if dark:
        return _(
            "“%(ink)s” on “%(ground)s” has a contrast of %(ratio)s:1; a hall needs %(readable)s:1. "
            "Make “%(ink)s” lighter.",
            **facts,
        )
    return _(
        "“%(ink)s” on “%(ground)s” has a contrast of %(ratio)s:1; a hall needs %(readable)s:1. "
        "Make “%(ink)s” darker.",
        **facts,
    )


def stylesheet(brand: Brand, accent: str, *, background: str = "") -> str:
    """Return the stylesheet of what is a brand's own: words for browsers, from values that were checked.

    `background` is the address of the background picture. Where it is shown, words stand on plain colour above it.
    """
    rules = [f":root, [data-theme] {{ {' '.join(declarations(brand, accent))} }}"]
    if brand.corner is not None:
        rules.append(f".screen {{ --corner: {brand.corner:g}; }}")
    if background and brand.background:
        rules.append(
            f'.screen {{ background: var(--color-ground) url("{background}") center / cover no-repeat; }}'
        )
    return "\n".join((*rules, brand.css, ""))


def declarations(brand: Brand, accent: str) -> Iterator[str]:
    if brand.font:
        yield f'--font-first: "{FONTS[brand.font][1]}";'
    if not brand.colours:
        return
    colours = brand.colours
    dark = luminance(colours["ground"]) < luminance("#767676")
    yield f"color-scheme: {'dark' if dark else 'light'};"
    for name, token in (
        ("ground", "ground"),
        ("card", "card"),
        ("line", "line"),
        ("ink", "ink"),
        ("quiet", "ink-quiet"),
    ):
        yield f"--raw-{token}: {colours[name]};"
    yield f"--raw-well: {colours['card']}; --raw-warn: {colours['ink']};"
    # An accent that cannot be read on these colours as it is gives way to the ink; as a bar it stays.
    read = all(contrast(accent, colours[ground]) >= READABLE for ground in GROUNDS)
    text = accent if read else colours["ink"]
    yield f"--color-accent: {text}; --color-hashtag: {text}; --color-bar: {accent}; --color-hashtag-bar: transparent;"

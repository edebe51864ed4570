"""The themes that come with the wall, and the fonts that are shipped with it."""

from dataclasses import dataclass
from typing import Literal

from wall.core.words import _

ThemeName = Literal["poster", "newspaper", "night", "cards", "contrast"]
FontName = Literal["source-sans", "source-serif", "archivo-narrow", "atkinson"]
Shades = Literal["dark", "light", "both"]


@dataclass(frozen=True, slots=True)
class Theme:
    """A finished theme: what it is called, what it is for, and whether it is dark, light or either."""

    name: str
    about: str
    shades: Shades


THEMES: dict[ThemeName, Theme] = {
    "poster": Theme(_("Poster"), _("Large quiet type on plain cards, pictures to their edges"), "both"),
    "newspaper": Theme(_("Newspaper"), _("A serif on one sheet, stories parted by rules"), "light"),
    "night": Theme(_("Night"), _("Words on the dark itself, dimmed, with much space"), "dark"),
    "cards": Theme(_("Index cards"), _("White cards with a drawn edge on a tinted table, dense"), "light"),
    "contrast": Theme(_("High contrast"), _("Black and white, strong outlines, letters nobody mistakes"), "both"),
}

FONTS: dict[FontName, tuple[str, str]] = {
    "source-sans": ("Source Sans", "Source Sans 3"),
    "source-serif": ("Source Serif", "Source Serif 4"),
    "archivo-narrow": ("Archivo Narrow", "Archivo Narrow"),
    "atkinson": ("Atkinson Hyperlegible", "Atkinson Hyperlegible Next"),
}
"""Every font by its name to read and its name in stylesheets; other scripts have their own beside each."""

"""Colours: whether a text in one can be read on another. After WCAG 2, relative luminance and contrast ratio."""

import re

from wall.core.words import _
from wall.errors import InvalidInput

COLOUR = re.compile(r"#[0-9a-f]{6}")
READABLE = 7.0
"""The contrast that a text needs to be read from the back of a hall (WCAG level AAA)."""


def parse_colour(text: str) -> str:
    """Return a colour `#rrggbb` in small letters; raises InvalidInput."""
    colour = text.strip().lower()
    if not COLOUR.fullmatch(colour):
        raise InvalidInput(_("A colour is # and six digits, such as #ffb000."), field="accent")
    return colour


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours `#rrggbb`, between 1 and 21."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    red, green, blue = (linear(int(colour[start : start + 2], 16) / 255) for start in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

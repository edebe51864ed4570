"""The colours of an event's look for what draws without a browser: out of the stylesheet that a browser is given."""

import re
from collections.abc import Mapping

from wall.core.colour import contrast
from wall.core.theme import FONTS, FontName

TOKENS = {"ground": "ground", "ink": "ink", "quiet": "ink-quiet"}
DECLARED = re.compile(
    r"--raw-([a-z-]+):\s*(?:light-dark\(\s*(#[0-9a-f]{6})\s*,\s*(#[0-9a-f]{6})\s*\)|(#[0-9a-f]{6}))"
)
FIRST_FONT = re.compile(r'--font-first:\s*"([^"]+)"')
LARGE = 4.5
"""The contrast that large type needs (WCAG level AAA)."""
CARD_WIDTH, CARD_HEIGHT = 1200, 630
"""Pixels of the picture of a post, in the shape that those who show links want."""
BLACK, WHITE = "#0d0f12", "#ffffff"


def palette(css: str, own: Mapping[str, str], accent: str, *, dark: bool) -> dict[str, str]:
    """Return the colours of a theme's stylesheet, or an event's own, with its accent and what is read on it.

    `mark` is the accent where that can be read on the ground, else the ink.
    """
    declared = {
        name: plain or (in_dark if dark else in_light) for name, in_light, in_dark, plain in DECLARED.findall(css)
    }
    colours = {name: own.get(name) or declared[token] for name, token in TOKENS.items()}
    read = contrast(accent, colours["ground"]) >= LARGE
    return {
        **colours,
        "accent": accent,
        "mark": accent if read else colours["ink"],
        "on_accent": max(BLACK, WHITE, key=lambda one: contrast(one, accent)),
    }


def first_family(css: str, own: FontName | None) -> str:
    """Return the family that a look sets Latin letters in."""
    if own:
        return FONTS[own][1]
    declared = FIRST_FONT.search(css)
    return declared[1] if declared else FONTS["source-sans"][1]

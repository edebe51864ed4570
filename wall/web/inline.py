"""Stylesheets that come within a page: on a slow line each request is most of a second, and nothing is painted before.

The page's policy allows exactly these bytes by their hash, and no other style within a page.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from functools import cache

from markupsafe import Markup

from wall.assets import folder
from wall.core.event import Event
from wall.web.pages import static
from wall.web.security import PLAYING_POLICY

SHEETS = ("fonts", "tokens", "base", "button", "form", "page", "post", "live", "nav", "following", "reacting")
OF_OURS = re.compile(r'url\("\.\./')
NOTES = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Style:
    """A stylesheet as it stands in a page, and what allows it there."""

    css: Markup
    source: str


def styled(css: str) -> Style:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    return Style(Markup(css), f"'sha256-{digest}'")  # noqa: S704 - our own stylesheet, which closes no element


@cache
def sheet() -> Style:
    """Return all that the live page needs, without remarks; what it names is where it ever was."""
    root = folder("static") / "css"
    css = "\n".join((root / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    css = BLANKS.sub(" ", NOTES.sub("", css)).strip()
    return styled(OF_OURS.sub(f'url("{static("")}', css))


def accent(event: Event) -> Style:
    """Return the accent colour of an event."""
    return styled(f":root {{ --accent: {event.accent}; }}")


def policy(*styles: Style) -> str:
    """Return the policy of a page that has these within it."""
    sources = " ".join(style.source for style in styles)
    return PLAYING_POLICY.replace("style-src 'self'", f"style-src 'self' {sources}")

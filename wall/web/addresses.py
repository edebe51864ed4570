"""Addresses: of this wall as people type them, and where a browser may be sent on to."""

import re

from starlette.requests import Request

from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.state import state

LONGEST_PLACE = 15  # digits

# Browsers read a backslash as a slash and drop tabs and line feeds, so neither may stand in a path we send to.
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,500}")


def address(request: Request, path: str) -> str:
    """Return the whole address of a path here, for links that are copied, printed and scanned."""
    base = state(request)["config"].public_url.rstrip("/")
    return (base or f"{request.url.scheme}://{request.headers['host']}") + path


def own_path(path: str) -> str | None:
    """Return a path that a request asks to be sent on to, or None when it leads anywhere but here."""
    return path if OWN_PATH.fullmatch(path) else None


def parse_place(text: str) -> int:
    """Return the place in a list that a page of older posts begins after; raises InvalidInput."""
    if not text.isascii() or not text.isdigit() or len(text) > LONGEST_PLACE:
        raise InvalidInput(_("That page of older posts does not exist."))
    return int(text)

"""Everything in static/, kept in memory and packed once: a hall that opens the page at once asks for thousands."""

import gzip
import hashlib
import posixpath
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wall.web.linking import link

A_YEAR = "public, max-age=31536000, immutable"
"""Browsers keep them for ever: their addresses change when any of them does."""
TYPES = {
    ".css": "text/css",
    ".js": "text/javascript",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".woff2": "font/woff2",
}
UNPACKABLE = ("font/woff2", "image/png")
AND = "+"
"""Between the names of what is asked for as one: css/tokens+base.css, linked/elements/big-post+screen.js."""
LINKED = "linked/"
"""Before scripts of js/ that come with all they import."""
MOST_JOINED = 100


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is sent. `packed` is empty where packing it gains nothing."""

    body: bytes
    packed: bytes
    headers: dict[str, str]


class StaticFiles:
    """An ASGI application that answers with the files of a folder, each read once.

    Stylesheets of one folder can be asked for as one, and scripts with all they import: so a page needs a few requests,
    and not a hundred.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.assets: dict[str, Asset] = {}
        self.joined: dict[str, Asset] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"allow": "GET, HEAD"})
        asset = self.asset(scope["path"].removeprefix(scope.get("root_path", "")).lstrip("/"))
        asked = Headers(scope=scope)
        if asset.headers["etag"] in asked.get("if-none-match", ""):
            await Response(status_code=304, headers=asset.headers)(scope, receive, send)
            return
        small = bool(asset.packed) and "gzip" in asked.get("accept-encoding", "")
        headers = {**asset.headers, "content-encoding": "gzip"} if small else asset.headers
        await Response(asset.packed if small else asset.body, headers=headers)(scope, receive, send)

    def asset(self, path: str) -> Asset:
        """Return the file at a path below the folder, or what it names together; raises HTTPException (404)."""
        if path.startswith(LINKED) or AND in path:
            return self.together(path)
        if path not in self.assets:
            self.assets[path] = packed(self.file(path).read_bytes(), Path(path).suffix)
        return self.assets[path]

    def together(self, path: str) -> Asset:
        """Return what a path names as one. Pages ask for few such rows; a stranger for any."""
        if path not in self.joined:
            self.joined[path] = self.linked(path) if path.startswith(LINKED) else self.sheets(path)
            if len(self.joined) > MOST_JOINED:
                del self.joined[next(iter(self.joined))]
        return self.joined[path]

    def linked(self, path: str) -> Asset:
        scripts = [f"js/{name}.js" for name in names(path.removeprefix(LINKED), ".js")]
        return packed(link(scripts, lambda one: self.file(one).read_text(encoding="utf-8")).encode(), ".js")

    def sheets(self, path: str) -> Asset:
        folder, _, row = path.rpartition("/")
        sheets = [self.file(posixpath.join(folder, f"{name}.css")).read_bytes() for name in names(row, ".css")]
        return packed(b"\n".join(sheets), ".css")

    def file(self, path: str) -> Path:
        try:
            file = (self.root / path).resolve()
            if file.is_relative_to(self.root) and file.is_file():
                return file
        except (OSError, ValueError):
            pass  # no name that a file could have
        raise HTTPException(404)


def names(row: str, suffix: str) -> list[str]:
    """Return the names that are asked for together; raises HTTPException (404)."""
    found = row.removesuffix(suffix).split(AND)
    if not row.endswith(suffix) or len(set(found)) < len(found):
        raise HTTPException(404)
    return found


def packed(body: bytes, suffix: str) -> Asset:
    """Return what an asset with this suffix is sent as."""
    media_type = TYPES.get(suffix, "text/plain")
    smaller = b"" if media_type in UNPACKABLE else gzip.compress(body, mtime=0)
    headers = {
        "content-type": f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type,
        "cache-control": A_YEAR,
        "etag": f'"{hashlib.sha256(body).hexdigest()[:20]}"',
    }
    if smaller:
        headers["vary"] = "Accept-Encoding"
    return Asset(body, smaller if len(smaller) < len(body) else b"", headers)

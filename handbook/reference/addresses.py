"""Every address of a wall, from the routes and the docstrings of what answers there."""

from collections import defaultdict
from collections.abc import Iterator

from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute

from handbook.reference.table import code, table
from wall.web.routes import routes

PARTS = {
    "/organise": "For organisers",
    "/{slug}/moderate": "For moderators",
    "/{slug}/screen": "For screens",
    "/{slug}/overlay": "For overlays",
    "/{slug}/stage": "For the stage view",
    "/{slug}/back-channels": "Private threads",
    "/{slug}/circle": "The circle",
    "/{slug}": "For everybody at an event",
    "/e/{slug}": "Mastodon's API, one event",
    "/api/v": "Mastodon's API, all of the wall",
    "": "The wall as a whole",
}
"""Headings by how an address begins; the first that fits."""
ASSETS = "Styles, scripts, type and pictures of our own pages, by the edition that they are of."


def every_address() -> str:
    parts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for route in routes():
        for methods, path, about in rows(route):
            parts[heading(path)].append((methods, code(path), about))
    head = ("how", "address", "what it does")
    return "".join(f"\n## {part}\n{table(head, parts[part])}" for part in PARTS.values() if parts[part])


def heading(path: str) -> str:
    return next(title for start, title in PARTS.items() if path.startswith(start))


def rows(route: BaseRoute) -> Iterator[tuple[str, str, str]]:
    if isinstance(route, Mount):
        yield (
            "GET",
            f"{route.path}/…",
            ASSETS,
        )
    elif isinstance(route, WebSocketRoute):
        yield "WebSocket", route.path, sentence(route)
    elif isinstance(route, Route):
        yield " ".join(sorted((route.methods or set()) - {"HEAD"})), route.path, sentence(route)


def sentence(route: Route | WebSocketRoute) -> str:
    """Return the first sentence of what answers a route, in whose docstring it stands."""
    return (route.endpoint.__doc__ or "").strip().split("\n")[0]

"""What kind of page a route is, as requests are counted: a dozen kinds, however many routes and events there are."""

NONE = "none"
FIRST = {
    "static": "static",
    "healthz": "health",
    "readyz": "health",
    "metrics": "health",
    "api": "api",
    "e": "api",
    "openapi.json": "api",
    "oembed": "api",
    "organise": "organise",
    "setup": "account",
    "sign-in": "account",
    "sign-out": "account",
    "account": "account",
    "screen": "screen",
}
OF_EVENT = {
    "moderate": "desk",
    "posts": "intake",
    "feeds": "intake",
    "feed": "feed",
    "feed.atom": "feed",
    "feed.json": "feed",
    "stories.atom": "feed",
    "stories.json": "feed",
    "media": "picture",
    "brand": "picture",
    "card.png": "picture",
    "screen": "screen",
    "overlay": "screen",
    "stage": "screen",
    "embed": "screen",
}


def route_class(route: str | None) -> str:
    """Return the kind of a route by its path as it is registered, such as /{slug}/feed; None is no route of ours."""
    if route is None:
        return NONE
    first, *rest = route.strip("/").split("/")
    if first in FIRST:
        return FIRST[first]
    if rest and rest[-1] in ("stream", "stream.sse"):
        return "stream"
    if rest and rest[-1] == "card.png":
        return "picture"
    return OF_EVENT.get(rest[0] if rest else "", "audience")

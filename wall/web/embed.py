"""The wall inside other sites: a page that only the sites an organiser lists may frame, and the element that frames it.

The token stands in the address, since nobody has cookies in a frame of another site; it reads the public feed, no more.
"""

from datetime import timedelta

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from wall.assets import folder
from wall.core.colour import parse_colour
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed
from wall.web import access
from wall.web.live import fragment
from wall.web.screen import stream_url
from wall.web.security import framed_by
from wall.web.state import state

EMBED_POSTS = 20
SEEN_AFTER = timedelta(minutes=5)  # many look at once, and one word of it will do
THEMES = ("dark", "light", "auto")
ELEMENT_HEADERS = {
    "access-control-allow-origin": "*",
    "cache-control": "public, max-age=3600",
    "cross-origin-resource-policy": "cross-origin",
}


async def show(request: Request) -> HTMLResponse:
    """Show the newest posts in a frame of another site."""
    event = await access.event(request, "embed")
    services = state(request)
    screen = await access.screen(request, event.slug, "embed")
    if screen is None:
        raise NotAllowed(_("This link was taken back. Ask the organiser for a new one."))
    now = services["now"]()
    if screen.seen_at is None or now - screen.seen_at > SEEN_AFTER:
        await services["store"].screens.saw(event.slug, screen, now=now)
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=EMBED_POSTS)
    posts = [fragment(services, event, one) for one in snapshot.standings]
    theme = request.query_params.get("theme", "auto")
    token = request.path_params["token"]
    page = services["pages"].page(
        "embed/embed.html",
        event=event,
        theme=theme if theme in THEMES else "auto",
        accent=accent(request.query_params.get("accent", "")),
        posts=posts,
        pinned_posts=[post for post in posts if post["pinned"]],
        cursor=str(snapshot.cursor),
        stream_url=await stream_url(services, event.slug, screen, path=f"embed/{token}"),
        feed_url=f"/{event.slug}/feed",
    )
    page.headers["content-security-policy"] = framed_by(screen.origins)
    page.headers["cross-origin-resource-policy"] = "cross-origin"
    return page


def accent(text: str) -> str | None:
    """Return the colour that a site asks for as six digits, or None for none or nonsense."""
    try:
        return parse_colour(text).removeprefix("#")
    except InvalidInput:
        return None


async def element(request: Request) -> Response:
    """Return the custom element that sites put into their pages; its address stays the same."""
    await access.event(request, "viewer")
    path = folder("static") / "js" / "elements" / "backchannel-wall.js"
    return FileResponse(path, media_type="text/javascript", headers=ELEMENT_HEADERS)


routes = [
    Route("/{slug}/embed.js", element),
    Route("/{slug}/embed/{token}", show),
]

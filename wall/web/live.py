"""The live page: what a remote viewer follows, and the page of one post. Works without JavaScript."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.feed import FeedName
from wall.core.moderation import Status
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.state import state

PAGE_POSTS = 40
PUBLIC: FeedName = "public"


async def show(request: Request) -> HTMLResponse:
    """Show the newest posts of a wall, or with ?before the older ones page by page."""
    event = await access.event(request, "viewer")
    services = state(request)
    before = request.query_params.get("before")
    if before is not None:
        return await older(request, event.slug, before)
    snapshot = await services["hub"].snapshot(event.slug, PUBLIC, limit=PAGE_POSTS)
    page = await services["store"].posts.page(event.slug, Status.APPROVED, limit=PAGE_POSTS)
    pinned = [standing for standing in snapshot.standings if standing.pinned]
    return services["pages"].page(
        "live/live.html",
        page="live",
        event=event,
        pinned=[services["pages"].post(event.slug, standing) for standing in pinned],
        posts=[services["pages"].post(event.slug, one) for one in snapshot.standings if not one.pinned],
        cursor=str(snapshot.cursor),
        stream_url=f"/{event.slug}/stream",
        feed_url=f"/{event.slug}/feed",
        count=snapshot.counts[Status.APPROVED],
        join_url=f"/{event.slug}/join",
        older_url=older_url(event.slug, page, snapshot.counts[Status.APPROVED]),
        live=True,
    )


async def older(request: Request, slug: str, before: str) -> HTMLResponse:
    if not before.isascii() or not before.isdigit() or len(before) > 15:
        raise InvalidInput("That page of older posts does not exist.")
    event = await access.event(request, "viewer")
    services = state(request)
    page = await services["store"].posts.page(slug, Status.APPROVED, limit=PAGE_POSTS, before=int(before))
    counts = await services["store"].posts.counts(slug)
    return services["pages"].page(
        "live/live.html",
        page="live",
        event=event,
        pinned=[],
        posts=[services["pages"].post(slug, standing) for _, standing in page],
        cursor="",
        stream_url=f"/{slug}/stream",
        feed_url=f"/{slug}/feed",
        count=counts[Status.APPROVED],
        join_url=f"/{slug}/join",
        older_url=older_url(slug, page, len(page) + 1) if len(page) == PAGE_POSTS else None,
        live=False,
    )


def older_url(slug: str, page: list[tuple[int, Any]], count: int) -> str | None:
    return f"/{slug}?before={page[-1][0]}" if page and count > len(page) else None


async def show_post(request: Request) -> HTMLResponse:
    """Show one approved post by itself; raises NotFound for any other."""
    event = await access.event(request, "viewer")
    services = state(request)
    standing = await services["store"].posts.get(event.slug, request.path_params["post_id"])
    if not standing.visible:
        raise NotFound("This post is not on the wall.")
    return services["pages"].page(
        "live/post.html",
        page="live",
        event=event,
        post=services["pages"].post(event.slug, standing),
        author=standing.post.author.name,
    )


async def theme(request: Request) -> Response:
    """Return the event's accent colour as a stylesheet of its own, since pages carry no style."""
    event = await access.event(request, "viewer")
    css = f":root {{ --accent: {event.accent}; }}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "no-cache"})


routes = [
    Route("/{slug}", show),
    Route("/{slug}/post/{post_id}", show_post),
    Route("/{slug}/theme.css", theme),
]

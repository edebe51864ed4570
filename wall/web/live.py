"""The live page: what a remote viewer follows, and the page of one post. Works without JavaScript."""

from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.answering import is_answer, without_answers
from wall.core.colour import parse_colour
from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.people import Screen
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.errors import NotFound
from wall.sources.form import Form
from wall.web import access
from wall.web.about import KEPT
from wall.web.addresses import parse_place
from wall.web.announcements import announced
from wall.web.circle_view import news
from wall.web.join_page import form_source
from wall.web.participation import invited
from wall.web.security import PLAYING_POLICY
from wall.web.state import State, state

PAGE_POSTS = 40


async def show(request: Request) -> HTMLResponse:
    """Show the newest posts of a wall, or with ?before the older ones page by page."""
    event = await access.event(request, "viewer")
    if "before" in request.query_params:
        return await show_older(request, event, request.query_params["before"])
    services = state(request)
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=PAGE_POSTS)
    posts = [fragment(services, event, one) for one in snapshot.standings]
    return page_of(
        services,
        "live/live.html",
        event=event,
        posts=posts,
        pinned_posts=[post for post in posts if post["pinned"]],
        cursor=str(snapshot.cursor),
        stream_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug)}",
        feed_url=f"/{event.slug}/feed",
        total=snapshot.counts[Status.APPROVED] - await services["store"].answering.shown(event.slug),
        before=None,
        announced=await announced(services, event),
        has_stories=await has_stories(services, event),
        older=snapshot.last,
        circle_news=await news(request, event),
        join=await join_view(request, event),
    )


async def show_older(request: Request, event: Event, before: str) -> HTMLResponse:
    services = state(request)
    page = await services["store"].posts.page(
        event.slug, Status.APPROVED, limit=PAGE_POSTS, before=parse_place(before)
    )
    counts = await services["store"].posts.counts(event.slug)
    standings = await services["store"].threads.tied(event.slug, [one for _, one in page])
    return page_of(
        services,
        "live/live.html",
        event=event,
        posts=[{**fragment(services, event, one), "pinned": False} for one in without_answers(standings)],
        pinned_posts=[],
        total=counts[Status.APPROVED] - await services["store"].answering.shown(event.slug),
        before=before,
        announced=[],
        has_stories=await has_stories(services, event),
        older=page[-1][0] if len(page) == PAGE_POSTS else None,
        join=await join_view(request, event),
    )


async def join_view(request: Request, event: Event) -> dict[str, str] | None:
    """Return where whoever looks may write, None where they may not, or not from here."""
    if not await invited(request, event) or await form_source(state(request), event) is None:
        return None
    return {"url": f"/{event.slug}/join"}


async def has_stories(services: State, event: Event) -> bool:
    return bool(await services["store"].stories.published(event.slug))


def page_of(services: State, template: str, **context: Any) -> HTMLResponse:
    """Return a page on which a post's video may be played."""
    page = services["pages"].page(template, **context)
    page.headers["content-security-policy"] = PLAYING_POLICY
    return page


def fragment(services: State, event: Event, standing: Standing) -> dict[str, Any]:
    """Return a rendered post, with what a page needs to place it."""
    return {
        "id": standing.post.id,
        "html": services["pages"].post(event.slug, standing),
        "pinned": standing.pinned,
    }


async def show_post(request: Request) -> HTMLResponse:
    """Show one approved post with its thread, as far as that is on the wall; raises NotFound for any other."""
    event = await access.event(request, "viewer")
    services = state(request)
    threads = services["store"].threads
    standing = await services["store"].posts.get(event.slug, request.path_params["post_id"])
    if not standing.visible:
        raise NotFound("This post is not on the wall.")
    (standing,) = await threads.tied(event.slug, [standing])
    answered = await answered_by(services, event, standing)
    replies = [
        one
        for one in await threads.replies(event.slug, standing.post.id)
        if one.visible and not is_answer(one.post)
    ]
    return page_of(
        services,
        "live/post.html",
        event=event,
        post=fragment(services, event, standing),
        answered=fragment(services, event, answered) if answered else None,
        replies=[fragment(services, event, one) for one in await threads.tied(event.slug, replies)],
        has_stories=await has_stories(services, event),
        author={"name": standing.post.author.name, "handle": standing.post.author.handle},
        by_phone=standing.post.source.kind == Form.kind,
        circle_news=await news(request, event),
        join=await join_view(request, event),
    )


async def answered_by(services: State, event: Event, standing: Standing) -> Standing | None:
    """Return the post that one answers, if it is on the wall."""
    if standing.answers is None or not standing.answers.visible:
        return None
    (answered,) = await services["store"].posts.get_all(event.slug, [standing.answers.id])
    if answered is None or not answered.visible:
        return None
    return (await services["store"].threads.tied(event.slug, [answered]))[0]


async def show_about(request: Request) -> HTMLResponse:
    """Show what everybody may know about a wall. The same for all who ask."""
    event = await access.event(request, "viewer")
    body = await state(request)["about"].page(event, asked="asked" in request.query_params)
    return HTMLResponse(body, headers={"cache-control": f"public, max-age={int(KEPT.total_seconds())}"})


async def stream_ticket(services: State, slug: str, screen: Screen | None = None) -> str:
    """Return the ticket with which a page's stream is let in without being asked again."""
    ticket = StreamTicket(slug, "html", screen.id if screen else "")
    return make_stream_ticket(await services["store"].screens.secret(slug), ticket, now=services["now"]())


async def theme(request: Request) -> Response:
    """Return the event's accent colour, or another one, as a stylesheet of its own, since pages carry no style."""
    event = await access.event(request, "viewer")
    wanted = request.query_params.get("accent")
    css = f":root {{ --accent: {parse_colour(f'#{wanted}') if wanted else event.accent}; }}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "no-cache"})


routes = [
    Route("/{slug}", show),
    Route("/{slug}/post/{post_id}", show_post),
    Route("/{slug}/about", show_about),
    Route("/{slug}/theme.css", theme),
]

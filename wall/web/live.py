"""The live page: what a remote viewer follows, whole or an excerpt of it. Works without JavaScript."""

from dataclasses import dataclass
from typing import Any, get_args
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.answering import without_answers
from wall.core.colour import parse_colour
from wall.core.event import Event, Theme
from wall.core.excerpt import Excerpt
from wall.core.moderation import Standing, Status
from wall.core.participant import Place
from wall.core.people import Screen
from wall.core.reactions import offered
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.web import access, inline, language, sharing
from wall.web.about import KEPT
from wall.web.addresses import parse_place
from wall.web.join_page import form_source
from wall.web.live_view import excerpt_view, outline_view, programme_days
from wall.web.nav import nav
from wall.web.outline import Outline
from wall.web.participation import invited, own_id
from wall.web.reduced import reduced, remember, without_pictures
from wall.web.security import PLAYING_POLICY
from wall.web.state import State, state

PAGE_POSTS = 40
LOOKED_AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Page:
    """The posts of a page, newest first, and the place that older ones come after: None at the end.

    `looked` is how many were looked at where only some are wanted.
    """

    standings: list[Standing]
    older: int | None
    looked: int = 0


async def show(request: Request) -> Response:
    """Show the newest posts of a wall, or an excerpt, or with ?before the older ones page by page."""
    event = await access.event(request, "viewer")
    if "reduced" in request.query_params:
        return remember(request, RedirectResponse(f"/{event.slug}", 303))
    services = state(request)
    outline = await services["outlines"].get(event)
    excerpt = Excerpt.parse(request.query_params, outline.programme)
    if "before" in request.query_params:
        return await show_older(request, event, outline, excerpt, before=request.query_params["before"])
    # The cursor first: what comes while the posts are looked for, the stream tells.
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=PAGE_POSTS)
    page = Page(list(snapshot.standings), snapshot.last)
    if excerpt:
        page = await found(services, event, excerpt, None)
    place = await place_of(request, event)
    return live_page(
        request,
        event,
        outline,
        excerpt,
        page,
        following=await services["followers"].get(event.slug),
        total=snapshot.counts[Status.APPROVED] - await services["store"].answering.shown(event.slug),
        before=None,
        nav=await nav(request, event),
        join=await join_view(request, event),
        cursor=str(snapshot.cursor),
        stream_url=f"/{event.slug}/stream?ticket={await stream_ticket(services, event.slug, place=place)}",
        feed_url=f"/{event.slug}/feed",
    )


async def show_older(
    request: Request, event: Event, outline: Outline, excerpt: Excerpt, *, before: str
) -> Response:
    services, place = state(request), parse_place(before)
    counts = await services["store"].posts.counts(event.slug)
    if excerpt:
        page = await found(services, event, excerpt, place)
    else:
        rows = await services["store"].posts.page(event.slug, Status.APPROVED, limit=PAGE_POSTS, before=place)
        standings = await services["store"].threads.tied(event.slug, [one for _, one in rows])
        page = Page(without_answers(standings), rows[-1][0] if len(rows) == PAGE_POSTS else None)
    return live_page(
        request,
        event,
        outline,
        excerpt,
        page,
        total=counts[Status.APPROVED] - await services["store"].answering.shown(event.slug),
        before=before,
        nav=await nav(request, event),
        join=await join_view(request, event),
    )


async def found(services: State, event: Event, excerpt: Excerpt, after: int | None) -> Page:
    """Return the posts of an excerpt after a place, as far as one look goes."""
    answer = await services["store"].finding.find(
        event.slug, Status.APPROVED, excerpt.wants, limit=PAGE_POSTS, after=after, most=LOOKED_AT_MOST
    )
    return Page(without_answers(answer.standings), answer.last, answer.looked)


def live_page(
    request: Request,
    event: Event,
    outline: Outline,
    excerpt: Excerpt,
    page: Page,
    *,
    before: str | None,
    **context: Any,
) -> Response:
    services = state(request)
    posts = [fragment(services, event, one) for one in page.standings]
    is_reduced = reduced(request)
    if is_reduced:
        posts = [{**post, "html": without_pictures(post["html"])} for post in posts]
    pins = not before and not excerpt
    query = excerpt.query()
    styles = inline.sheet(), inline.accent(event)
    answer = services["pages"].page(
        "live/live.html",
        styles=styles,
        event=event,
        shared=sharing.of_wall(request, event, excerpt.span.session if excerpt.span else None, query),
        posts=[{**post, "pinned": post["pinned"] and pins} for post in posts],
        pinned_posts=[post for post in posts if post["pinned"] and pins],
        theme=chosen_theme(request),
        before=before,
        older=f"?{urlencode({**query, 'before': page.older})}" if page.older is not None else None,
        looked=page.looked,
        reduced=is_reduced,
        reactions=offered(event.reactions),
        **excerpt_view(excerpt, event, query),
        **outline_view(outline, excerpt, event, services["now"]()),
        **context,
    )
    answer.headers["content-security-policy"] = inline.policy(*styles)
    return answer


def chosen_theme(request: Request) -> str:
    """Return the theme that this browser was last told to use."""
    theme = request.cookies.get("theme", "")
    return theme if theme in get_args(Theme) else "auto"


async def join_view(request: Request, event: Event) -> dict[str, str] | None:
    """Return where whoever looks may write, None where they may not, or not from here."""
    if not await invited(request, event) or await form_source(state(request), event) is None:
        return None
    return {"url": f"/{event.slug}/join"}


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


async def show_sessions(request: Request) -> Response:
    """Show the sessions of the programme, each with a way to what was posted during it."""
    event = await access.event(request, "viewer")
    services = state(request)
    outline = await services["outlines"].get(event)
    return page_of(
        services,
        "live/sessions.html",
        event=event,
        shared=sharing.of_sessions(request, event),
        nav=await nav(request, event),
        days=programme_days(outline.programme, event),
    )


async def show_following(request: Request) -> Response:
    """Return how many follow a wall; the same for all who ask."""
    event = await access.event(request, "viewer")
    found = await state(request)["followers"].get(event.slug)
    body = {"following": found.all, "room": found.room, "remote": found.remote}
    return JSONResponse(body, headers={"cache-control": "public, max-age=10"})


async def show_about(request: Request) -> HTMLResponse:
    """Show what everybody may know about a wall. The same for all who ask."""
    event = await access.event(request, "viewer")
    body = await state(request)["about"].page(event, asked="asked" in request.query_params)
    return HTMLResponse(body, headers={"cache-control": f"public, max-age={int(KEPT.total_seconds())}"})


async def place_of(request: Request, event: Event) -> Place:
    """Return where whoever asks said they are, if they ever took part."""
    id = await own_id(request, event)
    return (await state(request)["store"].participants.get(event.slug, id)).place if id else ""


async def stream_ticket(services: State, slug: str, screen: Screen | None = None, *, place: Place = "") -> str:
    """Return the ticket with which a page's stream is let in without being asked again."""
    ticket = StreamTicket(slug, language.here(), screen.id if screen else "", place)
    return make_stream_ticket(await services["store"].screens.secret(slug), ticket, now=services["now"]())


async def theme(request: Request) -> Response:
    """Return the event's accent colour, or another one, as a stylesheet of its own, since pages carry no style."""
    event = await access.event(request, "viewer")
    wanted = request.query_params.get("accent")
    css = f":root {{ --accent: {parse_colour(f'#{wanted}') if wanted else event.accent}; }}\n"
    return Response(css, media_type="text/css", headers={"cache-control": "no-cache"})


routes = [
    Route("/{slug}", show),
    Route("/{slug}/sessions", show_sessions),
    Route("/{slug}/following", show_following),
    Route("/{slug}/about", show_about),
    Route("/{slug}/theme.css", theme),
]

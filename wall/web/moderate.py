"""The desk: where moderators see what waits, and what was decided."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.finding import Filter
from wall.core.moderation import Standing, Status
from wall.core.modes import CONSEQUENCES, NAMES
from wall.core.people import Person
from wall.core.suspicion import DEFINITION
from wall.core.words import _
from wall.errors import NotFound
from wall.store.finding import Found
from wall.web import access, decisions, frames, mode, participation_desk, seats, trust
from wall.web.addresses import parse_place
from wall.web.cards import desk_card
from wall.web.filters import address, chosen, filters_view
from wall.web.lookout import modes_view
from wall.web.participation_view import participation_view
from wall.web.state import State, state
from wall.web.views import timestamp

DESK_POSTS = 100
TAB_POSTS = 50
PACE_UPDATES = 1000
PACE_MINE = 100
MINUTE_MS = 60_000
TABS: dict[Status, str] = {
    Status.APPROVED: _("Approved"),
    Status.REJECTED: _("Rejected"),
    Status.REMOVED: _("Removed"),
    Status.STASHED: _("Stashed"),
    Status.WITHDRAWN: _("Withdrawn"),
}


async def show(request: Request) -> HTMLResponse:
    """Show what waits, oldest first."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    filter = chosen(request)
    snapshot = await services["hub"].snapshot(event.slug, "desk", limit=DESK_POSTS)
    if filter:
        found = await services["store"].finding.find(event.slug, Status.WAITING, filter.wants, limit=DESK_POSTS)
    else:
        standings = await services["store"].authors.marked(event.slug, snapshot.standings)
        found = Found(standings, len(standings), None)
    return services["pages"].page(
        "moderate/moderate.html",
        cards=[desk_card(services["pages"], event.slug, one) for one in found.standings],
        cursor=str(snapshot.cursor),
        looked=found.looked,
        last=found.last,
        **await header(request, event, who, snapshot.counts, filter, found.standings),
    )


async def show_decided(request: Request) -> HTMLResponse:
    """Show the posts of one status, newest first."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    status = request.path_params["status"]
    if status not in TABS:
        raise NotFound(_("There is no such list of posts."))
    filter = chosen(request)
    before = request.query_params.get("before")
    cursor = await services["store"].feeds.tip(event.slug, "desk")
    found = await services["store"].finding.find(
        event.slug,
        Status(status),
        filter.wants,
        limit=TAB_POSTS,
        after=parse_place(before) if before is not None else None,
    )
    counts = await services["store"].posts.counts(event.slug)
    path = f"/{event.slug}/moderate/{status}"
    return services["pages"].page(
        "moderate/decided.html",
        shown=status,
        shown_title=TABS[Status(status)],
        cards=[desk_card(services["pages"], event.slug, one) for one in found.standings],
        older=address(path, filter, before=found.last) if found.last is not None else None,
        looked=found.looked,
        cursor=str(cursor),
        **await header(request, event, who, counts, filter, found.standings),
    )


async def feed(request: Request) -> Response:
    """Return the desk as it is: the waiting posts, the counts, the cursor both are of, and what streams tell beside."""
    event = await access.event(request, "moderator")
    services = state(request)
    snapshot = await services["hub"].snapshot(event.slug, "desk", limit=DESK_POSTS)
    standings = await services["store"].authors.marked(event.slug, snapshot.standings)
    cards = [{"id": one.post.id, "card": desk_card(services["pages"], event.slug, one)} for one in standings]
    beside = await services["lookout"].beside(event.slug)
    body = {"cursor": str(snapshot.cursor), "cards": cards, "counts": snapshot.counts, "beside": beside}
    return Response(frames.dump(body), media_type="application/json", headers={"cache-control": "no-store"})


async def header(
    request: Request,
    event: Event,
    who: Person,
    counts: dict[Status, int],
    filter: Filter,
    standings: Sequence[Standing],
) -> dict[str, Any]:
    """Return what every page of the desk has at its top."""
    services = state(request)
    now = services["now"]()
    base = f"/{event.slug}/moderate"
    sources = await services["store"].sources.all(event.slug)
    return {
        "page": "moderate",
        "event": event,
        "person": {"id": who.id, "name": who.name, "role": who.role(event.slug)},
        "counts": counts,
        "stream_url": f"{base}/stream",
        "feed_url": f"{base}/feed",
        "decisions_url": f"{base}/decisions",
        "trust_url": f"{base}/trust",
        "mode_url": f"{base}/mode",
        "participation_url": f"{base}/participation",
        "participation": await participation_view(services["store"], event, now),
        "seat_url": f"{base}/seat",
        "mine_url": f"{base}/mine",
        "team": await services["teams"].view(event),
        "pace": await pace(services, event.slug, who),
        "now": timestamp(now),
        "panic_url": f"{base}/panic",
        "screens_url": f"{base}/screens",
        "remote_url": f"{base}/remote",
        "bring_url": f"{base}/bring",
        "overlay_url": f"{base}/overlay",
        "stage_url": f"{base}/stage",
        "find_url": f"{base}/find",
        "many_url": f"{base}/decisions/many",
        "notes_url": f"{base}/notes",
        "descriptions_url": f"{base}/descriptions",
        "filters": filters_view(filter, standings, sources),
        "modes": CONSEQUENCES,
        "mode_titles": NAMES,
        "suspicious": DEFINITION,
        "holding": modes_view(event, now),
        "reasons": event.reasons,
        "private_waiting": await services["store"].reports.waiting(event.slug) if event.back_channels else 0,
        "tabs": [
            {
                "status": status,
                "title": TABS[status],
                "url": address(f"{base}/{status}", filter),
                "count": counts[status],
            }
            for status in TABS
        ],
        "screen_url": f"/{event.slug}/screen",
        "live_url": f"/{event.slug}",
        "desk_url": address(base, filter),
        "leave_requests": await services["store"].leave_requests.count(event.slug),
        "organise_url": f"/organise/{event.slug}" if who.may(event.slug, "organiser") else None,
    }


async def pace(services: State, slug: str, who: Person) -> dict[str, list[int]]:
    """Return how many milliseconds ago decisions of the last minute were, the team's and one's own, oldest first."""
    store, now = services["store"], services["now"]()
    tip = await store.feeds.tip(slug, "desk")
    told = await store.feeds.after(slug, "desk", max(0, tip.offset - PACE_UPDATES), limit=PACE_UPDATES)
    mine = await store.posts.recent(slug, who.id, limit=PACE_MINE)
    moments = {
        "team": [update.at for update in told if update.kind == "decided"],
        "mine": [taken.at for taken, _standing in reversed(mine)],
    }
    ages = {whose: [int((now - at).total_seconds() * 1000) for at in times] for whose, times in moments.items()}
    return {whose: [age for age in all_ages if age < MINUTE_MS] for whose, all_ages in ages.items()}


routes = [
    Route("/{slug}/moderate", show),
    Route("/{slug}/moderate/feed", feed),
    *decisions.routes,
    *trust.routes,
    *mode.routes,
    *participation_desk.routes,
    *seats.routes,
    Route("/{slug}/moderate/{status}", show_decided),
]

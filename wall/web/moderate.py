"""The desk: where moderators see what waits, and decide."""

from collections.abc import Sequence
from typing import Any, get_args

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall.core import finding
from wall.core.event import Event
from wall.core.finding import Filter
from wall.core.moderation import Decision, Kind, Standing, Status
from wall.core.modes import CONSEQUENCES, MODES, Mode
from wall.core.panic import EVERYONE
from wall.core.people import Person
from wall.core.post import Remark
from wall.core.rules.kinds import linked_hosts, server_of
from wall.core.suspicion import DEFINITION
from wall.core.text import clean
from wall.errors import InvalidInput, NotFound
from wall.store.finding import Found
from wall.web import access, frames, seats
from wall.web.acts import entry
from wall.web.addresses import parse_place
from wall.web.body import read
from wall.web.filters import address, chosen, filters_view
from wall.web.lookout import modes_view
from wall.web.pages import Pages
from wall.web.state import State, state
from wall.web.views import timestamp

DESK_POSTS = 100
LONGEST_REASON = 200  # graphemes
TAB_POSTS = 50
PACE_UPDATES = 1000
PACE_MINE = 100
MINUTE_MS = 60_000
MOST_HOSTS = 3
TABS = (Status.APPROVED, Status.REJECTED, Status.REMOVED, Status.STASHED, Status.WITHDRAWN)


class DecisionForm(msgspec.Struct):
    """What a desk sends for a decision; `picture` says of a refusal that the picture is why."""

    id: str
    post: str
    kind: str
    version: int
    hash: str
    picture: bool = False
    reason: str | None = None


class TrustForm(msgspec.Struct):
    """What a desk sends to trust the author of a post, or no longer."""

    post: str
    trusted: bool


class ModeForm(msgspec.Struct):
    """What a desk sends to change the event's mode."""

    mode: str


async def show(request: Request) -> HTMLResponse:
    """Show what waits, oldest first."""
    event = await access.event(request, "moderator")
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
        **await header(request, event, snapshot.counts, filter, found.standings),
    )


async def show_decided(request: Request) -> HTMLResponse:
    """Show the posts of one status, newest first."""
    event = await access.event(request, "moderator")
    services = state(request)
    status = request.path_params["status"]
    if status not in TABS:
        raise NotFound("There is no such list of posts.")
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
        cards=[desk_card(services["pages"], event.slug, one) for one in found.standings],
        older=address(path, filter, before=found.last) if found.last is not None else None,
        looked=found.looked,
        cursor=str(cursor),
        **await header(request, event, counts, filter, found.standings),
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


async def create_decision(request: Request) -> Response:
    """Carry out a decision; 409 tells who was faster."""
    event = await access.event(request, "moderator")
    who = await access.person(request)
    services = state(request)
    decision = decision_of(await read(request, DecisionForm), who, event)
    after = await services["store"].posts.decide(event.slug, decision, now=services["now"]())
    return JSONResponse(answer_view(after))


def decision_of(form: DecisionForm, who: Person, event: Event) -> Decision:
    """Return the decision that a form says; raises InvalidInput."""
    reason = clean(form.reason or "", limit=LONGEST_REASON, lines=1) or None
    if form.kind not in get_args(Kind):
        raise InvalidInput(f"There is no decision “{form.kind[:20]}”.", field="kind")
    return Decision(
        id=decision_id(form.id, who),
        post_id=form.post,
        kind=form.kind,  # type: ignore[arg-type]
        by=who.id,
        by_name=who.name,
        version=form.version,
        content_hash=form.hash,
        for_picture=form.picture,
        reason=reason if form.kind in ("reject", "remove") else None,
        listed=reason in event.reasons,
    )


def decision_id(id: str, who: Person) -> str:
    """Return the id of what somebody did by the one that their page drew; raises InvalidInput."""
    if not id.isascii() or not id.isalnum() or not 8 <= len(id) <= 64:
        raise InvalidInput("A decision's id is 8 to 64 letters and digits.", field="id")
    return f"{who.id}-{id}"


def answer_view(after: Standing) -> dict[str, Any]:
    """Return how a post stands after what was done, as the desk is answered."""
    return {
        "id": after.post.id,
        "status": after.status,
        "version": after.version,
        "pinned": after.pinned,
        "first_of_two": after.approval is not None and not after.visible,
    }


async def change_trust(request: Request) -> Response:
    """Trust an author, or no longer."""
    event = await access.event(request, "moderator")
    who = await access.person(request)
    form = await read(request, TrustForm)
    services = state(request)
    standing = await services["store"].posts.get(event.slug, form.post)
    by = who.name if form.trusted else None
    made = await entry(request, "trust" if form.trusted else "distrust", post=standing.post.id)
    await services["store"].authors.judge(event.slug, standing, by=by, entry=made, now=services["now"]())
    return JSONResponse({"author": standing.post.author.uid, "trusted": form.trusted})


async def change_mode(request: Request) -> Response:
    """Change where new posts go, until the schedule changes it again."""
    event = await access.event(request, "moderator")
    who = await access.person(request)
    form = await read(request, ModeForm)
    if form.mode not in MODES:
        raise InvalidInput(f"There is no mode “{form.mode[:30]}”.", field="mode")
    mode: Mode = form.mode
    services = state(request)
    now = services["now"]()
    made = await entry(request, "mode", about=f"{event.holding(now).mode} → {mode}")
    changed = await services["store"].events.change(
        event.slug,
        lambda event: event.with_mode(mode, by=who.name, now=now),
        entry=lambda before, after: made if before.holding(now).mode != after.holding(now).mode else None,
    )
    await services["store"].authors.release(event.slug, EVERYONE, now=now)
    return JSONResponse(modes_view(changed, now))


async def header(
    request: Request,
    event: Event,
    counts: dict[Status, int],
    filter: Filter,
    standings: Sequence[Standing],
) -> dict[str, Any]:
    """Return what every page of the desk has at its top."""
    who: Person = await access.person(request)
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
        "seat_url": f"{base}/seat",
        "mine_url": f"{base}/mine",
        "team": await services["teams"].view(event),
        "pace": await pace(services, event.slug, who),
        "now": timestamp(now),
        "panic_url": f"{base}/panic",
        "screens_url": f"{base}/screens",
        "find_url": f"{base}/find",
        "many_url": f"{base}/decisions/many",
        "notes_url": f"{base}/notes",
        "descriptions_url": f"{base}/descriptions",
        "filters": filters_view(filter, standings, sources),
        "modes": CONSEQUENCES,
        "suspicious": DEFINITION,
        "holding": modes_view(event, now),
        "reasons": event.reasons,
        "tabs": [
            {
                "status": status,
                "title": status.capitalize(),
                "url": address(f"{base}/{status}", filter),
                "count": counts[status],
            }
            for status in TABS
        ],
        "screen_url": f"/{event.slug}/screen",
        "live_url": f"/{event.slug}",
        "desk_url": address(base, filter),
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
        "mine": [taken.at for taken, _ in reversed(mine)],
    }
    ages = {whose: [int((now - at).total_seconds() * 1000) for at in times] for whose, times in moments.items()}
    return {whose: [age for age in all_ages if age < MINUTE_MS] for whose, all_ages in ages.items()}


def desk_card(pages: Pages, slug: str, standing: Standing) -> Markup:
    """Return the one fragment of a post at the desk: the post as audiences see it, and what only staff may know."""
    return pages.fragment("moderate/_card.html", slug, standing, standing=standing_view)


def standing_view(slug: str, standing: Standing) -> dict[str, Any]:
    return {
        "id": standing.post.id,
        "version": standing.version,
        "hash": standing.post.content_hash,
        "status": standing.status,
        "reason": standing.reason,
        "told": standing.explanation,
        "pinned": standing.pinned,
        "decided_by": standing.decided_by_name,
        "decided_at": timestamp(standing.decided_at) if standing.decided_at else None,
        "arrived": standing.arrived,
        "received_at": timestamp(standing.post.received_at),
        "author_uid": standing.post.author.uid,
        "trusted": standing.trusted,
        "note": remark_view(standing.note),
        "described": [
            remark_view(media.description) for media in standing.post.media if media.description and media.picture
        ],
        **marks_view(standing),
        "trust": standing.trust,
        "due": timestamp(standing.due) if standing.due else None,
        "problems": [media.problem for media in standing.post.media if media.problem],
        "codes": [code for picture in standing.post.shown for code in picture.codes],
        "approved_by": standing.approval.by_name if standing.approval else None,
        "refused_for_picture": bool(standing.refused),
        "rule_url": f"/organise/{slug}/rules/{standing.rule}" if standing.rule and standing.rule_name else None,
        "rule_name": standing.rule_name,
        "hosts": linked_hosts(standing.post)[:MOST_HOSTS],
        "server": server_of(standing.post),
        "recognisable": any(picture.likeness for picture in standing.post.shown),
    }


def marks_view(standing: Standing) -> dict[str, Any]:
    """Return what a filter of the page asks of a post; core/finding.py says what each is."""
    post = standing.post
    return {
        "source_id": post.source.id,
        "source_kind": post.source.kind,
        "language": finding.spoken(post),
        "pictures": finding.pictures_of(post),
        "first_time": standing.first_time,
        "question": finding.asks(post),
        "alike": finding.alikeness(post),
        "searched": finding.searched(post),
    }


def remark_view(remark: Remark | None) -> dict[str, str] | None:
    return {"text": remark.text, "by": remark.by_name, "at": timestamp(remark.at)} if remark else None


routes = [
    Route("/{slug}/moderate", show),
    Route("/{slug}/moderate/feed", feed),
    Route("/{slug}/moderate/decisions", create_decision, methods=["POST"]),
    Route("/{slug}/moderate/trust", change_trust, methods=["POST"]),
    Route("/{slug}/moderate/mode", change_mode, methods=["POST"]),
    *seats.routes,
    Route("/{slug}/moderate/{status}", show_decided),
]

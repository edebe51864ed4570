"""A moderator's seat at the desk: taken, kept and left, and the decisions taken from it."""

import re
from datetime import timedelta
from typing import Any

import msgspec
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from wall.core.moderation import Standing
from wall.core.people import Person
from wall.core.team import Taken, may_undo
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.body import read
from wall.web.state import state
from wall.web.views import timestamp

DESK_ID = re.compile(r"[A-Za-z0-9]{8,64}")
RECENT = 20


class SeatForm(msgspec.Struct):
    """What a page of the desk says of itself: its id, the post on its stage, for how long no hand was heard of."""

    desk: str
    post: str = ""
    idle_seconds: float = 0.0
    leaving: bool = False


async def keep_seat(request: Request) -> JSONResponse:
    """Renew a desk's seat, or give it up; answers with the posts it holds and the team."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    form = await read(request, SeatForm)
    desk = desk_id(who, form.desk)
    store, now = services["store"], services["now"]()
    if form.leaving:
        await store.desks.leave(event.slug, desk)
        return JSONResponse({"desk": desk, "posts": []})
    left = min(max(event.hold_seconds - form.idle_seconds, 0.0), float(event.hold_seconds))
    held = await store.desks.hold(
        event.slug,
        desk,
        person_id=who.id,
        name=who.name,
        posts=event.hold_posts,
        busy=now + timedelta(seconds=left),
        now=now,
        post_id=form.post[:200],
    )
    return JSONResponse({"desk": desk, "posts": held, "team": await services["teams"].view(event)})


async def show_mine(request: Request) -> JSONResponse:
    """Return one's own newest decisions, and which of them can be taken back."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    taken = await services["store"].posts.recent(event.slug, who.id, limit=RECENT)
    return JSONResponse(
        {"decisions": [taken_view(who, one, standing) for one, standing in taken]},
        headers={"cache-control": "no-store"},
    )


def taken_view(who: Person, taken: Taken, standing: Standing) -> dict[str, Any]:
    """Return a decision as its moderator is reminded of it, with what must be known to take it back."""
    return {
        "id": taken.id.removeprefix(f"{who.id}-"),
        "kind": taken.kind,
        "was": taken.was,
        "status": taken.status,
        "at": timestamp(taken.at),
        "may_undo": may_undo(taken, standing),
        "by": standing.decided_by_name,
        "post": {
            "id": standing.post.id,
            "version": standing.version,
            "hash": standing.post.content_hash,
            "status": standing.status,
            "name": standing.post.author.name or standing.post.author.handle,
            "words": standing.post.text[:200],
        },
    }


def desk_of(connection: HTTPConnection, who: Person) -> str:
    """Return the desk that a stream says it is of, "" for none."""
    named = connection.query_params.get("desk", "")
    return desk_id(who, named) if named else ""


def desk_id(who: Person, named: str) -> str:
    """Return a desk's id in the team: nobody can speak for the desk of somebody else."""
    if not DESK_ID.fullmatch(named):
        raise InvalidInput(_("A desk's id is 8 to 64 letters and digits."), field="desk")
    return f"{who.id}-{named}"


routes = [
    Route("/{slug}/moderate/seat", keep_seat, methods=["POST"]),
    Route("/{slug}/moderate/mine", show_mine),
]

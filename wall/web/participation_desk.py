"""Locking and slow mode from the desk."""

from dataclasses import replace
from typing import Annotated

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.participation import MOST_SLOW
from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.participation_view import participation_view
from wall.web.state import state

Seconds = Annotated[int, msgspec.Meta(ge=0, le=MOST_SLOW)]


class ParticipationForm(msgspec.Struct):
    """What a desk sends: whether nobody may write, and how many seconds lie between posts of one person."""

    locked: bool
    slow_seconds: Seconds


async def change(request: Request) -> Response:
    """Lock or unlock, and set slow mode; in force with the next post that somebody sends."""
    event, who = await access.staff(request, "moderator")
    form = await read(request, ParticipationForm)
    made = entry(request, who, "participation", about=told(event, form))
    services = state(request)
    changed = await services["store"].events.change(
        event.slug,
        lambda before: with_form(before, form),
        entry=lambda before, after: made if before != after else None,
    )
    return JSONResponse(await participation_view(services["store"], changed, services["now"]()))


def with_form(event: Event, form: ParticipationForm) -> Event:
    changed = replace(event.participation, locked=form.locked, slow_seconds=form.slow_seconds)
    return replace(event, participation=changed)


def told(event: Event, form: ParticipationForm) -> str:
    """Return, in words, what of an event is changed."""
    before, words = event.participation, []
    if before.locked != form.locked:
        words.append("locked" if form.locked else "unlocked")
    if before.slow_seconds != form.slow_seconds:
        words.append(f"slow mode: {before.slow_seconds} → {form.slow_seconds} seconds")
    return "; ".join(words)


routes = [Route("/{slug}/moderate/participation", change, methods=["POST"])]

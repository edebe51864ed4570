"""Changing the event's mode from the desk."""

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.modes import MODES, Mode
from wall.core.panic import EVERYONE
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.lookout import modes_view
from wall.web.state import state


class ModeForm(msgspec.Struct):
    """What a desk sends to change the event's mode."""

    mode: str


async def change_mode(request: Request) -> Response:
    """Change where new posts go, until the schedule changes it again."""
    event, who = await access.staff(request, "moderator")
    form = await read(request, ModeForm)
    if form.mode not in MODES:
        raise InvalidInput(_("There is no mode “%(mode)s”.", mode=form.mode[:30]), field="mode")
    mode: Mode = form.mode
    services = state(request)
    now = services["now"]()
    made = entry(request, who, "mode", about=f"{event.holding(now).mode} → {mode}")
    changed = await services["store"].events.change(
        event.slug,
        lambda event: event.with_mode(mode, by=who.name, now=now),
        entry=lambda before, after: made if before.holding(now).mode != after.holding(now).mode else None,
    )
    same = event.holding(now).mode == mode
    lifted = entry(request, who, "resume") if same else None  # else the change of the mode says it
    await services["store"].authors.lift(event.slug, EVERYONE, entry=lifted, now=now)
    return JSONResponse(modes_view(changed, now))


routes = [Route("/{slug}/moderate/mode", change_mode, methods=["POST"])]

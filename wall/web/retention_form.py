"""How long an event keeps what people wrote: the form, and what its page says of it."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.retention import KEPT, LEFT, LONGEST_DAYS, Left, Retention
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.event_form import one_of, parse_number
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.state import state


async def change(request: Request) -> Response:
    """Change how long an event keeps things."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        retention = parse_retention(values, event)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("retention", error, values))
    told = entry(request, who, "settings", about=f"kept: {in_short(retention)}")
    await state(request)["store"].events.change(
        event.slug,
        lambda before: replace(before, retention=retention, version=before.version + 1),
        entry=lambda before, after: told if before.retention != after.retention else None,
    )
    return RedirectResponse(f"/organise/{event.slug}#retention", HTTPStatus.SEE_OTHER)


def parse_retention(values: Mapping[str, str], event: Event) -> Retention:
    """Return how long things are kept, as filled in; raises InvalidInput naming the field."""
    days = {
        one: parse_number(values, one, 0, 1, LONGEST_DAYS) if values.get(one, "").strip() else None for one in KEPT
    }
    if any(days.values()) and event.ends is None:
        raise InvalidInput(
            _("Say in the settings when the event ends: days are counted from there."), field="posts"
        )
    left = cast(Left, one_of(LEFT, values.get("left", "figures"), field="left"))
    return Retention(**days, left=left)


def in_short(retention: Retention) -> str:
    """Return how long things are kept, as the audit log has it."""
    days = ((one, retention.days(one)) for one in KEPT)
    return ", ".join(f"{one} {number} days" for one, number in days if number) or "all of it"


routes = [Route("/organise/{slug}/retention", change, methods=["POST"])]

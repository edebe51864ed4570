"""What an organiser sets about who may see an event: everybody, or the members of a circle."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import cast

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry
from wall.core.circle import MANNERS, CircleRule, Manner
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.event_form import one_of, parse_number
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.state import state

SEEN_BY = ("everybody", "members")
HOURS = (1, 24 * 30)
USUAL = CircleRule()


async def change_fields(request: Request) -> Response:
    """Make an event a circle, change how it decides, or open it to everybody; what is under vote keeps its rule."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    services = state(request)
    try:
        circle = parse_circle(values, event)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("circle", error, values))
    made = entry(request, who, "circle", about=str(circle) if circle else "open to everybody")

    def told(before: Event, after: Event) -> Entry | None:
        return made if before.circle != after.circle else None

    if circle is not None:
        await services["store"].members.seat(event.slug, who.id, who.name, now=services["now"]())
    await services["store"].events.change(
        event.slug,
        lambda before: replace(before, circle=circle, version=before.version + (before.circle != circle)),
        entry=told,
    )
    return RedirectResponse(f"/organise/{event.slug}#circle", HTTPStatus.SEE_OTHER)


def parse_circle(values: Mapping[str, str], event: Event) -> CircleRule | None:
    """Return how the circle of an event decides, None where there is none; raises InvalidInput naming the field."""
    if one_of(SEEN_BY, values.get("seen_by", ""), field="seen_by") == "everybody":
        if event.circle is not None and "sure" not in values:
            words = _("Everything on this wall would be read by everybody. Tick the box if that is meant.")
            raise InvalidInput(words, field="sure")
        return None
    return CircleRule(
        manner=cast(Manner, one_of(MANNERS, values.get("manner", USUAL.manner), field="manner")),
        quorum=parse_number(values, "quorum", USUAL.quorum, 1, 100),
        open_hours=parse_number(values, "open_hours", USUAL.open_hours, *HOURS),
    )


routes = [Route("/organise/{slug}/circle", change_fields, methods=["POST"])]

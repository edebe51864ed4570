"""What an organiser sets about the modes of an event."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry, changes
from wall.core.event import Event
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.mode_form import parse_modes
from wall.web.state import state


async def change_modes(request: Request) -> Response:
    """Change the usual mode, the schedule, the delay and what earns trust; in force with the next post."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        parse_modes(values, event)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("modes", error, values))
    made = entry(request, who, "settings")

    def told(before: Event, after: Event) -> Entry | None:
        words = "; ".join(changes(before, after))
        return replace(made, about=words) if words else None

    await state(request)["store"].events.change(event.slug, lambda before: parse_modes(values, before), entry=told)
    return RedirectResponse(f"/organise/{event.slug}#modes", HTTPStatus.SEE_OTHER)


routes = [Route("/organise/{slug}/modes", change_modes, methods=["POST"])]

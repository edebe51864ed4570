"""Erasing an event, at the foot of its organiser's page: by one person, or where the installation wants it, by two."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.erasure import Wish
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.state import state


async def erase(request: Request) -> Response:
    """Erase an event once its address was typed; where two must want it, the first to say so waits for another."""
    event, who = await access.staff(request, "organiser")
    services, values = state(request), await fields(request)
    erasures = services["store"].erasures
    if values.get("do") == "keep":
        await erasures.unwish(event.slug, entry(request, who, "erasure", about="not any more"))
        return RedirectResponse(f"/organise/{event.slug}#erasure", HTTPStatus.SEE_OTHER)
    try:
        if values.get("slug", "").strip() != event.slug:
            raise InvalidInput(_("Type “%(slug)s” to say that it is this event.", slug=event.slug), field="slug")
        wish = await erasures.wished(event.slug)
        if services["config"].two_to_erase and (wish is None or wish.by == who.id):
            wished = Wish(by=who.id, by_name=who.name, at=services["now"]())
            await erasures.wish(event.slug, wished, entry(request, who, "erasure", about="asked for"))
            return RedirectResponse(f"/organise/{event.slug}#erasure", HTTPStatus.SEE_OTHER)
        first = wish.by_name if wish else who.name
        await services["eraser"].erase(event, by_name=first, second=who.name if wish else "")
    except InvalidInput as error:
        return await event_page(request, event, Trouble("erasure", error, values))
    return RedirectResponse("/organise", HTTPStatus.SEE_OTHER)


routes = [Route("/organise/{slug}/erasure", erase, methods=["POST"])]

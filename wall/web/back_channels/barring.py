"""Barring somebody from private threads, offered where words of theirs were reported, and letting them back in."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.barring import Barred, may_be_barred
from wall.core.report import Report, Reported
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.back_channels.desk import reported
from wall.web.back_channels.who import check_able
from wall.web.form import fields
from wall.web.state import state


async def bar(request: Request) -> Response:
    """Bar who said a reported message. The log says that somebody was barred, and not whom."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    check_able(services)
    report = await reported(services, event, request.path_params["report"])
    said = message_of(report, (await fields(request)).get("message", ""))
    now = services["now"]()
    barred = Barred(member=said.by, name=said.name, by_name=who.name, at=now)
    await services["store"].barrings.bar(event.slug, barred, entry(request, who, "barred"))
    return back(event.slug)


def message_of(report: Report, number: str) -> Reported:
    """Return a message of a report that somebody said who can be barred; raises InvalidInput."""
    for at, one in enumerate(report.messages):
        if str(at) == number and may_be_barred(report, one):
            return one
    raise InvalidInput(_("There is nobody to bar here: the team and whoever made the report cannot be."))


async def let_back(request: Request) -> Response:
    """Let somebody back in."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    check_able(services)
    name = request.path_params["barred"]
    await services["store"].barrings.lift(event.slug, name, entry(request, who, "let back"))
    return back(event.slug)


def back(slug: str) -> Response:
    return RedirectResponse(f"/{slug}/moderate/back-channels#barred", HTTPStatus.SEE_OTHER)


routes = [
    Route("/{slug}/moderate/back-channels/reports/{report}/barring", bar, methods=["POST"]),
    Route("/{slug}/moderate/back-channels/barred/{barred}", let_back, methods=["POST"]),
]

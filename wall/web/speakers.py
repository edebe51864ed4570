"""Who the speakers of a programme are: known by a link of their own, or because an organiser says so."""

from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.people import Link
from wall.core.speakers import called, named, tied
from wall.core.words import _
from wall.errors import NotFound
from wall.web import access
from wall.web.acts import entry, note
from wall.web.addresses import address
from wall.web.form import fields
from wall.web.once import Told, told_once
from wall.web.state import state

LINK_VALID = timedelta(days=14)


async def change(request: Request) -> Response:
    """Make a speaker's link, or say who of the team a speaker is, or that it is not known."""
    event, who = await access.staff(request, "organiser")
    services, values = state(request), await fields(request)
    programme = await services["store"].programmes.get(event.slug)
    name = next((one for one in named(programme) if called(one) == called(values.get("speaker", ""))), None)
    if name is None:
        raise NotFound(_("The programme names no such speaker any more."))
    now = services["now"]()
    if values.get("do") == "link":
        link = Link(
            kind="invite", expires_at=now + LINK_VALID, slug=event.slug, role="speaker", name=name, speaker=name
        )
        await note(request, event, who, "person invited", about=f"{name} as speaker")
        token = await services["store"].people.make_link(link, now=now)
        return told_once(
            request,
            title=_("A link for %(name)s", name=name),
            lead=_(
                "Whoever opens it first is this speaker from then on. It works once, within 14 days; "
                "send it to them alone."
            ),
            told=[Told("Link", address(request, f"/sign-in#{token}"))],
            back=f"/organise/{event.slug}/programme#speakers",
        )
    person = values.get("person", "") if values.get("do") == "tie" else ""
    if person and not (await services["store"].people.get(person)).may(event.slug, "speaker"):
        raise NotFound(_("Nobody of the team is called that any more."))
    about = f"{name} {'is somebody of the team' if person else 'is not known'}"
    await services["store"].programmes.change(
        event.slug,
        lambda before: tied(before, name, person),
        now=now,
        entry=entry(request, who, "programme", about=about),
    )
    return RedirectResponse(f"/organise/{event.slug}/programme#speakers", HTTPStatus.SEE_OTHER)


routes = [Route("/organise/{slug}/programme/speakers", change, methods=["POST"])]

"""The ways into a circle and out of it: invitations, a member's own browsers, an organiser's place, leaving."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.circle import BROWSER_KEPT
from wall.core.member import participant_member
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotAllowed
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.browser import browser_words
from wall.web.circle import inside, limit, proposal_page, refused
from wall.web.form import Trouble, fields
from wall.web.once import Told, told_once
from wall.web.participation import member_id
from wall.web.passed import take_all_back
from wall.web.state import state

LONGEST_TOKEN = 200
MINUTES = 300
MOST_TRIES = 20
HOUR = 3600
MOST_LINKS = 10
IN_ALREADY = _("You are a member already; the link is still good. Send it to the person it is for.")


async def show(request: Request) -> Response:
    """Show the page behind a link into a circle; its script takes the token out of the address.

    It is the same whether there is such a circle, or any.
    """
    access.check_line(request)
    return door(request)


async def enter(request: Request) -> Response:
    """Let a browser in by a link: as a new member, or as the one whose link it is."""
    access.check_line(request)
    slug, values = request.path_params["slug"], await fields(request)
    services = state(request)
    ways, now = services["store"].ways_in, services["now"]()
    token = values.get("token", "").strip()[:LONGEST_TOKEN]
    client = request.client.host if request.client else "here"
    try:
        await limit(request, f"{slug} circle from {client}", MOST_TRIES, MINUTES)
        proposed = await ways.invited(slug, token, now=now)
        if proposed is not None and await access.member(request, await access.named(request)):
            raise InvalidInput(IN_ALREADY)
        name = clean_name(values.get("name", ""))
        if proposed is not None and not name:
            unnamed = Trouble(
                "enter", InvalidInput(_("Write your name; the members see it."), field="name"), values
            )
            return door(request, unnamed if "name" in values else None, proposed=proposed, token=token)
        secret = await ways.enter(
            slug,
            token,
            name=name,
            browser=browser_words(request.headers.get("user-agent", "")),
            person=await person_id(request),
            now=now,
        )
    except (InvalidInput, NotAllowed) as error:
        return door(request, Trouble("enter", InvalidInput(error.message, field="token"), values))
    answer = RedirectResponse(f"/{slug}", HTTPStatus.SEE_OTHER)
    kept = int(BROWSER_KEPT.total_seconds())
    access.set_cookie(request, answer, access.circle_cookie(slug), secret, seconds=kept)
    return answer


async def invite(request: Request) -> Response:
    """Make the link for whom the circle admitted, and show it to who proposed them, once."""
    event, me = await inside(request)
    services = state(request)
    store, now = services["store"], services["now"]()
    found = await store.proposals.get(event.slug, request.path_params["proposal"], now=now)
    try:
        token = await store.ways_in.invite(event.slug, found, me, now=now)
    except ChangedMeanwhile as error:
        return await proposal_page(request, event, me, refused("invitation", error, {}))
    url = address(request, f"/{event.slug}/circle/enter#{token}")
    return told_once(
        request,
        title=_("An invitation for %(name)s", name=found.name),
        lead=_(
            "It lets one person in, once, within 7 days. Send it to them alone. "
            "If it is lost, make another one: the one before then lets nobody in."
        ),
        told=[Told(_("Link"), url)],
        back=f"/{event.slug}/circle/proposals/{found.id}",
    )


async def add_browser(request: Request) -> Response:
    """Make the link by which a member lets in one more browser of their own."""
    event, me = await inside(request)
    services = state(request)
    await limit(request, f"{event.slug} links of {me.id}", MOST_LINKS, HOUR)
    token = await services["store"].ways_in.own_link(event.slug, me.id, now=services["now"]())
    return own_link_page(request, event.slug, token, me.name)


async def help_in(request: Request) -> Response:
    """Make the link for a member who lost their browsers; an organiser may, and the audit log says so."""
    event, who = await access.staff(request, "organiser")
    _event, me = await inside(request)
    services = state(request)
    member = await services["store"].members.get(event.slug, request.path_params["member"])
    if not me.office:
        raise NotAllowed(_("An organiser of the circle may do that."))
    made = entry(request, who, "member link", about=member.name)
    token = await services["store"].ways_in.own_link(event.slug, member.id, now=services["now"](), entry=made)
    return own_link_page(request, event.slug, token, member.name)


async def end_browser(request: Request) -> Response:
    """Let one of a member's own browsers in no more."""
    event, me = await inside(request)
    await state(request)["store"].ways_in.end(event.slug, me.id, request.path_params["browser"])
    return RedirectResponse(f"/{event.slug}/circle#browsers", HTTPStatus.SEE_OTHER)


async def leave(request: Request) -> Response:
    """Let a member go who wishes to."""
    event, me = await inside(request)
    services = state(request)
    await services["store"].members.leave(event.slug, me.id, now=services["now"]())
    await take_all_back(services, event, participant_member(member_id(event.slug, me.id)), post_id=None)
    answer = RedirectResponse(f"/{event.slug}/circle/enter", HTTPStatus.SEE_OTHER)
    access.delete_cookie(request, answer, access.circle_cookie(event.slug))
    return answer


async def take_place(request: Request) -> Response:
    """Give an organiser of the event their place in its circle; every member sees that."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    if event.circle is not None:
        await services["store"].members.seat(event.slug, who.id, who.name, now=services["now"]())
    return RedirectResponse(f"/{event.slug}/circle", HTTPStatus.SEE_OTHER)


def own_link_page(request: Request, slug: str, token: str, name: str) -> Response:
    url = address(request, f"/{slug}/circle/enter#{token}")
    return told_once(
        request,
        title=_("A link for %(name)s", name=name),
        lead=_("It lets one more browser in, once, within an hour. Whoever has it comes in under this name."),
        told=[Told(_("Link"), url)],
        scan=url,
        back=f"/{slug}/circle",
    )


def door(
    request: Request, trouble: Trouble | None = None, *, proposed: str | None = None, token: str = ""
) -> Response:
    """Return the page of a link: with whom it admits, once that is known, the name is asked for."""
    status = HTTPStatus.OK
    if trouble:
        status = HTTPStatus.UNPROCESSABLE_ENTITY if proposed else HTTPStatus.FORBIDDEN
    return state(request)["pages"].page(
        "circle/enter.html",
        status=status,
        page="account",
        slug=request.path_params["slug"],
        proposed=proposed,
        token=token,
        trouble=trouble,
    )


async def person_id(request: Request) -> str:
    """Return who asks on the staff, if somebody is signed in."""
    signed_in = await access.session(request)
    return signed_in[1].id if signed_in else ""


routes = [
    Route("/{slug}/circle/enter", show),
    Route("/{slug}/circle/enter", enter, methods=["POST"]),
    Route("/{slug}/circle/place", take_place, methods=["POST"]),
    Route("/{slug}/circle/leaving", leave, methods=["POST"]),
    Route("/{slug}/circle/browsers", add_browser, methods=["POST"]),
    Route("/{slug}/circle/browsers/{browser}/end", end_browser, methods=["POST"]),
    Route("/{slug}/circle/members/{member}/link", help_in, methods=["POST"]),
    Route("/{slug}/circle/proposals/{proposal}/invitation", invite, methods=["POST"]),
]

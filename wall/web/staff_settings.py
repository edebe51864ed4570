"""Who and what may work on an event: its moderators, invited by one-time links, and its screens."""

from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.part import parse_part
from wall.core.people import Link, Person, Role
from wall.core.scenes import USUAL
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed, NotFound
from wall.web import access
from wall.web.acts import entry, note
from wall.web.addresses import address
from wall.web.event_page import event_page, in_charge
from wall.web.form import Trouble, fields
from wall.web.language import say
from wall.web.once import Told, told_once
from wall.web.state import state

LINK_VALID = timedelta(hours=24)
MOST_SCREENS = 100
INVITED: dict[str, Role] = {"speaker": "speaker", "moderator": "moderator", "organiser": "organiser"}
NEW: dict[Role, str] = {
    "speaker": _("A link for the new speaker"),
    "moderator": _("A link for the new moderator"),
    "organiser": _("A link for the new organiser"),
}
WARNING = _(
    "It works once, in the first browser that opens it, within 24 hours. Whoever has it gets in, "
    "so send it to one person only; you can sign them out here at any time."
)


# Moderators


async def invite(request: Request) -> Response:
    """Make the one-time link that makes somebody a moderator of the event, or an organiser."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        role = INVITED[values.get("role", "moderator")]
    except KeyError:
        error = InvalidInput(_("Invite a speaker, a moderator or an organiser."), field="role")
        return await event_page(request, event, Trouble("invite", error, values))
    name = clean_name(values.get("name", ""))
    now = state(request)["now"]()
    link = Link(kind="invite", expires_at=now + LINK_VALID, slug=event.slug, role=role, name=name or None)
    await note(request, event, who, "person invited", about=f"{name or 'somebody'} as {role}")
    return await show_link(request, event, link, title=_("A link for %(name)s", name=name) if name else NEW[role])


async def invite_again(request: Request) -> Response:
    """Make the link that signs somebody in who is known already: on another device, or after a session ended."""
    event, who = await access.staff(request, "organiser")
    person = await in_charge_of(request, event, who)
    link = Link(kind="sign-in", expires_at=state(request)["now"]() + LINK_VALID, person_id=person.id)
    await note(request, event, who, "person invited", about=f"{person.name}, on another device")
    return await show_link(request, event, link, title=_("A link for %(name)s", name=person.name))


async def revoke(request: Request) -> Response:
    """Take somebody's role at the event away; their next request is refused."""
    event, who = await access.staff(request, "organiser")
    people = state(request)["store"].people
    person = await member(request, event)
    if person.owner:
        raise NotAllowed(_("%(name)s owns this installation, and so organises every event.", name=person.name))
    if person.id == who.id:
        raise NotAllowed(_("You cannot take away your own role; ask another organiser."))
    await note(request, event, who, "role taken", about=f"{person.name}, {person.role(event.slug)}")
    await people.grant(person.id, event.slug, None)
    await state(request)["store"].members.unseat(event.slug, person.id, now=state(request)["now"]())
    return RedirectResponse(f"/organise/{event.slug}#moderators", HTTPStatus.SEE_OTHER)


async def end_session(request: Request) -> Response:
    """Sign somebody out of one browser."""
    event, who = await access.staff(request, "organiser")
    person = await in_charge_of(request, event, who)
    await note(request, event, who, "signed out", about=person.name)
    await state(request)["store"].people.sign_out(person.id, request.path_params["key"])
    return RedirectResponse(f"/organise/{event.slug}#moderators", HTTPStatus.SEE_OTHER)


async def member(request: Request, event: Event) -> Person:
    """Return who the path names, if they work on this event; raises NotFound."""
    person = await state(request)["store"].people.get(request.path_params["person"])
    if not person.may(event.slug, "speaker"):
        raise NotFound(_("There is no such person."))
    return person


async def in_charge_of(request: Request, event: Event, who: Person) -> Person:
    """Return who the path names, if the organiser may let them in and sign them out; raises NotAllowed."""
    person = await member(request, event)
    if not in_charge(who, person, event.slug):
        raise NotAllowed(
            _(
                "%(name)s works on more than this event; an owner of the installation may do that.",
                name=person.name,
            )
        )
    return person


async def show_link(request: Request, event: Event, link: Link, *, title: str) -> Response:
    services = state(request)
    token = await services["store"].people.make_link(link, now=services["now"]())
    url = address(request, f"/sign-in#{token}")
    back = f"/organise/{event.slug}#moderators"
    return told_once(request, title=title, lead=WARNING, told=[Told(_("Link"), url)], scan=url, back=back)


# Screens


async def open_screen(request: Request) -> Response:
    """Make a screen, and show its link once."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values = await fields(request)
    name = clean_name(values.get("name", "")) or say(_("Screen"))
    if len(await services["store"].screens.all(event.slug)) >= MOST_SCREENS:
        error = InvalidInput(
            _("An event has at most %(most_screens)s screens; take one back first.", most_screens=MOST_SCREENS),
            field="name",
        )
        return await event_page(request, event, Trouble("screen", error, values))
    opened = entry(request, who, "screen opened", about=name)
    __, token = await services["store"].screens.open(event.slug, name, now=services["now"](), entry=opened)
    path = f"/{event.slug}/screen/open#{token}"
    return told_once(
        request,
        title=_("The screen “%(name)s”", name=name),
        lead=_(
            "Open this link in the browser of the projector. It shows the wall and can do nothing else; "
            "you can take it back at any time."
        ),
        told=[Told(_("Link"), address(request, path))],
        open_here=path,
        back=f"/organise/{event.slug}#screens",
    )


async def arrange_screen(request: Request) -> Response:
    """Say where a screen stands, what it runs, and which part of the wall it shows; it hears of it at once."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values = await fields(request)
    room = clean_name(values.get("room", ""))
    part = parse_part(values)
    list_id = values.get("scenes", "")
    scenes = await services["store"].scenes.get(event.slug, list_id) if list_id else USUAL
    screen_id = request.path_params["screen"]
    found = next((one for one in await services["store"].screens.all(event.slug) if one.id == screen_id), None)
    beside = f", part {part.nth} of {part.of}" if part.of > 1 else ""
    about = f"{found.name if found else 'a screen'}: {scenes.name}{f', in {room}' if room else ''}{beside}"
    await services["store"].screens.arrange(
        event.slug,
        screen_id,
        lambda screen: replace(screen, room=room, scenes=list_id, part=part),
        now=services["now"](),
        entry=entry(request, who, "screen arranged", about=about),
    )
    return RedirectResponse(f"/organise/{event.slug}#screens", HTTPStatus.SEE_OTHER)


async def revoke_screen(request: Request) -> Response:
    """Take a screen's link back."""
    event, who = await access.staff(request, "organiser")
    screens = state(request)["store"].screens
    screen_id = request.path_params["screen"]
    found = next((one for one in await screens.all(event.slug) if one.id == screen_id), None)
    told = entry(request, who, "screen revoked", about=found.name) if found else None
    await screens.revoke(event.slug, screen_id, entry=told)
    return RedirectResponse(f"/organise/{event.slug}#screens", HTTPStatus.SEE_OTHER)


routes = [
    Route("/organise/{slug}/moderators", invite, methods=["POST"]),
    Route("/organise/{slug}/moderators/{person}/link", invite_again, methods=["POST"]),
    Route("/organise/{slug}/moderators/{person}/revocation", revoke, methods=["POST"]),
    Route("/organise/{slug}/moderators/{person}/sessions/{key}", end_session, methods=["POST"]),
    Route("/organise/{slug}/screens", open_screen, methods=["POST"]),
    Route("/organise/{slug}/screens/{screen}", arrange_screen, methods=["POST"]),
    Route("/organise/{slug}/screens/{screen}/revocation", revoke_screen, methods=["POST"]),
]

"""Who takes part from a browser: known by a signed cookie and by nothing else, and asked for what the event asks."""

import secrets
from dataclasses import replace

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from wall.core import identity
from wall.core.challenge import besieged
from wall.core.event import Event
from wall.core.identity import KEPT_SECONDS, Identity
from wall.core.participant import Participant
from wall.core.participation import PROVEN
from wall.core.tickets import STEP_SECONDS, check_ticket, make_ticket
from wall.core.words import _
from wall.errors import NotTakingPart
from wall.store.newcomers import Meeting
from wall.web import access
from wall.web.doors import whence
from wall.web.known import COOKIE, known, own_cookie
from wall.web.state import state
from wall.web.when import again

ADMITTED_COOKIE = "join"
ADMITTED_SECONDS = 4 * 3600
FEW_FROM_AFAR = 100
"""So many begin to take part from one address within an hour before the next ones pass the check."""

ASKED = {
    "nobody": _("Nobody takes part here just now; you can read along."),
    "room": _("Scan the code on a screen in the room, then try again."),
    "mail": _("Open “Take part” first, and have a link sent to your e-mail address."),
    "code": _("Open “Take part” first, and enter the code of your ticket."),
    "oidc": _("Open “Take part” first, and sign in there."),
}
UNKNOWN = _("Your browser is not known here yet. Load this page again, with cookies allowed.")
CHECK = _("Very many people come at this moment. Open “Take part” first, and pass the short check there.")


async def taking_part(request: Request, event: Event) -> Participant:
    """Return who asks, if they may take part in this event; raises NotTakingPart, in words for them."""
    who = event.participation.who
    if who == "nobody":
        raise await turned_away(request, event, "nobody", ASKED["nobody"])
    if event.circle is not None:
        return await as_member(request, event)
    own = await known(request, event)
    if who in PROVEN and (own is None or own.proof != who):
        raise await turned_away(request, event, who, ASKED[who])
    if own is None:
        raise await turned_away(request, event, "cookie", UNKNOWN)
    in_room = await admitted(request, event)
    if who == "room" and not in_room:
        raise await turned_away(request, event, "room", ASKED["room"])
    meeting = await meet(request, event, own, in_room=in_room)
    if await must_pass(request, event, meeting, in_room=in_room):
        raise await turned_away(request, event, "check", CHECK)
    return meeting.participant


async def as_member(request: Request, event: Event) -> Participant:
    """Return the member of a circle who asks, the same one in all of their browsers; raises NotTakingPart."""
    found = await access.member(request, event)
    if found is None:
        raise NotTakingPart(_("Only members of this circle take part in it."))
    participant = await state(request)["store"].participants.get(event.slug, member_id(event.slug, found.id))
    return replace(participant, name=found.name)


def member_id(slug: str, id: str) -> str:
    return identity.participant_id(slug, f"member {id}")


async def own_id(request: Request, event: Event) -> str | None:
    """Return which participant a browser is: of a circle, its member; elsewhere, by its cookie. None for nobody yet.

    It is whose posts, votes and threads are theirs; that they may add to them, `taking_part` says.
    """
    if event.circle is None:
        own = await known(request, event)
        return identity.participant_id(event.slug, own.secret) if own else None
    found = await access.member(request, event)
    return member_id(event.slug, found.id) if found else None


async def meet(request: Request, event: Event, own: Identity, *, in_room: bool) -> Meeting:
    """Return a participant as they stand, who counts as come from now on; raises NotTakingPart when too many came."""
    services = state(request)
    meeting = await services["store"].newcomers.meet(
        event.slug,
        identity.participant_id(event.slug, own.secret),
        home=whence(request),
        few=FEW_FROM_AFAR,
        most=services["config"].max_streams_per_address,
        counted=not in_room and not own.proof,
        keep_seconds=KEPT_SECONDS,
        now=services["now"](),
    )
    if meeting.wait:
        words = _("Very many people begin from your network. Try again %(when)s.", when=again(meeting.wait))
        raise await turned_away(request, event, "address", words)
    return meeting


async def must_pass(request: Request, event: Event, meeting: Meeting, *, in_room: bool) -> bool:
    """Tell whether somebody must show first that they are no program."""
    check = event.participation.check
    if check == "off" or meeting.checked is not None:
        return False
    if check == "on":
        return True
    if in_room or meeting.crowded:
        return not in_room
    since = await attacked_since(request, event)
    return since is not None and (meeting.since is None or meeting.since >= since * 60)


async def missing(request: Request, event: Event) -> str:
    """Return why somebody may not take part yet, as in `ASKED`, or “check”; "" when nothing is asked of them."""
    if event.circle is not None:
        return ""
    own, lacking = await known(request, event), await lacks(request, event)
    if lacking or event.participation.check == "off":
        return lacking
    store, in_room = state(request)["store"], await admitted(request, event)
    id = identity.participant_id(event.slug, own.secret) if own else ""
    stands = await store.newcomers.standing(event.slug, id)
    return "check" if await must_pass(request, event, stands, in_room=in_room) else ""


async def lacks(request: Request, event: Event) -> str:
    """Return which kind of person the event asks for that somebody has not shown to be, "" for none."""
    who = event.participation.who
    if who in PROVEN:
        own = await known(request, event)
        return "" if own and own.proof == who else who
    fits = who == "anybody" or (who == "room" and await admitted(request, event))
    return "" if fits else who


async def attacked_since(connection: HTTPConnection, event: Event) -> int | None:
    """Return since which minute far more people than usual begin to take part, None for no such time."""
    services = state(connection)
    now = services["now"]()
    counts = await services["store"].newcomers.by_minute(event.slug, now=now)
    return besieged(counts, int(now.timestamp()) // 60)


async def turned_away(request: Request, event: Event, why: str, words: str) -> NotTakingPart:
    """Return what to raise for somebody who is turned away, once it is counted."""
    services = state(request)
    await services["store"].turned_away.count(event.slug, why, now=services["now"]())
    return NotTakingPart(words, why=why)


# Who they are


async def introduce(request: Request, event: Event, answer: Response) -> None:
    """Have a browser known from now on, if it is not yet, and for longer, if it has been for long."""
    services = state(request)
    if services["seal"].key is None:
        return
    own, key, now = await known(request, event), await services["seal"].load(), services["now"]().timestamp()
    if own and own.proof:
        return
    if own_cookie(request, event.slug) in request.cookies:
        access.delete_cookie(request, answer, f"{COOKIE}-{event.slug}")
    if own and not own.due(now):
        return
    fresh = Identity(secret=own.secret if own else secrets.token_urlsafe(18), made=int(now))
    access.set_cookie(request, answer, COOKIE, identity.write(key, fresh), seconds=KEPT_SECONDS)


async def prove(request: Request, event: Event, answer: Response, secret: str, *, turn: int = 0) -> None:
    """Have a browser known as who showed what the event asks for: the same participant in each browser."""
    services = state(request)
    own = Identity(
        secret=secret, made=int(services["now"]().timestamp()), proof=event.participation.who, turn=turn
    )
    words = identity.write(await services["seal"].load(), own)
    access.set_cookie(request, answer, f"{COOKIE}-{event.slug}", words, seconds=KEPT_SECONDS)


# Who is in the room


async def admit(request: Request, event: Event, answer: Response) -> None:
    """Let a browser that came by a screen's code take part for some hours."""
    services = state(request)
    secret = await services["store"].screens.secret(event.slug)
    mark = make_ticket(secret, f"{event.slug} phone", now=services["now"]())
    access.set_cookie(request, answer, f"{ADMITTED_COOKIE}-{event.slug}", mark, seconds=ADMITTED_SECONDS)


async def admitted(request: Request, event: Event) -> bool:
    """Tell whether a browser came by a screen's code within the last hours, or sees what only those of a circle do."""
    if event.circle is not None:
        return True  # `access.event` has asked who they are
    given = request.cookies.get(access.cookie(request, f"{ADMITTED_COOKIE}-{event.slug}"), "")
    if not given:
        return False
    services = state(request)
    steps, what, now = ADMITTED_SECONDS // STEP_SECONDS, f"{event.slug} phone", services["now"]()
    if check_ticket(await services["seal"].secret(event.slug), what, given, now=now, steps=steps):
        return True
    # Another Redis, another secret: this process may hold the old one.
    return check_ticket(await services["seal"].secret(event.slug, again=True), what, given, now=now, steps=steps)


async def invited(request: Request, event: Event) -> bool:
    """Tell whether whoever asks is to be shown how to take part, though more may be asked of them then."""
    who = event.participation.who
    return who not in ("nobody", "room") or (who == "room" and await admitted(request, event))

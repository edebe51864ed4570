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
from wall.errors import NotTakingPart
from wall.store.newcomers import Meeting
from wall.web import access
from wall.web.doors import home_of
from wall.web.state import state
from wall.web.when import again

COOKIE = "participant"
ADMITTED_COOKIE = "join"
ADMITTED_SECONDS = 4 * 3600
FEW_FROM_AFAR = 100
"""So many begin to take part from one address within an hour before the next ones pass the check."""

ASKED = {
    "nobody": "Nobody takes part here just now; you can read along.",
    "room": "Scan the code on a screen in the room, then try again.",
    "mail": "Open “Take part” first, and have a link sent to your e-mail address.",
    "code": "Open “Take part” first, and enter the code of your ticket.",
    "oidc": "Open “Take part” first, and sign in there.",
}
UNKNOWN = "Your browser is not known here yet. Load this page again, with cookies allowed."
CHECK = "Very many people come at this moment. Open “Take part” first, and pass the short check there."


async def taking_part(request: Request, event: Event) -> Participant:
    """Return who asks, if they may take part in this event; raises NotTakingPart, in words for them."""
    who = event.participation.who
    if who == "nobody":
        raise await turned_away(request, event, "nobody", ASKED["nobody"])
    if event.circle is not None:
        return await as_member(request, event)
    own = await known(request, event)
    if own is None:
        raise await turned_away(request, event, "cookie", UNKNOWN)
    if who in PROVEN and not await proven(request, event, own):
        raise await turned_away(request, event, who, ASKED[who])
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
        raise NotTakingPart("Only members of this circle take part in it.")
    participant = await state(request)["store"].participants.get(event.slug, member_id(event.slug, found.id))
    return replace(participant, name=found.name)


def member_id(slug: str, id: str) -> str:
    return identity.participant_id(slug, f"member {id}")


async def own_id(request: Request, event: Event) -> str | None:
    """Return which participant a browser is: of a circle, its member; elsewhere, as `participant_id` says."""
    if event.circle is None:
        return participant_id(request, event.slug)
    found = await access.member(request, event)
    return member_id(event.slug, found.id) if found else None


async def meet(request: Request, event: Event, own: Identity, *, in_room: bool) -> Meeting:
    """Return a participant as they stand, who counts as come from now on; raises NotTakingPart when too many came."""
    services = state(request)
    meeting = await services["store"].newcomers.meet(
        event.slug,
        identity.participant_id(event.slug, own.secret),
        home=home(request),
        few=FEW_FROM_AFAR,
        most=services["config"].max_streams_per_address,
        counted=not in_room and not own.proof,
        keep_seconds=KEPT_SECONDS,
        now=services["now"](),
    )
    if meeting.wait:
        words = f"Very many people begin from your network. Try again {again(meeting.wait)}."
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
        return "" if own and await proven(request, event, own) else who
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


def participant_id(connection: HTTPConnection, slug: str) -> str | None:
    """Return what tells one participant of an event from others; not the secret in the cookie, which only they know.

    It is what the browser says. That it may act, `taking_part` says.
    """
    secret = identity.claimed(said(connection, slug))
    return identity.participant_id(slug, secret) if secret else None


def introduce(request: Request, event: Event, answer: Response) -> None:
    """Have a browser known from now on, if it is not yet, and for longer, if it has been for long."""
    services = state(request)
    key, now = services["seal"].key, services["now"]().timestamp()
    own = request.cookies.get(own_cookie(request, event.slug))
    if key is None or (own and identity.read(key, own, now=now)):
        return
    if own:
        access.delete_cookie(request, answer, f"{COOKIE}-{event.slug}")
    there = identity.read(key, request.cookies.get(access.cookie(request, COOKIE), ""), now=now)
    if there and not there.due(now):
        return
    secret = there.secret if there else secrets.token_urlsafe(18)
    fresh = Identity(secret=secret, made=int(now))
    access.set_cookie(request, answer, COOKIE, identity.write(key, fresh), seconds=KEPT_SECONDS)


async def known(request: Request, event: Event) -> Identity | None:
    """Return who a browser is, by a cookie of our making."""
    services = state(request)
    words, now = said(request, event.slug), services["now"]().timestamp()
    found = identity.read(await services["seal"].load(), words, now=now)
    if found is None and identity.claimed(words):
        # Another Redis, another key: this process may hold the old one.
        found = identity.read(await services["seal"].load(again=True), words, now=now)
    return found


async def proven(request: Request, event: Event, own: Identity) -> bool:
    """Tell whether somebody showed what the event asks for, and is not the holder of a code that was moved since."""
    if own.proof != event.participation.who:
        return False
    if own.proof != "code":
        return True
    return await state(request)["store"].ticket_codes.turn(event.slug, own.secret) == own.turn


async def prove(request: Request, event: Event, answer: Response, secret: str, *, turn: int = 0) -> None:
    """Have a browser known as who showed what the event asks for: the same participant in each browser."""
    services = state(request)
    own = Identity(
        secret=secret, made=int(services["now"]().timestamp()), proof=event.participation.who, turn=turn
    )
    words = identity.write(await services["seal"].load(), own)
    access.set_cookie(request, answer, f"{COOKIE}-{event.slug}", words, seconds=KEPT_SECONDS)


def said(connection: HTTPConnection, slug: str) -> str:
    """Return what a browser says of itself: what it showed for this event goes before what it is elsewhere."""
    own = connection.cookies.get(own_cookie(connection, slug))
    return own or connection.cookies.get(access.cookie(connection, COOKIE), "")


def own_cookie(connection: HTTPConnection, slug: str) -> str:
    return access.cookie(connection, f"{COOKIE}-{slug}")


def home(connection: HTTPConnection) -> str:
    """Return what counts as one address of whoever asks."""
    return home_of(connection.client.host) if connection.client else ""


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
    secret = await services["store"].screens.secret(event.slug)
    steps = ADMITTED_SECONDS // STEP_SECONDS
    return check_ticket(secret, f"{event.slug} phone", given, now=services["now"](), steps=steps)


async def invited(request: Request, event: Event) -> bool:
    """Tell whether whoever asks is to be shown how to take part, though more may be asked of them then."""
    who = event.participation.who
    return who not in ("nobody", "room") or (who == "room" and await admitted(request, event))

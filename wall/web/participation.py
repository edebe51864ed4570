"""Who takes part from a browser: without an account, known by a secret in a cookie and by nothing else."""

import hashlib
import secrets
from dataclasses import replace

from starlette.requests import HTTPConnection, Request
from starlette.responses import Response

from wall.core.event import Event
from wall.core.participant import Participant
from wall.core.tickets import STEP_SECONDS, check_ticket, make_ticket
from wall.errors import NotTakingPart
from wall.web import access
from wall.web.state import state

COOKIE = "participant"
KEPT_SECONDS = 30 * 24 * 3600
ADMITTED_COOKIE = "join"
ADMITTED_SECONDS = 4 * 3600


async def taking_part(request: Request, event: Event) -> Participant:
    """Return who asks, if they may take part in this event; raises NotTakingPart, in words for them."""
    if event.circle is not None:
        return await as_member(request, event)
    id = participant_id(request, event.slug)
    if id is None:
        raise NotTakingPart("Your browser refuses cookies; allow them here, so that you can take part.")
    if not await admitted(request, event):
        raise NotTakingPart("Scan the code on a screen in the room, then try again.")
    return await state(request)["store"].participants.get(event.slug, id)


async def as_member(request: Request, event: Event) -> Participant:
    """Return the member of a circle who asks, the same one in all of their browsers; raises NotTakingPart."""
    found = await access.member(request, event)
    if found is None:
        raise NotTakingPart("Only members of this circle take part in it.")
    id = digest(event.slug, f"member {found.id}")
    participant = await state(request)["store"].participants.get(event.slug, id)
    return replace(participant, name=found.name)


def participant_id(connection: HTTPConnection, slug: str) -> str | None:
    """Return what tells one participant of an event from others; not the secret in the cookie, which only they know."""
    secret = connection.cookies.get(access.cookie(connection, COOKIE))
    return digest(slug, secret) if secret else None


def digest(slug: str, secret: str) -> str:
    return hashlib.sha256(f"{slug}\x1f{secret}".encode()).hexdigest()[:24]


def introduce(request: Request, event: Event, answer: Response) -> None:
    """Have a browser known from now on, if it is not yet."""
    if participant_id(request, event.slug) is None:
        access.set_cookie(request, answer, COOKIE, secrets.token_urlsafe(18), seconds=KEPT_SECONDS)


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
    services = state(request)
    secret = await services["store"].screens.secret(event.slug)
    steps = ADMITTED_SECONDS // STEP_SECONDS
    return check_ticket(secret, f"{event.slug} phone", given, now=services["now"](), steps=steps)

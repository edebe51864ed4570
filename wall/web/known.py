"""What a browser is known by: a cookie of our making, for every event or, once its person showed something, for one."""

from starlette.requests import HTTPConnection, Request

from wall.core import identity
from wall.core.event import Event
from wall.core.identity import Identity
from wall.web import access
from wall.web.state import state

COOKIE = "participant"


async def known(request: Request, event: Event) -> Identity | None:
    """Return who a browser is, by a cookie of our making; what it showed for this event goes first.

    Whose code was moved to another browser is no longer who they were by it, whatever the event asks for now.
    """
    for name in (own_cookie(request, event.slug), access.cookie(request, COOKIE)):
        own = await signed(request, request.cookies.get(name, ""))
        if own and await holds(request, event, own):
            return own
    return None


async def signed(request: Request, words: str) -> Identity | None:
    """Return the identity of a cookie, if it is of our making."""
    services = state(request)
    now = services["now"]().timestamp()
    found = identity.read(await services["seal"].load(), words, now=now)
    if found is None and identity.well_formed(words):
        # Another Redis, another key: this process may hold the old one.
        found = identity.read(await services["seal"].load(again=True), words, now=now)
    return found


async def holds(request: Request, event: Event, own: Identity) -> bool:
    """Tell whether somebody still is who they showed to be: a ticket code may have been moved or taken back since."""
    if own.proof != "code":
        return True
    return await state(request)["store"].ticket_codes.turn(event.slug, own.secret) == own.turn


def own_cookie(connection: HTTPConnection, slug: str) -> str:
    return access.cookie(connection, f"{COOKIE}-{slug}")

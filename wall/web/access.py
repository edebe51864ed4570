"""Who may enter: every door to an event is `event` or `staff`, and nothing else hands an Event to a route."""

import ipaddress
from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.responses import Response

from wall.core.circle import Member
from wall.core.event import Event
from wall.core.people import RANK, SCREEN_KINDS, Person, Role, Screen, ScreenKind, Session
from wall.errors import ByInvitation, NotAllowed, NotFound, NotSignedIn
from wall.web.security import PRIVATE, hostname
from wall.web.state import state

SESSION_COOKIE = "session"
OUTSIDE = (
    "This is by invitation only. If you are a member, open it in a browser that your link let in. "
    "If you are on its team, sign in."
)
OVER_PLAIN = (
    "This is by invitation only, and its members read it over https, or on the machine itself, where nobody in between "
    "reads along."
)


async def event(connection: HTTPConnection, role: Role) -> Event:
    """Return the event that the request's path names, if whoever asks has at least this role there.

    Raises NotFound, NotSignedIn, or NotAllowed. Call it first in every route below /{slug}/.
    """
    found = await named(connection)
    if RANK[role] <= RANK["viewer"]:
        await check_viewer(connection, found)
        return found
    if role == "embed" and found.circle is not None:
        raise ByInvitation(OUTSIDE)  # whoever reads the page of another site has the token
    if role in SCREEN_KINDS and await screen(connection, found.slug, role) is not None:
        return found
    # A screen's role is read from its token; staff may look at what a screen shows.
    await staff_of(connection, found, "moderator" if role in SCREEN_KINDS else role)
    return found


async def staff(connection: HTTPConnection, role: Role) -> tuple[Event, Person]:
    """Return the event and who asks, who has at least this role there; raises as `event` does.

    For routes that go by who it is: the session is read once.
    """
    found = await named(connection)
    return found, await staff_of(connection, found, role)


async def named(connection: HTTPConnection) -> Event:
    """Return the event that the request's path names, whoever asks; raises NotFound.

    For doors where a signature or a token says who asks, and which tell nothing of the event.
    """
    found = await state(connection)["store"].events.get(connection.path_params["slug"])
    if found.circle is not None:
        connection.scope[PRIVATE] = True
    return found


async def staff_of(connection: HTTPConnection, event: Event, role: Role) -> Person:
    who = await person(connection)
    if not who.may(event.slug, role):
        where = "this event" if event.circle else event.title
        raise NotAllowed(f"You are signed in as {who.name}, who is no {role} of {where}.")
    return who


async def check_viewer(connection: HTTPConnection, event: Event) -> None:
    """Raise ByInvitation where an event is a circle, and neither a member asks nor its team nor one of its screens."""
    if event.circle is None or await member(connection, event) is not None:
        return
    signed_in = await session(connection) if private(connection) else None
    if signed_in and signed_in[1].may(event.slug, "moderator"):
        return
    for kind in SCREEN_KINDS:
        with suppress(NotAllowed):
            if kind != "embed" and await screen(connection, event.slug, kind) is not None:
                return
    raise ByInvitation(OUTSIDE if private(connection) else OVER_PLAIN)


async def member(connection: HTTPConnection, event: Event) -> Member | None:
    """Return the member of the event's circle who asks, by their browser's cookie or as a person of the staff, or None.

    Over a line that others can read, nobody is one.
    """
    if event.circle is None or not private(connection):
        return None
    services = state(connection)
    secret = connection.cookies.get(cookie(connection, circle_cookie(event.slug)))
    if secret:
        with suppress(NotFound):
            found = await services["store"].ways_in.member(event.slug, secret, now=services["now"]())
            if found is not None:
                return found
    signed_in = await session(connection)
    return await services["store"].members.of_person(event.slug, signed_in[1].id) if signed_in else None


async def person(connection: HTTPConnection) -> Person:
    """Return who is signed in; raises NotSignedIn, or NotAllowed over a line that others can read."""
    check_line(connection)
    signed_in = await session(connection)
    if signed_in is None:
        raise NotSignedIn("Sign in first.")
    return signed_in[1]


def check_line(connection: HTTPConnection) -> None:
    """Raise NotAllowed over a line that others can read; for pages where secrets are typed or shown."""
    if not private(connection):
        raise NotAllowed(
            "Over plain http, staff pages open only on the machine itself. Use https, "
            "or start with --insecure-lan if you trust everybody in this network."
        )


async def owner(connection: HTTPConnection) -> Person:
    """Return the signed-in person if they own this installation; raises NotAllowed."""
    who = await person(connection)
    if not who.owner:
        raise NotAllowed("Only an owner of this installation may do that.")
    return who


async def session(connection: HTTPConnection) -> tuple[Session, Person] | None:
    """Return the session and person of the request's cookie, or None."""
    secret = connection.cookies.get(cookie(connection, SESSION_COOKIE))
    if not secret:
        return None
    services = state(connection)
    return await services["store"].people.session(secret, now=services["now"]())


async def screen(connection: HTTPConnection, slug: str, kind: ScreenKind = "screen") -> Screen | None:
    """Return the screen of a kind that the request's cookie is of, or None.

    What is embedded in other sites has no cookies: its token is in the path. Raises NotAllowed when it was revoked, or
    is of another kind, unless somebody is signed in: staff may look from what was a screen.
    """
    in_path = connection.path_params.get("token") if kind == "embed" else None
    token = in_path or connection.cookies.get(cookie(connection, screen_cookie(kind, slug)))
    if not token:
        return None
    try:
        return await of_kind(connection, slug, token, kind)
    except NotAllowed:
        if await session(connection) is None:
            raise
        return None


async def of_kind(connection: HTTPConnection, slug: str, token: str, kind: ScreenKind) -> Screen:
    """Return the screen of a token; raises NotAllowed for an unknown or revoked one, and for one of another kind."""
    found = await state(connection)["store"].screens.by_token(slug, token)
    if found.kind != kind:
        raise NotAllowed("This link opens another page than this one.")
    return found


def circle_cookie(slug: str) -> str:
    return f"circle-{slug}"


def screen_cookie(kind: ScreenKind, slug: str) -> str:
    return f"{kind}-{slug}"


def cookie(connection: HTTPConnection, name: str) -> str:
    """Return a cookie's full name: over https one that no other host and no plain page can set."""
    return f"__Host-{name}" if secure(connection) else name


def set_cookie(connection: HTTPConnection, answer: Response, name: str, value: str, *, seconds: int) -> None:
    """Let the browser keep a value for so long, out of reach of scripts and of forms on other sites."""
    answer.set_cookie(
        cookie(connection, name),
        value,
        max_age=seconds,
        secure=secure(connection),
        httponly=True,
        samesite="lax",
    )


def delete_cookie(connection: HTTPConnection, answer: Response, name: str) -> None:
    answer.delete_cookie(cookie(connection, name), secure=secure(connection), httponly=True, samesite="lax")


def secure(connection: HTTPConnection) -> bool:
    return connection.scope["scheme"] in ("https", "wss")


def private(connection: HTTPConnection) -> bool:
    """Tell whether nobody in between can read the line: https, or the machine itself.

    A caller from this machine that asks for another name is a proxy, and how people came to that is not known.
    """
    if secure(connection) or state(connection)["config"].insecure_lan:
        return True
    client = connection.client
    own = client is None or is_this_machine(client.host)  # no client: a unix socket
    return own and is_this_machine(hostname(connection.headers.get("host", "")) or "")


def is_this_machine(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False

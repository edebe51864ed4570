"""Who may enter: every door to an event is `event` or `staff`, or `outside` for programs of others.

Nothing else hands an Event to a route.
"""

from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.responses import Response

from wall.core.circle import Member
from wall.core.event import Event
from wall.core.people import RANK, SCREEN_KINDS, Person, Role, Screen, ScreenKind, Session
from wall.core.words import Words, _
from wall.errors import ByInvitation, NotAllowed, NotFound, NotSignedIn
from wall.web import bearer, language
from wall.web.doors import whence
from wall.web.privacy import private, secure
from wall.web.security import PRIVATE
from wall.web.state import state

SESSION_COOKIE = "session"
HIDDEN = "hidden"
"""The mark on a request's scope which says that whoever asks may not learn that there is such an event."""
OUTSIDE = _(
    "This is by invitation only. If you are a member, open it in a browser that your link let in. "
    "If you are on its team, sign in."
)
NOT_OUTSIDE = _("There is no wall here that is open to other programs.")
OVER_PLAIN = _(
    "This is by invitation only, and its members read it over https, or on the machine itself, where nobody in between "
    "reads along."
)


async def event(connection: HTTPConnection, role: Role, *, by_key: bool = False) -> Event:
    """Return the event that the request's path names, if whoever asks has at least this role there.

    Raises NotFound, NotSignedIn, or NotAllowed. Call it first in every route below /{slug}/. A program may ask by a key
    only where it says `by_key`.
    """
    found = await named(connection)
    if by_key and bearer.borne(connection):
        await key_of(connection, found, role)
        return let_in(connection, found, role)
    if RANK[role] <= RANK["viewer"]:
        await check_viewer(connection, found)
        return let_in(connection, found, role)
    if role == "embed" and found.circle is not None:
        raise ByInvitation(OUTSIDE)  # whoever reads the page of another site has the token
    if role in SCREEN_KINDS and await screen(connection, found.slug, role) is not None:
        return let_in(connection, found, role)
    # A screen's role is read from its token; staff may look at what a screen shows.
    await staff_of(connection, found, "moderator" if role in SCREEN_KINDS else role)
    return let_in(connection, found, role)


async def staff(connection: HTTPConnection, role: Role, *, by_key: bool = False) -> tuple[Event, Person]:
    """Return the event and who asks, who has at least this role there; raises as `event` does.

    For routes that go by who it is: the session is read once.
    """
    found = await named(connection)
    if by_key and bearer.borne(connection):
        who = await key_of(connection, found, role)
    else:
        who = await staff_of(connection, found, role)
    return let_in(connection, found, role), who


async def key_of(connection: HTTPConnection, event: Event, role: Role) -> Person:
    """Return who acts by the key that a request bears, if it is of this event and has this role; no cookie is read.

    Raises NotSignedIn, NotAllowed, TooManyRequests.
    """
    if not private(connection):
        raise NotAllowed(_("A key is taken over https only, or on the machine itself."))
    who = await bearer.acting(connection, event, bearer.borne(connection) or "")
    if event.circle is not None and not who.may(event.slug, "moderator"):
        raise ByInvitation(OUTSIDE)
    if not who.may(event.slug, role):
        raise NotAllowed(_("This key may not do that: it is of another role."))
    return who


async def named(connection: HTTPConnection) -> Event:
    """Return the event that the request's path names, whoever asks; raises NotFound.

    For doors where a signature or a token says who asks, and which tell nothing of the event. Until somebody is let in,
    whatever is refused at a circle that is a part of an event is told as if there were no such event.
    """
    found = await state(connection)["store"].events.get(connection.path_params["slug"])
    if found.hidden:
        connection.scope[HIDDEN] = True
    elif found.circle is not None:
        connection.scope[PRIVATE] = True
    return found


async def outside(connection: HTTPConnection, slug: str) -> Event:
    """Return an event that its organiser opened to programs of others; raises NotFound.

    Whoever asks, cookies or not, is a stranger: what is answered may be kept by anybody. A circle is never opened.
    """
    try:
        found = await state(connection)["store"].events.get(slug)
    except NotFound as error:
        raise NotFound(NOT_OUTSIDE) from error
    if not is_outside(found):
        raise NotFound(NOT_OUTSIDE)
    return found


async def all_outside(connection: HTTPConnection) -> list[Event]:
    """Return every event that its organiser opened to programs of others."""
    return [one for one in await state(connection)["store"].events.all() if is_outside(one)]


def is_outside(event: Event) -> bool:
    return event.mastodon_api and event.circle is None and event.part_of is None


def let_in(connection: HTTPConnection, event: Event, role: Role) -> Event:
    """Have an event answer somebody who may see it, in its language where they speak none that is known here."""
    connection.scope[HIDDEN] = False
    if event.circle is not None:
        connection.scope[PRIVATE] = True
    language.read_by(role, event)
    return event


async def staff_of(connection: HTTPConnection, event: Event, role: Role) -> Person:
    who = await person(connection)
    if not who.may(event.slug, role):
        where = _("this event") if event.circle else event.title
        raise NotAllowed(lacking(role, name=who.name, event=where))
    return who


def lacking(role: Role, *, name: str, event: str) -> Words:
    """Return, in words, that somebody may not do what a role does."""
    if role == "organiser":
        return _("You are signed in as %(name)s, who is no organiser of %(event)s.", name=name, event=event)
    if role == "speaker":
        return _("You are signed in as %(name)s, who is no speaker of %(event)s.", name=name, event=event)
    return _("You are signed in as %(name)s, who is no moderator of %(event)s.", name=name, event=event)


async def check_viewer(connection: HTTPConnection, event: Event) -> None:
    """Raise ByInvitation where an event is a circle, and neither a member asks nor its team nor one of its screens."""
    if event.circle is None or await is_of(connection, event):
        return
    for kind in SCREEN_KINDS:
        with suppress(NotAllowed):
            if kind != "embed" and await screen(connection, event.slug, kind) is not None:
                return
    raise ByInvitation(OUTSIDE if private(connection) else OVER_PLAIN)


async def is_of(connection: HTTPConnection, event: Event) -> bool:
    """Tell whether a member of a circle asks, or somebody of its team."""
    if await member(connection, event) is not None:
        return True
    signed_in = await session(connection) if private(connection) else None
    return signed_in is not None and signed_in[1].may(event.slug, "moderator")


def may_be_known(connection: HTTPConnection) -> bool:
    """Tell whether a browser has anything by which it could be of some circle."""
    names = (SESSION_COOKIE, circle_cookie(""))
    return any(name.startswith(tuple(cookie(connection, one) for one in names)) for name in connection.cookies)


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
        raise NotSignedIn(_("Sign in first."))
    return signed_in[1]


def check_line(connection: HTTPConnection) -> None:
    """Raise NotAllowed over a line that others can read; for pages where secrets are typed or shown."""
    if not private(connection):
        raise NotAllowed(
            _(
                "Over plain http, staff pages open only on the machine itself. Use https, "
                "or start with --insecure-lan if you trust everybody in this network."
            )
        )


async def owner(connection: HTTPConnection) -> Person:
    """Return the signed-in person if they own this installation; raises NotAllowed."""
    who = await person(connection)
    if not who.owner:
        raise NotAllowed(_("Only an owner of this installation may do that."))
    return who


async def session(connection: HTTPConnection) -> tuple[Session, Person] | None:
    """Return the session and person of the request's cookie, or None."""
    secret = connection.cookies.get(cookie(connection, SESSION_COOKIE))
    if not secret:
        return None
    services = state(connection)
    return await services["store"].people.session(secret, address=whence(connection), now=services["now"]())


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
        raise NotAllowed(_("This link opens another page than this one."))
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

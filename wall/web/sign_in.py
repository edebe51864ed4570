"""Signing in, by a one-time link or by name and passphrase, and out."""

from datetime import timedelta
from http import HTTPStatus
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry
from wall.core.people import Person
from wall.core.speakers import tied
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed
from wall.store.people import LONGEST
from wall.web import access
from wall.web.addresses import own_path
from wall.web.browser import browser_words
from wall.web.doors import whence
from wall.web.familiar import is_familiar, remember
from wall.web.form import Trouble, fields
from wall.web.letters import warn
from wall.web.passphrase import matches
from wall.web.sign_in_log import came_in, trying
from wall.web.state import state

TRIES = 5
TRIES_SECONDS = 300
LONGEST_TOKEN = 200
LONGEST_LINK = timedelta(hours=24)
LEADS_NOWHERE = _("This link leads nowhere. Ask for a new one.")
WRONG = _("No person here has this name and this passphrase.")


async def show(request: Request) -> HTMLResponse:
    """Show how to sign in; the page's script takes the token of a link out of the address."""
    access.check_line(request)
    return await sign_in_page(request, next=request.query_params.get("next", ""))


async def sign_in(request: Request) -> Response:
    """Sign in by a one-time link's token, or by name and passphrase."""
    access.check_line(request)
    values = await fields(request)
    token = values.get("token", "").strip()[:LONGEST_TOKEN]
    form = "link" if token else "passphrase"
    try:
        with trying(request, form, NotAllowed if token else InvalidInput):
            person = await (by_link(request, token, values) if token else by_passphrase(request, values))
    except InvalidInput as error:
        return await sign_in_page(request, Trouble(form, error, values), next=values.get("next", ""))
    except NotAllowed as error:
        signed_in = await access.session(request)
        if signed_in and token:
            # The second click on a link, in the browser that it let in.
            return RedirectResponse(home(signed_in[1], values.get("next", "")), HTTPStatus.SEE_OTHER)
        refused = Trouble(form, InvalidInput(error.message, field="token"), values)
        return await sign_in_page(request, refused, status=HTTPStatus.FORBIDDEN, next=values.get("next", ""))
    return await enter(request, person, home(person, values.get("next", "")), way=form)


async def by_link(request: Request, token: str, values: dict[str, str]) -> Person:
    """Return whom a link lets in, and use it up; raises NotAllowed, or InvalidInput while a name is missing."""
    services = state(request)
    people, now = services["store"].people, services["now"]()
    link = await people.link(token, now=now)
    if link.kind == "setup":
        raise InvalidInput(_("This code is for the set-up: open /setup and enter it there."), field="token")
    if link.kind == "sign-in" and link.person_id:
        await people.use_link(token, now=now)
        return await people.get(link.person_id)
    if link.kind != "invite" or link.slug is None or link.role is None:
        raise NotAllowed(LEADS_NOWHERE)
    erased = await services["store"].erasures.last(link.slug)
    if erased and erased.at > link.expires_at - LONGEST_LINK:
        raise NotAllowed(
            LEADS_NOWHERE
        )  # of an event that was erased, though there may be another of that name now
    signed_in = await access.session(request)
    is_speaker = bool(link.speaker and signed_in and signed_in[1].role(link.slug) == "speaker")
    if signed_in and signed_in[1].may(link.slug, link.role) and not is_speaker:
        raise InvalidInput(
            _(
                "You are signed in as %(name)s, who may do this already; the link is still good. "
                "Open it in the browser of the person it is for, or sign out first.",
                name=signed_in[1].name,
            ),
            field="token",
        )
    if signed_in:
        await people.use_link(token, now=now)
        person = await people.grant(signed_in[1].id, link.slug, link.role)
    else:
        name = name_of(link.name or values.get("name", ""))
        await people.use_link(token, now=now)
        person = await people.add(name, slug=link.slug, role=link.role)
    if link.speaker:
        name = link.speaker
        said = Entry(kind="programme", by=person.id, by_name=person.name, at=now, about=f"is the speaker {name}")
        await services["store"].programmes.change(
            link.slug, lambda before: tied(before, name, person.id), now=now, entry=said
        )
    joined = Entry(kind="person joined", by=person.id, by_name=person.name, at=now, about=f"as {link.role}")
    await state(request)["store"].audit.note(link.slug, joined)
    return person


async def by_passphrase(request: Request, values: dict[str, str]) -> Person:
    """Return whose name and passphrase these are; raises InvalidInput, the same for either being wrong."""
    store = state(request)["store"]
    name, passphrase = clean_name(values.get("name", "")), values.get("passphrase", "")
    if not name or not passphrase:
        raise InvalidInput(_("Enter your name and your passphrase."), field="name" if not name else "passphrase")
    keys = (f"sign-in by {name.casefold()}", f"sign-in from {whence(request)}")
    for key in keys:
        if not await store.limits.allow(key, most=TRIES, seconds=TRIES_SECONDS):
            raise InvalidInput(
                _(
                    "Those were %(num)s tries. Wait five minutes, or ask an organiser for a sign-in link.",
                    num=TRIES,
                ),
                field="passphrase",
            )
    person = await store.people.with_passphrase(name)
    if not await matches(person.passphrase_hash if person else None, passphrase) or person is None:
        raise InvalidInput(WRONG, field="passphrase")
    for key in keys:
        await store.limits.forget(key)
    return person


async def sign_in_page(
    request: Request, trouble: Trouble | None = None, *, status: int | None = None, next: str
) -> HTMLResponse:
    signed_in = await access.session(request)
    named = trouble is not None and trouble.form == "link" and trouble.error.field == "name"
    return state(request)["pages"].page(
        "account/sign_in.html",
        status=status or (HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK),
        page="account",
        trouble=trouble,
        next=own_path(next) or "",
        asks_name=named,
        signed_in=signed_in[1].name if signed_in else None,
        elsewhere=urlsplit(openid.issuer).netloc if (openid := state(request).get("openid")) else None,
    )


async def enter(request: Request, person: Person, path: str, *, way: str) -> Response:
    """Sign a person in under a new session, ending the one this browser had, and send them on."""
    services = state(request)
    people = services["store"].people
    before = await access.session(request)
    if before:
        await people.sign_out(before[1].id, before[0].key)
    browser = browser_words(request.headers.get("user-agent", ""))
    address = whence(request)
    warned = person.mailbox is not None and services.get("mailing") is not None
    if warned and not await is_familiar(request, person):
        await warn(services, person, "browser", f"{browser}, {address}" if address else browser)
    secret = await people.sign_in(person, browser=browser, address=address, now=services["now"]())
    came_in(request, person, way)
    answer = RedirectResponse(path, HTTPStatus.SEE_OTHER)
    access.set_cookie(request, answer, access.SESSION_COOKIE, secret, seconds=int(LONGEST.total_seconds()))
    if warned:
        await remember(request, answer, person)
    return answer


async def sign_out(request: Request) -> Response:
    """End the session of this browser."""
    signed_in = await access.session(request)
    if signed_in:
        await state(request)["store"].people.sign_out(signed_in[1].id, signed_in[0].key)
    return signed_out(request)


def signed_out(request: Request) -> Response:
    answer = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    access.delete_cookie(request, answer, access.SESSION_COOKIE)
    answer.headers["clear-site-data"] = (
        '"cache"'  # pages that “back” would bring again, on a machine that others use
    )
    return answer


def home(person: Person, wanted: str) -> str:
    """Return where a person goes after signing in: where they wanted to, else to their work."""
    path = own_path(wanted)
    if path:
        return path
    if not person.owner and list(person.roles.values()) == ["moderator"]:
        return f"/{next(iter(person.roles))}/moderate"
    if not person.owner and list(person.roles.values()) == ["speaker"]:
        return f"/{next(iter(person.roles))}/speak"
    return "/organise"


def name_of(text: str) -> str:
    """Return a person's name as it is kept; raises InvalidInput when nothing is left of it."""
    name = clean_name(text)
    if not name:
        raise InvalidInput(_("Enter a name; moderators see it beside decisions."), field="name")
    return name


routes = [
    Route("/sign-in", show),
    Route("/sign-in", sign_in, methods=["POST"]),
    Route("/sign-out", sign_out, methods=["POST"]),
]

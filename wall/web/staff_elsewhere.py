"""Staff who sign in elsewhere (OpenID Connect), at the provider where participants may, too.

An account is tied to who somebody is there by somebody whom a link let in just now; never by a name or a mail address
that the provider tells of. Of who they are there, a fingerprint is kept.
"""

import hmac
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed, NotFound, SignInError, TooManyRequests
from wall.openid import Attempt, OpenId
from wall.store.people import elsewhere
from wall.web import access
from wall.web.addresses import address
from wall.web.doors import whence
from wall.web.form import Trouble, fields
from wall.web.just_now import just_signed_in
from wall.web.letters import warn
from wall.web.sign_in import enter, home, sign_in_page
from wall.web.sign_in_elsewhere import AWAY, LONGEST, SECONDS
from wall.web.sign_in_log import trying
from wall.web.state import State, state

COOKIE = "staff-signing-in"
BACK = "/sign-in/elsewhere/back"
TRIES = 60
UNKNOWN = _(
    "Nobody on the staff here is known by that. Come in by a link that an organiser made you, "
    "then tie your account to it on the page of your account."
)


async def go(request: Request) -> Response:
    """Send a browser to where its person signs in."""
    access.check_line(request)
    try:
        attempt, there = await away(request)
    except SignInError as error:
        return await refused(request, error)
    return leave(request, RedirectResponse(there, HTTPStatus.SEE_OTHER), attempt, "enter")


async def tie(request: Request) -> Response:
    """Show the way to where somebody signs in, to tie their account to it; or untie it.

    A form may not lead elsewhere by itself, which the pages' policy sees to; so its answer is a page with a link.
    """
    values = await fields(request)
    if values.get("do") == "untie":
        who = await access.person(request)
        await state(request)["store"].people.change(who.id, lambda person: replace(person, elsewhere=""))
        return RedirectResponse("/account#elsewhere", HTTPStatus.SEE_OTHER)
    who = await just_signed_in(request)
    attempt, there = await away(request)
    page = state(request)["pages"].page(
        "account/elsewhere.html",
        page="account",
        person={"name": who.name},
        there=there,
        host=urlsplit(there).netloc,
    )
    page.headers["cache-control"] = "no-store"
    return leave(request, page, attempt, "tie")


async def come_back(request: Request) -> Response:
    """Let somebody in who signed in elsewhere, or tie their account to who they are there."""
    access.check_line(request)
    try:
        with trying(request, "provider", SignInError, NotAllowed):
            answer = await vouched_for(request)
    except (SignInError, NotAllowed) as error:
        return await refused(request, error)
    access.delete_cookie(request, answer, COOKIE)
    return answer


async def vouched_for(request: Request) -> Response:
    """Let in, or tie, whom the provider vouches for; raises SignInError, or NotAllowed."""
    openid = provider(request)
    parts = request.cookies.get(access.cookie(request, COOKIE), "").split(".")
    given, code = (request.query_params.get(one, "")[:LONGEST] for one in ("state", "code"))
    if len(parts) != 4 or not hmac.compare_digest(parts[0].encode(), given.encode()):
        raise SignInError(AWAY)
    if not code:
        raise SignInError(_("You did not sign in. Try again when you like."))
    subject = await openid.subject(Attempt(*parts[:3]), code, address(request, BACK))
    who = await state(request)["store"].people.from_elsewhere(openid.issuer, subject)
    if parts[3] == "tie":
        return await tied(request, openid, subject, who)
    if who is None:
        raise SignInError(UNKNOWN)
    return await enter(request, who, home(who, ""), way="provider")


async def tied(request: Request, openid: OpenId, subject: str, known: Person | None) -> Response:
    """Tie the account of whoever asks to who they are elsewhere, if nobody else's is."""
    who = await just_signed_in(request)
    if known is not None and known.id != who.id:
        raise SignInError(_("Another account here is tied to that already."))
    kept = elsewhere(openid.issuer, subject)
    await warn(state(request), who, "way", "elsewhere")
    await state(request)["store"].people.change(who.id, lambda person: replace(person, elsewhere=kept))
    return RedirectResponse("/account#elsewhere", HTTPStatus.SEE_OTHER)


async def away(request: Request) -> tuple[Attempt, str]:
    """Return an attempt to sign in, and where; raises SignInError."""
    openid, store = provider(request), state(request)["store"]
    tries = f"staff signs in from {whence(request)}"
    if wait := await store.limits.wait(tries, most=TRIES, seconds=SECONDS):
        raise TooManyRequests(_("Those were very many tries. Wait a few minutes."), seconds=int(wait))
    attempt = Attempt.draw()
    return attempt, await openid.away(attempt, address(request, BACK))


def leave(request: Request, answer: HTMLResponse | RedirectResponse, attempt: Attempt, purpose: str) -> Response:
    kept = f"{attempt.state}.{attempt.nonce}.{attempt.verifier}.{purpose}"
    access.set_cookie(request, answer, COOKIE, kept, seconds=SECONDS)
    return answer


async def refused(request: Request, error: SignInError | NotAllowed) -> Response:
    trouble = Trouble("elsewhere", InvalidInput(error.message))
    return await sign_in_page(request, trouble, status=HTTPStatus.FORBIDDEN, next="")


def provider(request: Request) -> OpenId:
    """Return where staff sign in elsewhere; raises NotFound where nothing is set for it."""
    openid = state(request)["openid"]
    if openid is None:
        raise NotFound(_("Nobody signs in elsewhere here."))
    return openid


def elsewhere_view(services: State, person: Person) -> dict[str, Any] | None:
    """Return what the account page says of it; None where nothing is set for it."""
    openid = services.get("openid")
    return {"host": urlsplit(openid.issuer).netloc, "tied": bool(person.elsewhere)} if openid else None


routes = [
    Route("/sign-in/elsewhere", go),
    Route(BACK, come_back),
    Route("/account/elsewhere", tie, methods=["POST"]),
]

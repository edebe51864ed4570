"""Taking part by signing in elsewhere (OpenID Connect). Nothing is kept but a keyed hash of who it was."""

import hmac
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.identity import proven_secret
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, SignInError
from wall.openid import Attempt, OpenId
from wall.web import access
from wall.web.addresses import address
from wall.web.doors import whence
from wall.web.join_page import join_page
from wall.web.participation import prove
from wall.web.state import state
from wall.web.when import again

COOKIE = "signing-in"
SECONDS = 900
MOST_TRIES = 300  # from one address, which a hall may share
LONGEST = 2000  # characters of what a provider sends along
AWAY = _("Signing in took too long, or began in another browser. Try again.")


async def go(request: Request) -> Response:
    """Send a browser to where its person signs in."""
    event, openid = await elsewhere(request)
    tries = f"{event.slug} signs in from {whence(request)}"
    wait = await state(request)["store"].limits.wait(tries, most=MOST_TRIES, seconds=SECONDS)
    if wait:
        return await refused(
            request, event, _("Very many sign in from your network. Try again %(when)s.", when=again(wait))
        )
    attempt = Attempt.draw()
    try:
        there = await openid.away(attempt, redirect_of(request, event))
    except SignInError as error:
        return await refused(request, event, error.message)
    answer = RedirectResponse(there, HTTPStatus.SEE_OTHER)
    words = f"{attempt.state}.{attempt.nonce}.{attempt.verifier}"
    access.set_cookie(request, answer, f"{COOKIE}-{event.slug}", words, seconds=SECONDS)
    return answer


async def come_back(request: Request) -> Response:
    """Let a browser take part whose person signed in."""
    event, openid = await elsewhere(request)
    name = f"{COOKIE}-{event.slug}"
    parts = request.cookies.get(access.cookie(request, name), "").split(".")
    given, code = (request.query_params.get(one, "")[:LONGEST] for one in ("state", "code"))
    if len(parts) != 3 or not hmac.compare_digest(parts[0].encode(), given.encode()):
        return await refused(request, event, AWAY)
    if not code:
        return await refused(request, event, _("You did not sign in. Try again when you like."))
    try:
        subject = await openid.subject(Attempt(*parts), code, redirect_of(request, event))
    except SignInError as error:
        return await refused(request, event, error.message)
    services = state(request)
    key = await services["seal"].load()
    back = RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)
    await prove(request, event, back, proven_secret(key, event.slug, "oidc", f"{openid.issuer} {subject}"))
    access.delete_cookie(request, back, name)
    return back


async def refused(request: Request, event: Event, words: str) -> Response:
    return await join_page(request, event, status=HTTPStatus.FORBIDDEN, error=InvalidInput(words))


async def elsewhere(request: Request) -> tuple[Event, OpenId]:
    """Return the event and where its people sign in, if that is what it asks for; raises NotFound."""
    event, openid = await access.event(request, "viewer"), state(request)["openid"]
    if event.participation.who != "oidc" or openid is None:
        raise NotFound(_("Nobody signs in here."))
    return event, openid


def redirect_of(request: Request, event: Event) -> str:
    return address(request, f"/{event.slug}/join/signed-in")


routes = [
    Route("/{slug}/join/sign-in", go),
    Route("/{slug}/join/signed-in", come_back),
]

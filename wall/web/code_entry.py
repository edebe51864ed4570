"""Ticket codes: who enters one takes part, in one browser at a time."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.identity import participant_id
from wall.core.member import participant_member
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, NotTakingPart
from wall.web import access
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.join_page import join_page
from wall.web.known import known
from wall.web.participation import prove, turned_away
from wall.web.participation_settings import LONGEST_CODE, code_secret, plain_code
from wall.web.state import state
from wall.web.when import again

MOST_TRIES = 60  # from one address, which a hall may share
TRIES_SECONDS = 300


async def enter(request: Request) -> Response:
    """Let a browser take part by a code; where another one has it, ask whether it is to be moved."""
    event = await access.event(request, "viewer")
    if event.participation.who != "code":
        raise NotFound(_("No codes are asked for here."))
    values = await fields(request)
    typed = values.get("code", "")[: 2 * LONGEST_CODE]
    try:
        secret, turn = await found(request, event, typed)
    except NotTakingPart as error:
        return await join_page(request, event, status=HTTPStatus.TOO_MANY_REQUESTS, error=error, code=typed)
    except InvalidInput as error:
        return await join_page(request, event, status=HTTPStatus.UNPROCESSABLE_ENTITY, error=error, code=typed)
    own = await known(request, event)
    back = RedirectResponse(f"/{event.slug}/join", HTTPStatus.SEE_OTHER)
    if own and (own.secret, own.turn) == (secret, turn):
        return back
    seen = values.get("moves", "")
    if turn > 0 and seen != str(turn):
        return await join_page(request, event, code=typed, moving=turn)
    moved = await state(request)["store"].ticket_codes.move(event.slug, secret, seen=turn)
    if moved is None:
        return await join_page(request, event, code=typed, moving=turn)
    if turn > 0:
        await leave_browser(request, event, secret)
    await prove(request, event, back, secret, turn=moved)
    return back


async def leave_browser(request: Request, event: Event, secret: str) -> None:
    """Tell the browser that a code was moved from nothing more of what is for who has the code."""
    store = state(request)["store"]
    if store.back_channels.able:
        await store.pushes.forget(event.slug, participant_member(participant_id(event.slug, secret)))


async def found(request: Request, event: Event, typed: str) -> tuple[str, int]:
    """Return a code as it is kept, and the turn that it is at; raises InvalidInput when there is none like it."""
    services = state(request)
    tries = f"{event.slug} codes from {whence(request)}"
    wait = await services["store"].limits.wait(tries, most=MOST_TRIES, seconds=TRIES_SECONDS)
    if wait:
        raise await turned_away(
            request, event, "guess", _("Too many tries from your network. Try again %(when)s.", when=again(wait))
        )
    secret = code_secret(await services["seal"].load(), event.slug, plain_code(typed))
    turn = await services["store"].ticket_codes.turn(event.slug, secret)
    if turn is None:
        await services["store"].turned_away.count(event.slug, "guess", now=services["now"]())
        raise InvalidInput(
            _("There is no such code. It stands on your ticket; case and hyphens do not matter."), field="code"
        )
    return secret, turn


routes = [Route("/{slug}/join/code", enter, methods=["POST"])]

"""The check of newcomers: a sum that their page does, or the organiser's question, where no scripts run."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core import challenge, identity
from wall.core.event import Event
from wall.core.identity import KEPT_SECONDS
from wall.core.words import _
from wall.errors import InvalidInput, NotTakingPart
from wall.web import access
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.join_page import join_page
from wall.web.known import known
from wall.web.participation import UNKNOWN, admitted, meet, turned_away
from wall.web.state import state
from wall.web.when import again

MOST_TRIES = 60  # from one address, which a hall may share
TRIES_SECONDS = 600


async def passed(request: Request) -> Response:
    """Note that somebody passed the check, and lead them to the form."""
    event = await access.event(request, "viewer")
    values = await fields(request)
    try:
        await try_it(request, event, values)
    except NotTakingPart as error:
        return await join_page(request, event, status=HTTPStatus.FORBIDDEN, error=error)
    except InvalidInput as error:
        return await join_page(request, event, status=HTTPStatus.UNPROCESSABLE_ENTITY, error=error)
    reply = values.get("reply", "")
    query = f"?reply={reply}" if reply.isascii() and reply.isalnum() else ""
    return RedirectResponse(f"/{event.slug}/join{query}", HTTPStatus.SEE_OTHER)


async def try_it(request: Request, event: Event, values: Mapping[str, str]) -> None:
    services = state(request)
    own = await known(request, event)
    if own is None:
        raise await turned_away(request, event, "cookie", UNKNOWN)
    tries = f"{event.slug} check from {whence(request)}"
    wait = await services["store"].limits.wait(tries, most=MOST_TRIES, seconds=TRIES_SECONDS)
    if wait:
        raise await turned_away(
            request, event, "failed", _("Too many tries from your network. Try again %(when)s.", when=again(wait))
        )
    id = identity.participant_id(event.slug, own.secret)
    if not await is_right(request, event, values, id):
        await services["store"].turned_away.count(event.slug, "failed", now=services["now"]())
        raise InvalidInput(_("That was not right. Try it once more."), field="answer")
    await meet(request, event, own, in_room=await admitted(request, event))
    await services["store"].newcomers.passed(event.slug, id, keep_seconds=KEPT_SECONDS, now=services["now"]())


async def is_right(request: Request, event: Event, values: Mapping[str, str], id: str) -> bool:
    """Tell whether the sum is right, or the answer to the organiser's question."""
    if values.get("answer"):
        return challenge.answers(values["answer"], event.participation.answer)
    services, seed = state(request), values.get("seed", "")
    key = await services["seal"].load()
    fresh = challenge.check_seed(key, id, seed, now=services["now"]().timestamp())
    return fresh and challenge.solves(seed, values.get("number", ""))


routes = [Route("/{slug}/join/check", passed, methods=["POST"])]

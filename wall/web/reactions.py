"""Reactions to posts: given and taken back by those who take part, from a script or a plain form."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.identity import KEPT_SECONDS
from wall.core.reactions import parse_reaction
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.participation import introduce, own_id, taking_part
from wall.web.state import state

MOST_PER_MINUTE = 60
MINUTE = 60
WANTED = {"": None, "yes": True, "no": False}
INTRODUCED = "introduced"


async def react(request: Request) -> Response:
    """Give a post a reaction, or take it back; a form without `wanted` does the other of both.

    Who is met for the first time gets their cookie now, and is sent here once more with it: who only reads has none.
    """
    event = await access.event(request, "viewer")
    if INTRODUCED not in request.query_params and await own_id(request, event) is None:
        again = RedirectResponse(f"{request.url.path}?{INTRODUCED}", HTTPStatus.TEMPORARY_REDIRECT)
        await introduce(request, event, again)
        return again
    who = await taking_part(request, event)
    values = await request.form(max_files=0, max_fields=5)
    reaction = parse_reaction(str(values.get("reaction", "")), event.reactions)
    wanted = str(values.get("wanted", ""))
    if wanted not in WANTED:
        raise InvalidInput(_("Say yes or no, or nothing for the other of both."), field="wanted")
    store, post_id = state(request)["store"], request.path_params["post_id"]
    if not await store.limits.allow(f"{event.slug} reactions {who.id}", most=MOST_PER_MINUTE, seconds=MINUTE):
        raise InvalidInput(_("That was a lot at once. Wait a minute, then react again."))
    given = await store.reactions.give(
        event.slug, post_id, who.id, reaction, wanted=WANTED[wanted], keep_seconds=KEPT_SECONDS
    )
    if "text/html" in request.headers.get("accept", ""):
        return RedirectResponse(f"/{event.slug}/post/{post_id}#react", HTTPStatus.SEE_OTHER)
    body = {"own": given.own, "reactions": given.counts}
    return JSONResponse(body, headers={"cache-control": "no-store"})


routes = [Route("/{slug}/post/{post_id}/reactions", react, methods=["POST"])]

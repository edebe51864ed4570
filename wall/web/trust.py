"""Trusting the author of a post from the desk, or no longer."""

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.state import state


class TrustForm(msgspec.Struct):
    """What a desk sends to trust the author of a post, or no longer."""

    post: str
    trusted: bool


async def change_trust(request: Request) -> Response:
    """Trust an author, or no longer."""
    event, who = await access.staff(request, "moderator")
    form = await read(request, TrustForm)
    services = state(request)
    standing = await services["store"].posts.get(event.slug, form.post)
    by = who.name if form.trusted else None
    made = entry(request, who, "trust" if form.trusted else "distrust", post=standing.post.id)
    await services["store"].authors.judge(event.slug, standing, by=by, entry=made, now=services["now"]())
    return JSONResponse({"author": standing.post.author.uid, "trusted": form.trusted})


routes = [Route("/{slug}/moderate/trust", change_trust, methods=["POST"])]

"""Finding at the desk: the waiting posts that a filter wants, some at a time."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.moderation import Status
from wall.web import access, frames
from wall.web.addresses import parse_place
from wall.web.cards import desk_card
from wall.web.filters import chosen
from wall.web.moderate import DESK_POSTS
from wall.web.state import state


async def find(request: Request) -> Response:
    """Return waiting posts that the filter wants, oldest first, and the place to look on from; null at the end."""
    event = await access.event(request, "moderator")
    services = state(request)
    after = request.query_params.get("after")
    found = await services["store"].finding.find(
        event.slug,
        Status.WAITING,
        chosen(request).wants,
        limit=DESK_POSTS,
        after=parse_place(after) if after else None,
    )
    cards = [desk_card(services["pages"], event.slug, one) for one in found.standings]
    body = {"cards": cards, "looked": found.looked, "last": found.last}
    return Response(frames.dump(body), media_type="application/json", headers={"cache-control": "no-store"})


routes = [Route("/{slug}/moderate/find", find)]

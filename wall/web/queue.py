"""The queue as JSON, for programs that moderate: what waits, and what a decision about it is bound to."""

from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.moderation import Standing
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access, frames
from wall.web.state import state
from wall.web.views import post_json

MOST = 100


async def show(request: Request) -> Response:
    """Return the posts that wait, oldest first, and how many there are of each status."""
    event, _who = await access.staff(request, "moderator", by_key=True)
    limit = parsed(request.query_params.get("limit", str(MOST)))
    snapshot = await state(request)["hub"].snapshot(event.slug, "desk", limit=limit)
    posts = [queued(event.slug, one) for one in snapshot.standings]
    body = {"cursor": str(snapshot.cursor), "counts": snapshot.counts, "posts": posts}
    return Response(frames.dump(body), media_type="application/json", headers={"cache-control": "no-store"})


def queued(slug: str, standing: Standing) -> dict[str, Any]:
    """Return a post as a decision needs it: as it would be on the wall, and the version and hash that were seen."""
    return {
        "id": standing.post.id,
        "version": standing.version,
        "hash": standing.post.content_hash,
        "status": standing.status,
        "reason": standing.reason,
        "hints": list(standing.hints),
        "post": post_json(slug, standing),
    }


def parsed(limit: str) -> int:
    if not limit.isascii() or not limit.isdigit() or len(limit) > 3 or not 1 <= int(limit) <= MOST:
        raise InvalidInput(_("“limit” is a number from 1 to %(most)s.", most=MOST), field="limit")
    return int(limit)


routes = [Route("/{slug}/moderate/queue", show)]

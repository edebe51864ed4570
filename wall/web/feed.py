"""The feed as JSON, for those who poll, and fit for a CDN to keep."""

from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.feed import Cursor
from wall.web import access, bearer, frames
from wall.web.answers import GONE, Answer
from wall.web.follow import chosen_view
from wall.web.state import state

# What was removed is in no cache for longer than these two seconds.
FRESH = "public, max-age=1, stale-while-revalidate=1"


async def feed(request: Request) -> Response:
    """Return the wall as it is, or with ?cursor what came after; 410 when that can no longer be told one by one."""
    if request.query_params.get("view", "json") == "json":  # what pages poll, often through a CDN, is another view
        await bearer.keep_pace(request)
    event = await access.event(request, "viewer", by_key=True)
    services = state(request)
    view = chosen_view(request.query_params.get("view"), frames.PUBLIC_VIEWS)
    text = request.query_params.get("cursor")
    if text is None:
        answer = await services["answers"].snapshot(event, view)
    else:
        cursor = Cursor.parse(text)
        answer = await services["answers"].updates(event.slug, view, cursor) if cursor else GONE
    sent = response(request, answer)
    services["measures"].answers.add("snapshot" if text is None else "updates", str(sent.status_code))
    return sent


def response(request: Request, answer: Answer) -> Response:
    headers = {"cache-control": FRESH, "etag": answer.etag, "vary": "Accept-Encoding"}
    if answer.status is HTTPStatus.OK and has(request.headers.get("if-none-match", ""), answer.etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    body = answer.plain
    if answer.gzipped is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body = answer.gzipped
        headers["content-encoding"] = "gzip"
    return Response(body, answer.status, headers, media_type="application/json")


def has(if_none_match: str, etag: str) -> bool:
    """Tell whether a client has this answer already, by the weak comparison of RFC 9110."""
    tags = (tag.strip().removeprefix("W/") for tag in if_none_match.split(","))
    return any(tag in ("*", etag.removeprefix("W/")) for tag in tags)


routes = [Route("/{slug}/feed", feed)]

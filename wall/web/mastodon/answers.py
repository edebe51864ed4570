"""How programs of others are answered: as JSON that any page may read, seldom anew, and never as a failure of ours."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from functools import wraps
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from wall.errors import NotFound, StoreUnavailable
from wall.web import frames
from wall.web.answers import made
from wall.web.feed import has
from wall.web.language import say
from wall.web.mastodon import limits
from wall.web.state import state
from wall.web.views import timestamp

FRESH = "public, max-age=3"
CORS = {
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Link, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, Date, ETag",
    "cross-origin-resource-policy": "cross-origin",
}
TOO_OFTEN = "You ask too often; X-RateLimit-Reset says when you may again."
STARTING = "This wall is just starting; try again in a moment."
AGAIN_SECONDS = 5
"""When to come back while Redis is away and nothing was read yet. fediwall waits for that, and would empty its wall for
any other failure."""

Answer = tuple[Any, Mapping[str, str]]
"""What is answered, and headers beside it."""
Endpoint = Callable[[Request], Awaitable[Answer]]


def answering(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
    """Return the route of an endpoint: within the rate, with an ETag, and its refusals as Mastodon has them."""

    @wraps(endpoint)
    async def route(request: Request) -> Response:
        rate = await limits.count(request)
        if rate.exceeded:
            return refusal(HTTPStatus.TOO_MANY_REQUESTS, TOO_OFTEN, rate.headers)
        try:
            body, headers = await endpoint(request)
        except NotFound as error:
            return refusal(HTTPStatus.NOT_FOUND, say(error.message), {})
        except StoreUnavailable:
            at = state(request)["now"]() + timedelta(seconds=AGAIN_SECONDS)
            again = {**rate.headers, "x-ratelimit-remaining": "0", "x-ratelimit-reset": timestamp(at)}
            return refusal(HTTPStatus.TOO_MANY_REQUESTS, STARTING, again)
        return answered(request, body, {**rate.headers, **headers})

    return route


def answered(request: Request, body: Any, more: Mapping[str, str]) -> Response:
    answer = made(frames.dump(body))
    headers = {"cache-control": FRESH, "etag": answer.etag, **CORS, **more}
    if has(request.headers.get("if-none-match", ""), answer.etag):
        return Response(status_code=HTTPStatus.NOT_MODIFIED, headers=headers)
    return Response(answer.plain, headers=headers, media_type="application/json")


def refusal(status: HTTPStatus, words: str, more: Mapping[str, str]) -> Response:
    headers = {"cache-control": "no-store", **CORS, **more}
    return Response(frames.dump({"error": words}), status, headers, media_type="application/json")

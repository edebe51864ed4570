"""What an error looks like: one table of statuses, one page for people, one JSON shape for programs."""

import logging
from typing import Any
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ExceptionHandler
from starlette.websockets import WebSocket

from wall.core.words import _
from wall.errors import (
    AlreadyDecided,
    ChangedMeanwhile,
    InvalidInput,
    NoEvent,
    NotAllowed,
    NotFound,
    NotSignedIn,
    SignInError,
    StoreUnavailable,
    TooManyRequests,
    TooManyStreams,
    WallError,
)
from wall.store.events import no_event
from wall.web.access import HIDDEN
from wall.web.frames import Close
from wall.web.language import say
from wall.web.state import state

log = logging.getLogger(__name__)

STATUSES: dict[type[WallError], int] = {
    NotFound: 404,
    NotSignedIn: 401,
    NotAllowed: 403,
    SignInError: 403,
    InvalidInput: 422,
    AlreadyDecided: 409,
    ChangedMeanwhile: 409,
    TooManyStreams: 429,
    TooManyRequests: 429,
    StoreUnavailable: 503,
}
RETRY_SECONDS = {429: "10", 503: "2"}
CLOSES: dict[type[WallError], Close] = {
    TooManyStreams: Close.TOO_MANY,
    StoreUnavailable: Close.STORE_AWAY,
}
WORDS = {
    404: _("There is nothing at this address."),
    405: _("This address does not take that kind of request."),
    413: _("That is more than this address takes."),
    500: _("Something went wrong here. It was noted, and trying again may help."),
    503: _("The wall is catching its breath. It will be back in a moment."),
}


async def wall_error(request: Request, error: WallError) -> Response:
    """Answer with what went wrong; who must sign in first is sent there, when it is a person with a page."""
    error = as_told(request, error)
    status = status_of(error)
    if status == 503:
        log.warning("%s %s: %s", request.method, request.url.path, error.message)
        return answer(request, status, error.code, WORDS[503])
    if isinstance(error, NotSignedIn) and wants_page(request) and request.method == "GET":
        return RedirectResponse(f"/sign-in?next={quote(request.scope['path'])}", 303)
    page = answer(request, status, error.code, error.message, **details(error))
    if status == 401:
        page.headers["www-authenticate"] = 'Bearer realm="wall"'
    if isinstance(error, TooManyRequests):
        page.headers["retry-after"] = str(error.seconds)
    if isinstance(error, NotAllowed | NoEvent):
        page.headers["wall-page"] = "gone"  # a screen's worker drops the wall it kept
    return page


async def http_error(request: Request, error: HTTPException) -> Response:
    return answer(request, error.status_code, "error", WORDS.get(error.status_code, str(error.detail)))


async def unexpected(request: Request, error: Exception) -> Response:
    return answer(request, 500, "error", WORDS[500])


async def stream_refused(socket: WebSocket, error: WallError) -> None:
    """Close a stream that may not be, saying whether to come back."""
    await socket.accept()
    await socket.close(CLOSES.get(type(as_told(socket, error)), Close.NOT_ALLOWED))


def as_told(connection: HTTPConnection, error: WallError) -> WallError:
    """Return what whoever asks is told: of an event that they may not know of, that there is none."""
    if not connection.scope.get(HIDDEN) or isinstance(error, StoreUnavailable):
        return error
    return no_event(connection.path_params["slug"])


def answer(request: Request, status: int, code: str, message: str, /, **more: Any) -> Response:
    headers = {"cache-control": "no-store"}
    if status in RETRY_SECONDS:
        headers["retry-after"] = RETRY_SECONDS[status]
    if wants_page(request):
        page = state(request)["pages"].page("errors/error.html", status=status, code=status, message=message)
        page.headers.update(headers)
        return page
    return JSONResponse({"error": {"code": code, "message": say(message), **more}}, status, headers)


def wants_page(request: HTTPConnection) -> bool:
    return "text/html" in request.headers.get("accept", "")


def status_of(error: WallError) -> int:
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def error_view(error: WallError) -> dict[str, Any]:
    """Return an error as JSON has it."""
    return {"error": {"code": error.code, "message": say(error.message), **details(error)}}


def details(error: WallError) -> dict[str, Any]:
    if isinstance(error, AlreadyDecided):
        return {"by": error.by, "at": error.at, "status": error.status, "version": error.version}
    if isinstance(error, InvalidInput) and error.field:
        return {"field": error.field}
    return {}


async def refused(connection: Any, error: Exception) -> Response | None:
    assert isinstance(error, WallError)
    if isinstance(connection, WebSocket):
        await stream_refused(connection, error)
        return None
    return await wall_error(connection, error)


HANDLERS: dict[Any, ExceptionHandler] = {
    WallError: refused,  # type: ignore[dict-item]
    HTTPException: http_error,  # type: ignore[dict-item]
    Exception: unexpected,
}

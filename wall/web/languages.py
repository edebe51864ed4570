"""Which language a reader is given: the one they chose, else what their browser asks for, else the event's."""

from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wall.core.languages import Language, parse_language, preferred
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access, language
from wall.web.addresses import own_path
from wall.web.form import fields

COOKIE = "language"
KEPT_SECONDS = 365 * 24 * 3600


class Languages:
    """ASGI middleware that has every answer speak to its reader, and tells caches that a page differs by them."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        language.begin(asked(HTTPConnection(scope)))

        async def send_with_language(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if headers.get("content-type", "").startswith("text/html"):
                    headers.add_vary_header("Accept-Language, Cookie")
                    headers.setdefault("content-language", language.current())
            await send(message)

        await self.app(scope, receive, send_with_language)


def asked(connection: HTTPConnection) -> Language | None:
    """Return the language that whoever asks wants: of the view they follow, by choice, or by their browser's."""
    if view := connection.query_params.get("view"):
        return language.of_view(view)
    chosen = parse_language(connection.cookies.get(access.cookie(connection, COOKIE)))
    return chosen or preferred(connection.headers.get("accept-language", ""))


async def choose(request: Request) -> Response:
    """Remember the language somebody chose, and lead them back to where they chose it."""
    chosen = parse_language((await fields(request)).get("language"))
    if chosen is None:
        raise InvalidInput(_("There is no such language here."), field="language")
    answer = RedirectResponse(came_from(request), 303)
    access.set_cookie(request, answer, COOKIE, chosen, seconds=KEPT_SECONDS)
    return answer


def came_from(request: Request) -> str:
    """Return the path of the page that a form was sent from; "/" where no page of ours says so."""
    try:
        page = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return "/"
    return own_path(f"{page.path}?{page.query}" if page.query else page.path) or "/"


routes = [Route("/language", choose, methods=["POST"])]

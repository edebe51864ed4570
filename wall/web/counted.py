"""Around every request: it is counted and timed by its kind, traced, and has an id that the log bears."""

import asyncio
import re
import secrets
from contextlib import nullcontext
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wall.core.route_class import route_class
from wall.logs import request_id
from wall.tracing import span
from wall.web.state import state

HEADER = "x-request-id"
ID = re.compile("[0-9A-Za-z_-]{8,64}")
READS = ("GET", "HEAD", "OPTIONS")


class Counted:
    """ASGI middleware around all others. A proxy may name the request (X-Request-Id); else it is given an id here."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        given = HTTPConnection(scope).headers.get(HEADER, "")
        named = request_id.set(given if ID.fullmatch(given) else secrets.token_hex(8))
        try:
            if scope["type"] == "http":
                await self._answer(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        finally:
            request_id.reset(named)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        measures = state(HTTPConnection(scope))["measures"]
        clock = asyncio.get_running_loop()
        asked = clock.time()

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                kind = route_class(pattern(scope))
                act = "read" if scope["method"] in READS else "write"
                measures.requests.add(kind, act, f"{message['status'] // 100}xx")
                measures.request_seconds.observe(clock.time() - asked, kind)
                MutableHeaders(scope=message)[HEADER] = request_id.get()
                if seen:
                    seen.update_name(f"{scope['method']} {pattern(scope) or kind}")
                    seen.set_attribute("http.response.status_code", message["status"])
            await send(message)

        # A stream lasts for hours, and its span would end only then.
        stream = scope["path"].endswith("/stream.sse")
        with nullcontext() if stream else span("request", id=request_id.get()) as seen:
            await self.app(scope, receive, send_counted)


def pattern(scope: Scope) -> str | None:
    """Return the path of the route that answers, as it is registered; None before there is one, or where none does."""
    route: Any = scope.get("route")
    return getattr(route, "path", None)

"""The live connection where websockets do not get through: the same frames as server-sent events."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from wall import __version__
from wall.core.feed import Cursor, FeedName
from wall.core.people import Role
from wall.hub import Viewer
from wall.web import access, frames
from wall.web.frames import Close, parsed
from wall.web.metrics import count_delivery, followed
from wall.web.state import State, state
from wall.web.stream import SEND_SECONDS, chosen_view, first_to_end, until_revoked

ROAD = "sse"
RETRY_MS = (1_000, 5_000)
HEADERS = {
    "cache-control": "no-store",
    "x-accel-buffering": "no",  # nginx and its kin hold an answer back otherwise
}

Put = Callable[[bytes], Awaitable[None]]


async def public_events(request: Request) -> Response:
    """Stream what is on the wall, to anyone who may see it."""
    event = await access.event(request, "viewer")
    return Events(request, event.slug, "public", frames.PUBLIC_VIEWS, "viewer")


async def screen_events(request: Request) -> Response:
    """Stream what is on the wall to a screen, for as long as its token is good."""
    event = await access.event(request, "screen")
    return Events(request, event.slug, "public", frames.PUBLIC_VIEWS, "screen")


async def desk_events(request: Request) -> Response:
    """Stream what happens at the desk, to its moderators."""
    event = await access.event(request, "moderator")
    return Events(request, event.slug, "desk", frames.DESK_VIEWS, "moderator")


class Events(Response):
    """An answer that goes on: a feed from the cursor asked for, until either side goes or the right to it ends."""

    media_type = "text/event-stream"

    def __init__(self, request: Request, slug: str, name: FeedName, views: tuple[str, ...], role: Role) -> None:
        self.request = request
        self.services: State = state(request)
        self.slug = slug
        self.name: FeedName = name
        self.role: Role = role
        self.view = chosen_view(request.query_params.get("view"), views)
        # A browser that comes back by itself still asks with the cursor of its first request.
        self.cursor = parsed(request.headers.get("last-event-id") or request.query_params.get("cursor"))
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.request.method == "HEAD":
            await Response(headers=dict(self.headers))(scope, receive, send)
            return
        address = self.request.client.host if self.request.client else ""
        if not self.services["doors"].enter(address):
            await too_many()(scope, receive, send)
            return
        try:
            async with self.services["hub"].join(self.slug, self.name, self.view, self.cursor) as viewer:
                await self.talk(viewer, receive, send)
        finally:
            self.services["doors"].leave(address)

    async def talk(self, viewer: Viewer, receive: Receive, send: Send) -> None:
        async def put(body: bytes, *, last: bool = False) -> None:
            async with asyncio.timeout(SEND_SECONDS):
                await send({"type": "http.response.body", "body": body, "more_body": not last})

        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        roads = [self.tell(viewer, put), listen(receive), self.services["drain"].told()]
        if self.role != "viewer":
            roads.append(until_revoked(self.request, self.role))
        with followed(self.services, ROAD, self.role) as ending:
            ending.code = await first_to_end(*roads)
        if ending.code:
            with suppress(TimeoutError):
                await put(event(frames.close(ending.code)), last=True)

    async def tell(self, viewer: Viewer, put: Put) -> Close | None:
        """Send what the viewer is owed, whenever it is owed something, and a beat when it is not."""
        hub = self.services["hub"]
        retry = random.randint(*RETRY_MS)
        await put(f"retry: {retry}\n".encode() + event(frames.hello(viewer.channel.tip, __version__)))
        while True:
            owed = await hub.owed(viewer)
            if owed is None:
                await put(event(frames.resync()))
            elif owed:
                await put(event(frames.updates(viewer.cursor, owed), viewer.cursor))
                count_delivery(self.services, ROAD, viewer, len(owed))
            if not await hub.news(viewer):
                await put(event(frames.beat(viewer.cursor), viewer.cursor))


async def listen(receive: Receive) -> Close | None:
    """Wait until the viewer goes."""
    while (await receive())["type"] != "http.disconnect":
        pass
    return None


def event(frame: str, cursor: Cursor | None = None) -> bytes:
    """Return a frame as one event. Its id, the place to come back from, is only told with what leads up to there."""
    place = f"id: {cursor}\n" if cursor else ""
    return f"{place}data: {frame}\n\n".encode()


def too_many() -> Response:
    return JSONResponse(
        {"error": {"code": "too_many", "message": "Too many streams are open here; come back in a while."}},
        HTTPStatus.TOO_MANY_REQUESTS,
        {"retry-after": "10", "cache-control": "no-store"},
    )


routes = [
    Route("/{slug}/stream.sse", public_events),
    Route("/{slug}/screen/stream.sse", screen_events),
    Route("/{slug}/moderate/stream.sse", desk_events),
]

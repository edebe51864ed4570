"""The live connection where websockets do not get through: the same frames as server-sent events."""

import random

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from wall.core.feed import Cursor
from wall.core.people import Role
from wall.web import frames
from wall.web.follow import Asked, asked, following
from wall.web.frames import Road

RETRY_MS = (1_000, 5_000)
HEADERS = {
    "cache-control": "no-store",
    "x-accel-buffering": "no",  # nginx and its kin hold an answer back otherwise
}


async def public_events(request: Request) -> Response:
    """Stream what is on the wall, to anyone who may see it."""
    return await events(request, "viewer")


async def screen_events(request: Request) -> Response:
    """Stream what is on the wall to a screen, for as long as its token is good."""
    return await events(request, "screen")


async def overlay_events(request: Request) -> Response:
    """Stream what is on the wall to an overlay, for as long as its token is good."""
    return await events(request, "overlay")


async def stage_events(request: Request) -> Response:
    """Stream what is on the wall to a stage view, for as long as its token is good."""
    return await events(request, "stage")


async def embed_events(request: Request) -> Response:
    """Stream what is on the wall to what other sites frame, for as long as its token is good."""
    return await events(request, "embed")


async def desk_events(request: Request) -> Response:
    """Stream what happens at the desk, to its moderators."""
    return await events(request, "moderator")


async def events(request: Request, role: Role) -> Response:
    return Events(request, await asked(request, role))


class Events(Response):
    """An answer that goes on: a feed from the cursor asked for, until either side goes or the right to it ends."""

    media_type = "text/event-stream"

    def __init__(self, request: Request, what: Asked) -> None:
        super().__init__(headers=HEADERS)
        del self.headers["content-length"]
        self.request = request
        self.what = what

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.request.method == "HEAD":
            await Response(headers=dict(self.headers))(scope, receive, send)
            return

        async def put(body: bytes, *, last: bool = False) -> None:
            await send({"type": "http.response.body", "body": body, "more_body": not last})

        async def gone() -> None:
            while (await receive())["type"] != "http.disconnect":
                pass

        async with following(self.request, self.what, ROAD) as follower:
            await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
            await put(f"retry: {random.randint(*RETRY_MS)}\n".encode())
            code = await follower.tell(put, gone())
            if code:
                await follower.end(put(event(frames.close(code)), last=True))


def event(frame: str, cursor: Cursor | None = None) -> bytes:
    """Return a frame as one event. Its id, the place to come back from, is only told with what leads up to there."""
    place = f"id: {cursor}\n" if cursor else ""
    return f"{place}data: {frame}\n\n".encode()


ROAD = Road("sse", event)

routes = [
    Route("/{slug}/stream.sse", public_events),
    Route("/{slug}/screen/stream.sse", screen_events),
    Route("/{slug}/overlay/stream.sse", overlay_events),
    Route("/{slug}/stage/stream.sse", stage_events),
    Route("/{slug}/embed/{token}/stream.sse", embed_events),
    Route("/{slug}/moderate/stream.sse", desk_events),
]

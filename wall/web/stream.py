"""The live connection: a websocket that delivers a feed, and takes nothing in."""

from starlette.websockets import WebSocket

from wall.core.people import SCREEN_KINDS, Role
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.core.websocket import VIOLATIONS
from wall.web import access
from wall.web.follow import Asked, asked, following
from wall.web.frames import Road
from wall.web.state import state

ROAD = Road("websocket", lambda frame, _: frame)


async def public_stream(socket: WebSocket) -> None:
    """Stream what is on the wall, to anyone who may see it."""
    await deliver(socket, "viewer")


async def screen_stream(socket: WebSocket) -> None:
    """Stream what is on the wall to a screen, for as long as its token is good."""
    await deliver(socket, "screen")


async def overlay_stream(socket: WebSocket) -> None:
    """Stream what is on the wall to an overlay, for as long as its token is good."""
    await deliver(socket, "overlay")


async def stage_stream(socket: WebSocket) -> None:
    """Stream what is on the wall to a stage view, for as long as its token is good."""
    await deliver(socket, "stage")


async def embed_stream(socket: WebSocket) -> None:
    """Stream what is on the wall to what other sites frame, for as long as its token is good."""
    await deliver(socket, "embed")


async def desk_stream(socket: WebSocket) -> None:
    """Stream what happens at the desk, to its moderators."""
    await deliver(socket, "moderator")


async def deliver(socket: WebSocket, role: Role) -> None:
    """Send a feed from the cursor asked for on, until either side goes or the right to it ends."""
    what = await asked(socket, role)
    async with following(socket, what, ROAD) as follower:
        await socket.accept()
        ticket = await renewed_ticket(socket, what) if "ticket" in socket.query_params else None
        code = await follower.tell(socket.send_text, until_gone(socket), ticket=ticket)
        if code:
            await follower.end(socket.close(code))


async def renewed_ticket(socket: WebSocket, what: Asked) -> str | None:
    """Return a good ticket for a page whose own has run out, so that it is let straight in the next time."""
    if what.role == "moderator":
        return None
    screen = await access.screen(socket, what.slug, what.role) if what.role in SCREEN_KINDS else None
    if what.role in SCREEN_KINDS and screen is None:
        return None
    services = state(socket)
    ticket = StreamTicket(what.slug, what.view, screen.id if screen else "")
    return make_stream_ticket(await services["store"].screens.secret(what.slug), ticket, now=services["now"]())


async def until_gone(socket: WebSocket) -> None:
    """Wait until the viewer goes. What it says is not listened to: every change is an HTTP request."""
    while (message := await socket.receive())["type"] != "websocket.disconnect":
        pass
    if cause := VIOLATIONS.get(message.get("code", 0)):
        state(socket)["measures"].violations.add(cause)

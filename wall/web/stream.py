"""The live connection: a websocket that delivers a feed, and takes nothing in."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocket, WebSocketDisconnect

from wall import __version__
from wall.core.feed import FeedName
from wall.core.people import Role
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.errors import InvalidInput, StoreUnavailable, WallError
from wall.hub import Hub, Viewer
from wall.web import access, frames
from wall.web.frames import Close, parsed
from wall.web.metrics import count_delivery, followed
from wall.web.state import state

ROAD = "websocket"
SEND_SECONDS = 10.0
RECHECK_SECONDS = 30.0


async def public_stream(socket: WebSocket) -> None:
    """Stream what is on the wall, to anyone who may see it."""
    event = await access.event(socket, "viewer")
    await deliver(socket, event.slug, "public", frames.PUBLIC_VIEWS, "viewer")


async def screen_stream(socket: WebSocket) -> None:
    """Stream what is on the wall to a screen, for as long as its token is good."""
    event = await access.event(socket, "screen")
    await deliver(socket, event.slug, "public", frames.PUBLIC_VIEWS, "screen")


async def desk_stream(socket: WebSocket) -> None:
    """Stream what happens at the desk, to its moderators."""
    event = await access.event(socket, "moderator")
    await deliver(socket, event.slug, "desk", frames.DESK_VIEWS, "moderator")


async def deliver(socket: WebSocket, slug: str, name: FeedName, views: tuple[str, ...], role: Role) -> None:
    """Send a feed from the cursor asked for on, until either side goes or the right to it ends."""
    services = state(socket)
    view = chosen_view(socket.query_params.get("view"), views)
    cursor = socket.query_params.get("cursor")
    address = socket.client.host if socket.client else ""
    if not services["doors"].enter(address):
        await socket.accept()
        await socket.close(Close.TOO_MANY)
        return
    try:
        async with services["hub"].join(slug, name, view, parsed(cursor)) as viewer:
            await socket.accept()
            ticket = await renewed_ticket(socket, slug, view) if "ticket" in socket.query_params else None
            roads = [send(socket, services["hub"], viewer, ticket), listen(socket), services["drain"].told()]
            if role != "viewer":
                roads.append(until_revoked(socket, role))
            with followed(services, ROAD, role) as ending:
                ending.code = await first_to_end(*roads)
        if ending.code:
            await close(socket, ending.code)
    finally:
        services["doors"].leave(address)


async def first_to_end(*roads: Awaitable[Close | None]) -> Close | None:
    """Run all until one ends, and return the code it ends the stream with."""
    tasks = [asyncio.ensure_future(road) for road in roads]
    try:
        done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        return done.pop().result()
    except TimeoutError:
        return Close.TOO_SLOW
    except StoreUnavailable:
        return Close.STORE_AWAY
    except WebSocketDisconnect:
        return None
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def renewed_ticket(socket: WebSocket, slug: str, view: str) -> str | None:
    """Return a good ticket for a page whose own has run out, so that it is let straight in the next time."""
    services = state(socket)
    screen = None
    if socket.url.path.endswith("/screen/stream"):
        screen = await access.screen(socket, slug)
        if screen is None:
            return None
    ticket = StreamTicket(slug, view, screen.id if screen else "")
    return make_stream_ticket(await services["store"].screens.secret(slug), ticket, now=services["now"]())


async def send(socket: WebSocket, hub: Hub, viewer: Viewer, ticket: str | None = None) -> Close | None:
    """Send what the viewer is owed, whenever it is owed something, and a beat when it is not."""
    await put(socket, frames.hello(viewer.channel.tip, __version__, ticket=ticket))
    while True:
        owed = await hub.owed(viewer)
        if owed is None:
            await put(socket, frames.resync())
        elif owed:
            await put(socket, frames.updates(viewer.cursor, owed))
            count_delivery(state(socket), ROAD, viewer, len(owed))
        if not await hub.news(viewer):
            await put(socket, frames.beat(viewer.cursor))


async def listen(socket: WebSocket) -> Close | None:
    """Wait until the viewer goes. What it says is not listened to: every change is an HTTP request."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
    return None


async def until_revoked(connection: HTTPConnection, role: Role) -> Close | None:
    """Wait until whoever is connected may no longer see this."""
    while True:
        await state(connection)["hub"].revocation(seconds=RECHECK_SECONDS)
        try:
            await access.event(connection, role)
        except StoreUnavailable:
            continue
        except WallError:
            return Close.NOT_ALLOWED


async def put(socket: WebSocket, frame: str) -> None:
    async with asyncio.timeout(SEND_SECONDS):
        await socket.send_text(frame)


async def close(socket: WebSocket, code: Close) -> None:
    with suppress(RuntimeError, TimeoutError, WebSocketDisconnect):
        async with asyncio.timeout(SEND_SECONDS):
            await socket.close(code)


def chosen_view(view: str | None, views: tuple[str, ...]) -> str:
    if view is None:
        return views[0]
    if view not in views:
        raise InvalidInput(f"There is no view “{view[:20]}”; there is {' and '.join(views)}.")
    return view

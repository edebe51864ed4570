"""Following a feed on a road of one task a viewer: hello, what is owed, beats, resyncs, and what ends it.

The roads are `wall.web.stream` and `wall.web.sse`; who comes with a ticket is told by `wall.web.fanout` instead.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, Generic

from starlette.requests import HTTPConnection
from starlette.websockets import WebSocketDisconnect

from wall import __version__
from wall.core.feed import Cursor, FeedName
from wall.core.people import Role
from wall.core.words import _
from wall.errors import InvalidInput, StoreUnavailable, WallError
from wall.hub import Viewer
from wall.web import access, frames
from wall.web.frames import Body, Close, Road, parsed
from wall.web.line import Line
from wall.web.metrics import count_delivery, followed
from wall.web.seats import desk_of
from wall.web.state import State, state

PATIENCE_SECONDS = 10.0
CLOSE_SECONDS = 3.0
RECHECK_SECONDS = 30.0
OPEN_RECHECK_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody who may see it asks to follow, and from where; `desk` names the one that asks, if one does."""

    slug: str
    name: FeedName
    role: Role
    view: str
    cursor: Cursor | None
    desk: str = ""


async def asked(connection: HTTPConnection, role: Role) -> Asked:
    """Return what a request for a stream asks for; raises what `access.event` raises, and InvalidInput."""
    if role == "moderator":
        event, who = await access.staff(connection, role)
        desk = desk_of(connection, who)
    else:
        event, desk = await access.event(connection, role), ""
    query = connection.query_params
    # A browser that comes back by itself still asks with the cursor of its first request.
    cursor = connection.headers.get("last-event-id") or query.get("cursor")
    views = frames.DESK_VIEWS if role == "moderator" else frames.PUBLIC_VIEWS
    name: FeedName = "desk" if role == "moderator" else "public"
    return Asked(event.slug, name, role, chosen_view(query.get("view"), views), parsed(cursor), desk)


def chosen_view(view: str | None, views: tuple[str, ...]) -> str:
    if view is None:
        return views[0]
    if view not in views:
        raise InvalidInput(
            _("There is no view “%(view)s”; there is %(views)s.", view=view[:20], views=" and ".join(views))
        )
    return view


@asynccontextmanager
async def following(connection: HTTPConnection, asked: Asked, road: Road[Body]) -> AsyncIterator["Follower[Body]"]:
    """Let a viewer in for as long as this lasts; raises TooManyStreams."""
    services = state(connection)
    address = connection.client.host if connection.client else ""
    with services["doors"].passing(address):
        team = services["teams"].following(asked.slug, asked.desk) if asked.name == "desk" else nullcontext()
        counted = services["followers"].following(asked.slug, asked.role)
        async with services["hub"].join(asked.slug, asked.name, asked.view, asked.cursor) as viewer, team:
            with counted:
                yield Follower(connection, services, asked, road, viewer, Line(connection))


@dataclass(slots=True)
class Follower(Generic[Body]):
    """A viewer of an ordinary road."""

    connection: HTTPConnection
    services: State
    asked: Asked
    road: Road[Body]
    viewer: Viewer
    line: Line

    async def tell(
        self, put: Callable[[Body], Awaitable[None]], gone: Awaitable[None], *, ticket: str | None = None
    ) -> Close | None:
        """Tell the viewer what happens, until either side goes or the right to it ends.

        Returns the code to end the stream with, or None when the viewer went.
        """
        ways: list[Awaitable[Close | None]] = [
            self._tell(put, ticket),
            ended(gone),
            self.services["drain"].told(),
        ]
        ways.append(until_revoked(self.connection, self.asked.role))
        with followed(self.services, self.road.name, self.asked.role) as ending:
            ending.code = await first_to_end(*ways)
        return ending.code

    async def end(self, farewell: Awaitable[Any]) -> None:
        """Say the last thing; who does not take it soon is cut off."""
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await farewell
                await self.line.taken()
        except (RuntimeError, TimeoutError, WebSocketDisconnect):
            self.line.cut()

    async def _tell(self, put: Callable[[Body], Awaitable[None]], ticket: str | None) -> Close | None:
        """Send what the viewer is owed, whenever it is owed something, and a beat when it is not.

        Who lags is a place in the feed: what it is owed is looked up, as it stands, once it has taken all before.
        """
        hub, viewer, written = self.services["hub"], self.viewer, self.road.written
        await self._send(put(written(frames.hello(viewer.channel.tip, __version__, ticket=ticket), None)))
        while True:
            start = viewer.cursor
            owed = await hub.owed(viewer)
            if owed is not None and self._is_too_much(owed):
                self.services["measures"].resyncs.add("slow")
                owed = None
            if owed is None:
                await self._send(put(written(frames.resync(), None)))
            elif owed:
                built = self.services["built"].updates(self.road, viewer.view, start, viewer.cursor, owed)
                await self._send(put(built))
                count_delivery(self.services, self.road.name, viewer, len(owed))
            for frame in hub.aside(viewer):
                await self._send(put(written(frame, None)))
            quiet = not await hub.news(viewer)
            await self._until_taken()  # Meanwhile uvicorn may have sent a ping.
            if quiet:
                await self._send(put(written(frames.beat(viewer.cursor), viewer.cursor)))

    async def _send(self, sending: Awaitable[None]) -> None:
        """Send, and wait until it is taken, so that what is owed next is looked up only then."""
        self.services["measures"].writes.add(self.road.name)
        await sending
        await self._until_taken()

    async def _until_taken(self) -> None:
        if self.line.waiting:
            async with asyncio.timeout(PATIENCE_SECONDS):
                await self.line.taken()

    def _is_too_much(self, owed: list[str]) -> bool:
        return len(owed) > 1 and sum(map(len, owed)) > self.services["config"].max_backlog


async def ended(gone: Awaitable[None]) -> Close | None:
    await gone
    return None


async def first_to_end(*ways: Awaitable[Close | None]) -> Close | None:
    """Run all until one ends, and return the code it ends the stream with."""
    tasks = [asyncio.ensure_future(way) for way in ways]
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


async def until_revoked(connection: HTTPConnection, role: Role) -> Close | None:
    """Wait until whoever is connected may no longer see this."""
    revocations, slug = state(connection)["hub"].revocations, connection.path_params["slug"]
    while True:
        since, often = revocations.count(slug), True
        try:
            event = await access.event(connection, role)
            # Anybody may see an open wall until it becomes a circle: of that, word comes.
            often = role != "viewer" or event.circle is not None
        except StoreUnavailable:
            pass
        except WallError:
            return Close.NOT_ALLOWED
        if often:
            await revocations.any(seconds=RECHECK_SECONDS)
        else:
            await revocations.of(slug, since=since, seconds=OPEN_RECHECK_SECONDS)

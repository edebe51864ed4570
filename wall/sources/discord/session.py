"""A session with Discord's Gateway, kept alive by beats and gone on with when its connection breaks."""

import asyncio
import random
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import Any

from websockets.asyncio.client import ClientConnection

from wall.errors import SourceError
from wall.sources.discord import wire
from wall.sources.discord.wire import Frame, Session
from wall.sources.fetch import MIB, Fetch
from wall.sources.websocket import connected

NAME = "Discord"
LARGEST_FRAME = 8 * MIB  # a big server tells all its channels in one
HELLO_SECONDS = 20.0
MOST_IN_VAIN = 3  # connections in a row on which nothing was heard


class Gateway:
    """Yields what happens, by name; connects again by itself as long as nothing is missed by it."""

    def __init__(self, fetch: Fetch, url: str, token: str, *, pause_seconds: tuple[float, float]) -> None:
        self.fetch = fetch
        self.url = url
        self.token = token
        self.pause_seconds = pause_seconds
        self.session: Session | None = None
        self.number: int | None = None

    async def happenings(self) -> AsyncGenerator[tuple[str, Any], None]:
        """Yield names and what they tell: READY when a new session begins, RESUMED when one is gone on with.

        Raises SourceError when it cannot go on; permanent ones say what to do.
        """
        in_vain = 0
        while in_vain < MOST_IN_VAIN:
            in_vain += 1
            url = wire.whereabouts(self.session.url if self.session else self.url)
            try:
                async with (
                    connected(self.fetch, url, name=NAME, limit=LARGEST_FRAME) as socket,
                    aclosing(Connection(socket, self).frames()) as frames,
                ):
                    async for frame in frames:
                        in_vain = 0
                        yield frame.name, frame.data
            except SourceError as error:
                self.after(error)
                if in_vain:
                    raise
            await asyncio.sleep(random.uniform(*self.pause_seconds))
        raise SourceError("Discord breaks off again and again.")

    def after(self, error: SourceError) -> None:
        """Make of a closed connection what it means; raises SourceError where trying again is of no use."""
        if words := wire.REFUSED.get(error.status or 0):
            raise SourceError(words, permanent=True, status=error.status) from error
        if error.status in wire.ENDED:
            self.forget()

    def forget(self) -> None:
        """Begin a new session next time."""
        self.session, self.number = None, None


class Connection:
    """One connection of a session."""

    def __init__(self, socket: ClientConnection, gateway: Gateway) -> None:
        self.socket = socket
        self.gateway = gateway
        self.beaten = True
        self.every = HELLO_SECONDS
        self.due = self.clock() + HELLO_SECONDS

    async def frames(self) -> AsyncGenerator[Frame, None]:
        """Yield what happens, until the connection is to be left for another one."""
        hello = await self.next()
        if hello is None or hello.op != wire.HELLO:
            raise SourceError("Discord's Gateway does not greet as it should.")
        self.every = wire.beat_seconds(hello.data)
        self.due = self.clock() + self.every * random.random()
        gateway = self.gateway
        known = gateway.session
        token, number = gateway.token, gateway.number
        await self.socket.send(wire.resume(token, known, number) if known else wire.identify(token))
        while frame := await self.next():
            if frame.number is not None:
                gateway.number = frame.number
            if frame.op == wire.DISPATCH:
                if frame.name == "READY":
                    gateway.session = wire.read_session(frame.data, gateway.url)
                yield frame
            elif frame.op == wire.INVALID:
                if frame.data is not True:
                    gateway.forget()
                break
            elif frame.op == wire.RECONNECT:
                break
            elif frame.op == wire.BEAT:
                await self.socket.send(wire.beat(gateway.number))
            elif frame.op == wire.BEATEN:
                self.beaten = True
        await self.socket.close(wire.GOING_ON)

    async def next(self) -> Frame | None:
        """Return the next frame, beating in time; None when the last beat was not answered, so nobody is there."""
        while True:
            try:
                async with asyncio.timeout_at(self.due):
                    return wire.read_frame(await self.socket.recv())
            except TimeoutError:
                if not self.beaten:
                    return None
                self.beaten = False
                self.due = self.clock() + self.every
                await self.socket.send(wire.beat(self.gateway.number))

    def clock(self) -> float:
        return asyncio.get_running_loop().time()

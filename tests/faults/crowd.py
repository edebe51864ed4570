"""Hundreds of viewers who cost little: by the fast road, on bare sockets."""

import asyncio
import base64
import os
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime
from urllib.parse import urlsplit

from tests.audience import SOON_SECONDS, persist, task
from tests.faults.roads import Viewer, a_client
from tests.faults.witness import Witness
from tests.waiting import until
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.core.websocket import Opcode

SNAPSHOT_POSTS = 40


class ByBareSocket(Viewer):
    """By the fast road, with a ticket."""

    ticket = ""

    async def _follow(self):
        place = urlsplit(self.wall)
        reader, writer = await asyncio.open_connection(place.hostname, place.port)
        try:
            writer.write(self._request(place))
            head = await reader.readuntil(b"\r\n\r\n")
            if not head.startswith(b"HTTP/1.1 101"):
                raise ConnectionError(head[:40])
            while (frame := await next_frame(reader)) and frame[0] is Opcode.TEXT:
                await self._hear(frame[1].decode())
        except asyncio.IncompleteReadError:
            pass
        finally:
            writer.transport.abort()

    def _request(self, place):
        return (
            f"GET {place.path}/stream?cursor={self.witness.cursor}&ticket={self.ticket} HTTP/1.1\r\n"
            f"Host: {place.netloc}\r\nOrigin: http://{place.netloc}\r\nUpgrade: websocket\r\n"
            f"Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}\r\n\r\n"
        ).encode()


async def next_frame(reader):
    """Return the next frame of a server, which never masks nor divides them: its opcode and payload."""
    first, length = await reader.readexactly(2)
    if length >= 126:
        length = int.from_bytes(await reader.readexactly(2 if length == 126 else 8))
    return Opcode(first & 0x0F), await reader.readexactly(length)


@asynccontextmanager
async def crowd(wall, store, slug, *, many):
    """Have so many viewers follow a wall, and wait until each has seen it once."""
    secret = await persist(lambda: store.screens.secret(slug))
    ticket = make_stream_ticket(secret, StreamTicket(slug, "json"), now=datetime.now(UTC))
    async with AsyncExitStack() as stack:
        client = await stack.enter_async_context(a_client())
        viewers = [ByBareSocket([wall], Witness(frozenset()), client) for _ in range(many)]
        for viewer in viewers:
            viewer.ticket = ticket
            await stack.enter_async_context(task(viewer.watch()))
        await until(lambda: all(viewer.connections for viewer in viewers), seconds=SOON_SECONDS)
        yield [viewer.witness for viewer in viewers]


async def all_see_it(witnesses, store, slug):
    """Wait until everybody's wall is the wall as it is kept; return what was wrong for anybody until then."""
    snapshot = await persist(lambda: store.feeds.snapshot(slug, "public", limit=SNAPSHOT_POSTS))
    ids = tuple(standing.post.id for standing in snapshot.standings)

    def sees(witness):
        return (witness.cursor, newest(witness)) == (snapshot.cursor, ids)

    await until(lambda: all(map(sees, witnesses)), seconds=SOON_SECONDS)
    return [fault for witness in witnesses for fault in witness.faults]


def newest(witness):
    """Return the ids at the top of a viewer's wall, as many as somebody who starts over is given."""
    return tuple(one.id for one in witness.wall[:SNAPSHOT_POSTS])

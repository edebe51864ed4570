"""The line between viewers and the wall: it can be cut, stalled, and made to pass seven bytes at a time."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

CHUNK = 65536
SLICE = 7
SLICED_AT_MOST = 2000  # of one piece, so that a slow machine keeps up


class Line:
    """A port of its own that leads to the wall's."""

    def __init__(self, there: int) -> None:
        self.there = there
        self.port = 0
        self.open = asyncio.Event()
        self.open.set()
        self.sliced = False
        self.writers: set[asyncio.StreamWriter] = set()
        self.carrying: set[asyncio.Task[None]] = set()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        for writer in list(self.writers):
            writer.transport.abort()

    def stall(self) -> None:
        self.open.clear()

    def mend(self) -> None:
        self.sliced = False
        self.open.set()

    # Internal

    async def carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        self.carrying.add(task)
        ends = {writer}
        try:
            far, back = await asyncio.open_connection("127.0.0.1", self.there)
            ends.add(back)
            self.writers |= ends
            await asyncio.gather(self.one_way(reader, back), self.one_way(far, writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for end in ends:
                end.transport.abort()
            self.writers -= ends
            self.carrying.discard(task)

    async def one_way(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(CHUNK):
                await self.open.wait()
                for piece in pieces(data) if self.sliced else (data,):
                    sink.write(piece)
                    await sink.drain()
                    if self.sliced:
                        await asyncio.sleep(0)  # each piece is a packet of its own
        finally:
            sink.close()


def pieces(data: bytes) -> list[bytes]:
    cut = [data[place : place + SLICE] for place in range(0, min(len(data), SLICED_AT_MOST), SLICE)]
    return cut if len(data) <= SLICED_AT_MOST else [*cut, data[len(cut) * SLICE :]]


@asynccontextmanager
async def line_to(port: int) -> AsyncIterator[Line]:
    line = Line(port)
    server = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        line.mend()
        for task in list(line.carrying):
            task.cancel()
        await asyncio.gather(*line.carrying, return_exceptions=True)

"""A network line between a browser and the wall, which a test can cut, block and mend."""

import asyncio
from contextlib import asynccontextmanager, suppress

CHUNK = 65536


class Line:
    """Carries bytes from a port of its own to the wall's."""

    def __init__(self, port):
        self.there = port
        self.port = None
        self.works = asyncio.Event()
        self.works.set()
        self.whole = True
        self.foreign = b""
        self.tasks = set()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    # Actions

    async def cut(self):
        """Tear every connection, and refuse new ones."""
        self.whole = False
        for task in list(self.tasks):
            task.cancel()
        await asyncio.gather(*self.tasks, return_exceptions=True)

    async def answer(self, words):
        """Answer everything in the place of the wall, as a captive portal or a broken proxy does."""
        await self.cut()
        self.whole, self.foreign = True, words

    async def hang(self):
        """Take every connection and say nothing, as a hung server does."""
        await self.cut()
        self.works.clear()
        self.whole = True

    def mend(self):
        self.whole = True
        self.foreign = b""
        self.works.set()

    def block(self):
        """Let nothing through in either direction, as a full network does; connections stay."""
        self.works.clear()

    def unblock(self):
        self.works.set()

    # Internal

    async def carry(self, here, back):
        task = asyncio.current_task()
        self.tasks.add(task)
        there = None
        try:
            if not self.whole:
                return
            if self.foreign:
                await here.readuntil(b"\r\n\r\n")
                back.write(self.foreign)
                await back.drain()
                return
            await self.works.wait()
            far, there = await asyncio.open_connection("127.0.0.1", self.there)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self.one_way(here, there))
                ways.create_task(self.one_way(far, back))
        except* (OSError, EOFError, asyncio.CancelledError):
            pass
        finally:
            self.tasks.discard(task)
            for end in filter(None, (back, there)):
                with suppress(RuntimeError):
                    end.close() if self.foreign else end.transport.abort()

    async def one_way(self, source, sink):
        while data := await source.read(CHUNK):
            await self.works.wait()
            sink.write(data)
            await sink.drain()
        sink.close()


@asynccontextmanager
async def line_to(port):
    line = Line(port)
    listener = await asyncio.start_server(line.carry, "127.0.0.1", 0)
    line.port = listener.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        listener.close()
        await line.cut()

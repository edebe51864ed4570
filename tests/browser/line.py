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

    def mend(self):
        self.whole = True

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
            far, there = await asyncio.open_connection("127.0.0.1", self.there)
            async with asyncio.TaskGroup() as ways:
                ways.create_task(self.one_way(here, there))
                ways.create_task(self.one_way(far, back))
        except* (OSError, asyncio.CancelledError):
            pass
        finally:
            self.tasks.discard(task)
            for end in filter(None, (back, there)):
                with suppress(RuntimeError):
                    end.transport.abort()

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

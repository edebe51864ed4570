"""A real HTTP server that answers, byte for byte, what a test tells it to."""

import asyncio
from contextlib import asynccontextmanager


def answer(body=b"", *, status="200 OK", headers=(), content_type="text/plain"):
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class RawServer:
    """`answers` holds bytes, or an async function of the writer, by path; `requests` what came, newest last."""

    def __init__(self):
        self.answers = {}
        self.requests = []
        self.open = 0
        self.most_open = 0

    @property
    def paths(self):
        return [request.split(" ")[1] for request in self.requests]

    def url(self, path="/", host="127.0.0.1"):
        return f"http://{host}:{self.port}{path}"

    async def serve(self, reader, writer):
        try:
            while head := (await reader.readuntil(b"\r\n\r\n")).decode():
                self.requests.append(head)
                self.open += 1
                self.most_open = max(self.most_open, self.open)
                try:
                    await self.reply(head.split(" ")[1].partition("?")[0], writer)
                finally:
                    self.open -= 1
        except asyncio.IncompleteReadError:
            pass

    async def reply(self, path, writer):
        prepared = self.answers.get(path, answer(status="404 Not Found"))
        if callable(prepared):
            await prepared(writer)
        else:
            writer.write(prepared)
        await writer.drain()


@asynccontextmanager
async def listening(serve, tls=None):
    """Serve every connection to a port, which is handed over, until the end; those that are open then are cut."""
    tasks = set()

    async def served(reader, writer):
        try:
            await serve(reader, writer)
        except (ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()

    def accept(reader, writer):
        task = asyncio.create_task(served(reader, writer))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    listener = await asyncio.start_server(accept, "127.0.0.1", 0, ssl=tls)
    try:
        yield listener.sockets[0].getsockname()[1]
    finally:
        listener.close()
        for task in set(tasks):
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


@asynccontextmanager
async def raw_server():
    server = RawServer()
    async with listening(server.serve) as server.port:
        yield server

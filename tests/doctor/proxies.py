"""Proxies as venues have them: faithful, and wrong in one way each."""

import asyncio
from contextlib import asynccontextmanager, suppress

from tests.raw_server import answer, listening
from tests.servers import pump


@asynccontextmanager
async def proxy(port, *, serve=None, tls=None, change=lambda head: head, most=None, buffers=False):
    """Serve one request a connection, from the wall at `port`; yields the proxy's own port.

    `change` is given the head of each request; bodies above `most` bytes are refused; one that `buffers` keeps an
    answer until all of it is there.
    """

    async def forward(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        length = length_of(head)
        if most is not None and length > most:
            writer.write(
                answer(b"too large", status="413 Request Entity Too Large", headers=["Connection: close"])
            )
            await writer.drain()
            return
        there_reader, there_writer = await asyncio.open_connection("127.0.0.1", port)
        there_writer.write(change(head))
        if length:
            _, said = await asyncio.gather(hear_out(reader, there_writer, length), one_answer(there_reader))
            writer.write(said)
            there_writer.close()
            return
        up = asyncio.create_task(pump(reader, there_writer))
        try:
            if buffers and b"stream" in head.split(b"\r\n")[0]:
                writer.write(await there_reader.read(-1))
            else:
                await pump(there_reader, writer)
        finally:
            up.cancel()
            there_writer.close()

    async with listening(serve or forward, tls=tls) as own:
        yield own


def length_of(head):
    """Return how long the body is that a head announces."""
    lines = head.lower().split(b"\r\n")
    return next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), 0)


async def one_answer(reader):
    head = await reader.readuntil(b"\r\n\r\n")
    return head + await reader.readexactly(length_of(head))


async def hear_out(reader, writer, length):
    """Hand on a body, and read on what nobody wants any more: who still sends would lose the answer with the line."""
    while length > 0 and (data := await reader.read(1 << 16)):
        length -= len(data)
        if not writer.is_closing():
            with suppress(OSError):
                writer.write(data)
                await writer.drain()


def closing(head):
    """Ask for one answer only, so that a connection is one request."""
    return with_header(head, b"connection: close")


def with_header(head, line):
    return head.replace(b"\r\n\r\n", b"\r\n" + line + b"\r\n\r\n")


def without_websockets(head):
    """Leave out what a proxy leaves out that was never told of websockets."""
    kept = [line for line in head.split(b"\r\n") if not line.lower().startswith((b"upgrade:", b"connection:"))]
    return b"\r\n".join(kept)


def without_extensions(head):
    return b"\r\n".join(
        line for line in head.split(b"\r\n") if not line.lower().startswith(b"sec-websocket-extensions:")
    )

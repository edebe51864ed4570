"""A websocket client of single bytes, which can also say what no client may say."""

import asyncio
import socket
from contextlib import asynccontextmanager

from wall.core.websocket import Opcode, unmasked

MASK = b"\x01\x02\x03\x04"
ANSWER_SECONDS = 5.0
FIN, MASKED = 0x80, 0x80


def sent(opcode, payload=b"", *, final=True, reserved=0):
    """A frame as a client sends it."""
    length = len(payload)
    first = (FIN if final else 0) | reserved | opcode
    if length < 126:
        head = bytes((first, MASKED | length))
    elif length < 65536:
        head = bytes((first, MASKED | 126)) + length.to_bytes(2)
    else:
        head = bytes((first, MASKED | 127)) + length.to_bytes(8)
    return head + MASK + unmasked(payload, MASK)


def fragments(opcode, *payloads, reserved=0):
    """A message in as many frames."""
    frames = [sent(opcode, payloads[0], final=False, reserved=reserved)]
    frames += [sent(Opcode.CONTINUATION, payload, final=False) for payload in payloads[1:-1]]
    return [*frames, sent(Opcode.CONTINUATION, payloads[-1])]


class Wire:
    """A connection on which the upgrade was answered."""

    def __init__(self, reader, writer, head):
        self.reader = reader
        self.writer = writer
        self.head = head

    async def say(self, *pieces):
        """Write pieces one by one, so that the server may read them one by one."""
        for piece in pieces:
            self.writer.write(piece)
            await asyncio.sleep(0)

    async def frame(self):
        """The next frame of the server: its first byte and its payload."""
        async with asyncio.timeout(ANSWER_SECONDS):
            first, length = await self.reader.readexactly(2)
            if length >= 126:
                length = int.from_bytes(await self.reader.readexactly(2 if length == 126 else 8))
            return first, await self.reader.readexactly(length)

    async def answer(self):
        """The next control frame, which is all that a stream answers."""
        while True:
            first, payload = await self.frame()
            if first != FIN | Opcode.TEXT and first != FIN | 0x40 | Opcode.TEXT:
                return Opcode(first & 0x0F), payload

    async def rest(self):
        """Whatever comes before the server ends the connection."""
        async with asyncio.timeout(ANSWER_SECONDS):
            return await self.reader.read()


@asynccontextmanager
async def wire(port, target, *, headers=(), host="127.0.0.1", receive_bytes=None, tls=None):
    """Ask for a websocket; yields the wire once it is one."""
    sock = socket.socket()
    if receive_bytes:
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    sock.setblocking(False)
    await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", port))
    name = {"server_hostname": host} if tls else {}
    reader, writer = await asyncio.open_connection(sock=sock, ssl=tls, limit=1024, **name)
    try:
        writer.write(request(target, f"{host}:{port}", headers))
        async with asyncio.timeout(ANSWER_SECONDS):
            head = await reader.readuntil(b"\r\n\r\n")
        assert head.startswith(b"HTTP/1.1 101 "), head
        yield Wire(reader, writer, head)
    finally:
        writer.transport.abort()


def request(target, host, headers=()):
    """The head of a request for a websocket."""
    lines = [
        f"GET {target} HTTP/1.1",
        f"host: {host}",
        "upgrade: websocket",
        "connection: Upgrade",
        "sec-websocket-version: 13",
        "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
        *headers,
    ]
    return "\r\n".join([*lines, "", ""]).encode()

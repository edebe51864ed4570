"""Idle viewers: so many websockets in one process, which take what they are sent and do nothing with it.

Run by the other benchmarks: `python -m bench.viewers 127.0.0.1 PORT PATH NUMBER`. Says "ready" when all are
connected; ends with its standard input, saying how many are still connected and how many bytes came.
"""

import asyncio
import base64
import os
import sys

AT_ONCE = 50
CONNECT_SECONDS = 60.0
PING, PONG = 0x9, 0xA


class Idle(asyncio.BufferedProtocol):
    """One viewer, written on the bare socket so that a thousand of them cost little beside the server."""

    buffer = bytearray(256 * 1024)
    connected = 0
    received = 0

    def __init__(self, request: bytes) -> None:
        self.request = request
        self.rest = b""
        self.greeted = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        transport.write(self.request)

    def get_buffer(self, sizehint: int) -> bytearray:
        return self.buffer

    def buffer_updated(self, size: int) -> None:
        Idle.received += size
        if self.greeted.done():
            self.take(bytes(self.buffer[:size]))
            return
        head, _, rest = bytes(self.buffer[:size]).partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 101"):
            self.greeted.set_exception(ConnectionError(f"The server answered {head[:12]!r}."))
            return
        Idle.connected += 1
        self.greeted.set_result(None)
        self.take(rest)

    def take(self, data: bytes) -> None:
        """Pass over frames; answer pings, for who does not is taken for gone."""
        data, self.rest = self.rest + data, b""
        at = 0
        while at < len(data):
            header = data[at : at + 10]
            length, size = header[1] & 0x7F if len(header) > 1 else 0, 2
            if length >= 126:
                size = 4 if length == 126 else 10
                length = int.from_bytes(header[2:size], "big")
            if len(header) < size or at + size + length > len(data):
                self.rest = data[at:]
                return
            if header[0] & 0x0F == PING:
                payload = data[at + size : at + size + length]
                self.transport.write(bytes((0x80 | PONG, 0x80 | length, 0, 0, 0, 0)) + payload)
            at += size + length

    def connection_lost(self, error: Exception | None) -> None:
        if not self.greeted.done():
            self.greeted.set_exception(ConnectionError("The server closed the connection."))
        else:
            Idle.connected -= 1


def request(host: str, port: int, path: str) -> bytes:
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


async def main(host: str, port: int, path: str, number: int) -> None:
    loop = asyncio.get_running_loop()
    door = asyncio.Semaphore(AT_ONCE)
    transports = []

    async def connect() -> None:
        async with door:
            transport, viewer = await loop.create_connection(lambda: Idle(request(host, port, path)), host, port)
            transports.append(transport)
            await viewer.greeted

    async with asyncio.timeout(CONNECT_SECONDS):
        await asyncio.gather(*(connect() for _ in range(number)))
    print("ready", flush=True)
    await asyncio.to_thread(sys.stdin.read)
    print(Idle.connected, Idle.received, flush=True)
    for transport in transports:
        transport.abort()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2]), sys.argv[3], int(sys.argv[4])))

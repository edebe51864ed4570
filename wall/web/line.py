"""The connection below a stream that uvicorn carries: what may wait in it is bounded, and it can be cut off."""

import asyncio
import socket

from starlette.requests import HTTPConnection
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from wall.web.state import state

KERNEL_BYTES = 64 * 1024


class Line:
    """The transport of a connection, which the entrance hands on; without one (in tests), nothing is bounded."""

    def __init__(self, connection: HTTPConnection) -> None:
        self.transport: asyncio.Transport | None = state(connection).get("transport")
        if self.transport is None or self.transport.is_closing():  # a viewer may leave before it is answered
            return
        # Whatever the kernel does not take at once makes uvicorn wait; the kernel takes little.
        self.transport.set_write_buffer_limits(high=0)
        if sock := self.transport.get_extra_info("socket"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    @property
    def waiting(self) -> int:
        """How many bytes wait here for a viewer to read."""
        return self.transport.get_write_buffer_size() if self.transport else 0

    async def taken(self) -> None:
        """Wait until everything that was sent has left for the kernel."""
        if self.transport is None:
            return
        protocol = self.transport.get_protocol()
        if isinstance(protocol, WebSocketsSansIOProtocol):
            await protocol.writable.wait()
        elif isinstance(protocol, HttpToolsProtocol):
            await protocol.flow.drain()

    def cut(self) -> None:
        """End the connection without sending what waits."""
        if self.transport is not None:
            self.transport.abort()

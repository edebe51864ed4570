"""One websocket outside of the application: it takes bytes that others were sent too, and says almost nothing."""

import asyncio
import os
import socket
from typing import TYPE_CHECKING

from wall.core.websocket import Opcode, Reader, Violation, close, frame

if TYPE_CHECKING:
    from wall.web.fanout import Fanout
    from wall.web.group import Group

LONGEST_MESSAGE = 16 * 1024
KERNEL_BYTES = 64 * 1024
THROUGH_TRANSPORT = -1


class Adopted(asyncio.Protocol):
    """A viewer's connection.

    Bytes go straight to its socket while it takes them all. What it does not take waits in its transport, and until
    that is gone everything goes through the transport; over TLS, always.
    """

    __slots__ = ("address", "ending", "fanout", "fd", "group", "packed", "paused", "reader", "transport")

    def __init__(self, fanout: "Fanout", group: "Group", transport: asyncio.Transport, address: str) -> None:
        self.fanout = fanout
        self.group: Group | None = group
        self.packed = group.packed
        self.transport = transport
        self.address = address
        self.reader: Reader | None = None
        self.paused = False
        self.ending = False
        self.fd = descriptor(transport)
        if self.fd != THROUGH_TRANSPORT:
            transport.set_write_buffer_limits(high=0)
            transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)

    # Out

    def deliver(self, data: bytes) -> bool:
        """Send bytes; returns whether the viewer took them all, or may take more meanwhile."""
        if self.fd < 0:
            self.transport.write(data)
            return not self.paused
        try:
            sent = os.write(self.fd, data)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.fd = THROUGH_TRANSPORT
            self.transport.abort()
            return True
        if sent == len(data):
            return True
        self.fd = THROUGH_TRANSPORT
        self.transport.write(data[sent:])
        if self.transport.get_write_buffer_size():
            return False
        self.fd = descriptor(self.transport)
        return True

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False
        self.fd = descriptor(self.transport)
        self.fanout.caught_up(self)

    def end(self, code: int) -> None:
        """Say that this is the end, and why; the connection ends when the viewer says so too."""
        if not self.ending:
            self.ending = True
            self.deliver(close(code))

    # In

    def data_received(self, data: bytes) -> None:
        reader = self.reader or Reader(longest=LONGEST_MESSAGE, packed=self.packed)
        self.reader = reader
        try:
            for opcode, payload in reader.feed(data):
                self._hear(opcode, payload)
        except Violation as violation:
            self.fanout.measures.violations.add()
            self.end(violation.code)
            self.transport.close()
        if reader.idle:
            self.reader = None

    def _hear(self, opcode: Opcode, payload: bytes) -> None:
        """Answer what must be answered. Who does not read is sent no pong: it would only add to what waits."""
        if opcode is Opcode.PING and not self.paused:
            self.deliver(frame(Opcode.PONG, payload))
        elif opcode is Opcode.CLOSE:
            if not self.ending:
                self.ending = True
                self.deliver(frame(Opcode.CLOSE, payload))
            self.transport.close()

    def connection_lost(self, error: Exception | None) -> None:
        self.fd = THROUGH_TRANSPORT
        self.fanout.lost(self)


def descriptor(transport: asyncio.Transport) -> int:
    """Return the descriptor to write to past the transport, or THROUGH_TRANSPORT where that cannot be: TLS."""
    if transport.is_closing() or transport.get_extra_info("sslcontext") is not None:
        return THROUGH_TRANSPORT
    sock = transport.get_extra_info("socket")
    return sock.fileno() if sock is not None else THROUGH_TRANSPORT

"""One websocket outside of the application: it takes bytes that others were sent too, and says almost nothing."""

import asyncio
import socket
from abc import ABC, abstractmethod
from sys import intern
from typing import TYPE_CHECKING

from wall.core.websocket import VIOLATIONS, Opcode, Reader, Violation, close, frame

if TYPE_CHECKING:
    from wall.web.fanout import Fanout
    from wall.web.group import Group

LONGEST_MESSAGE = 16 * 1024
KERNEL_BYTES = 64 * 1024
WAITING_BYTES = 64 * 1024


class Adopted(ABC):
    """A viewer's connection; how its bytes come and go is a matter of `Direct` and `ThroughTransport`.

    `group` is None before it is let in and once it is on its way out; `ending` says that it was sent its farewell, and
    `deaf` that nothing goes either way any more.
    """

    __slots__ = ("address", "deaf", "ending", "fanout", "group", "packed", "reader")

    def __init__(self, fanout: "Fanout", address: str, *, packed: bool) -> None:
        self.fanout = fanout
        self.address = intern(address)
        self.packed = packed
        self.group: Group | None = None
        self.reader: Reader | None = None
        self.ending = False
        self.deaf = False

    @abstractmethod
    def deliver(self, data: bytes) -> bool:
        """Send bytes; returns whether the viewer took them all, or may take more meanwhile."""

    @property
    @abstractmethod
    def waits(self) -> bool:
        """Whether the viewer has not taken all it was sent."""

    @abstractmethod
    def say_no_more(self) -> None:
        """Let what was sent arrive, and then that it was all."""

    @abstractmethod
    def abort(self) -> None:
        """Hang up at once."""

    def end(self, code: int) -> None:
        """Say that this is the end, and why; the connection ends when the viewer says so too."""
        if not self.ending:
            self.ending = True
            self.deliver(close(code))

    def hear(self, data: bytes) -> None:
        """Take in what the viewer says: nothing but what the protocol asks an answer for."""
        if self.deaf:
            return
        reader = self.reader or Reader(longest=LONGEST_MESSAGE, packed=self.packed)
        self.reader = reader
        try:
            for opcode, payload in reader.feed(data):
                self._answer(opcode, payload)
        except Violation as violation:
            self.fanout.measures.violations.add(VIOLATIONS[violation.code])
            self._part(close(violation.code))
        if reader.idle:
            self.reader = None

    def _answer(self, opcode: Opcode, payload: bytes) -> None:
        """Answer what must be answered. Who does not read is sent no pong: it would only add to what waits."""
        if opcode is Opcode.PING and not self.waits and not self.ending:
            self.deliver(frame(Opcode.PONG, payload))
        elif opcode is Opcode.CLOSE:
            self._part(frame(Opcode.CLOSE, payload))

    def _part(self, farewell: bytes) -> None:
        """Say farewell, unless that was done, and that it was all.

        The other side is no longer listened to, but read for a while: to close over bytes that nobody has read would
        reset the connection, and take the farewell back.
        """
        self.fanout.ends(self)
        if not self.ending:
            self.ending = True
            self.deliver(farewell)
        self.deaf = True
        self.say_no_more()


class ThroughTransport(Adopted, asyncio.Protocol):
    """A viewer behind the loop's own transport: over TLS, and where the socket itself cannot be had."""

    __slots__ = ("paused", "transport")

    def __init__(self, fanout: "Fanout", address: str, transport: asyncio.Transport, *, packed: bool) -> None:
        super().__init__(fanout, address, packed=packed)
        self.transport = transport
        self.paused = False
        transport.set_write_buffer_limits(high=WAITING_BYTES)
        if sock := transport.get_extra_info("socket"):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        transport.set_protocol(self)

    def deliver(self, data: bytes) -> bool:
        if self.deaf:
            return True
        self.transport.write(data)
        return not self.paused

    @property
    def waits(self) -> bool:
        return self.paused

    def say_no_more(self) -> None:
        if self.transport.can_write_eof():
            self.transport.write_eof()
        else:
            self.transport.close()

    def abort(self) -> None:
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        self.hear(data)

    def pause_writing(self) -> None:
        self.paused = True

    def resume_writing(self) -> None:
        self.paused = False
        if not self.deaf:
            self.fanout.caught_up(self)

    def connection_lost(self, error: Exception | None) -> None:
        self.fanout.lost(self)

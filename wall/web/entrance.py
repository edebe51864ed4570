"""The entrance: the first to see a connection. It lets streams with a ticket straight in, and hands on all others.

It stands where uvicorn's own HTTP protocol would (`http=`), waits for a whole request head, and then either gives the
connection to the fan-out or makes the protocol that uvicorn would have made and gives it the same bytes.
"""

import asyncio
from functools import partial
from typing import Any

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from wall.core.upgrade import END
from wall.web.adopted import ThroughTransport
from wall.web.gate import Gate, Request

LONGEST_HEAD = 32 * 1024
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Entrance(asyncio.Protocol):
    """A connection that has not said yet what it wants; `head` is what it said to the listener."""

    __slots__ = (
        "app_state",
        "config",
        "gate",
        "head",
        "loop",
        "request",
        "server_state",
        "transport",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        head: bytes = b"",
    ) -> None:
        self.config = config
        self.server_state = server_state
        self.app_state = app_state
        self.loop = _loop or asyncio.get_event_loop()
        self.gate: Gate | None = app_state.get("gate")
        self.head = head
        self.request: Request | None = None

    # Lifecycle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        self.server_state.connections.add(self)  # type: ignore[arg-type]
        if self.gate:
            self.gate.arriving[self] = self.loop.time()
        if self.head:
            self.data_received(b"")

    def connection_lost(self, error: Exception | None) -> None:
        self._leave()

    def shutdown(self) -> None:
        """Called by uvicorn when the process stops."""
        self.transport.close()

    def abort(self) -> None:
        self.transport.abort()

    def _leave(self) -> None:
        self.server_state.connections.discard(self)
        if self.gate:
            self.gate.arriving.pop(self, None)

    # Deciding

    def data_received(self, data: bytes) -> None:
        self.head += data
        if self.request:
            return
        if END in self.head:
            self._decide()
        elif len(self.head) > LONGEST_HEAD:
            if self.gate:
                self.gate.fanout.measures.heads.add("long")
            self.transport.write(TOO_LONG)
            self.transport.close()

    def _decide(self) -> None:
        secure = self.transport.get_extra_info("sslcontext") is not None
        request = self.gate.read(self.head, host_of(self.transport), secure=secure) if self.gate else None
        if self.gate is None or request is None:
            self._hand_on()
        elif self.gate.knows(request):
            self._admit(self.gate, request)
        else:
            self.request = request
            self.transport.pause_reading()
            self.gate.fanout.openings.prepare(
                request.slug, request.cursor, partial(self._admit, self.gate, request)
            )

    def _admit(self, gate: Gate, request: Request) -> None:
        if self.transport.is_closing():
            return
        if self.request:
            self.transport.resume_reading()
        admission = gate.admit(request)
        if admission is None:
            self._hand_on()
            return
        self._leave()
        gate.fanout.connections = self.server_state.connections
        viewer = ThroughTransport(gate.fanout, request.address, self.transport, packed=request.packed)
        gate.fanout.adopt(viewer, admission)

    def _hand_on(self) -> None:
        """Let the application answer, as if we had not been here; it is told what its answer goes through."""
        self._leave()
        protocol = HttpToolsProtocol(
            config=self.config,
            server_state=self.server_state,
            app_state={**self.app_state, "transport": self.transport},
            _loop=self.loop,
        )
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)
        protocol.data_received(self.head)


def host_of(transport: asyncio.Transport) -> str:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""

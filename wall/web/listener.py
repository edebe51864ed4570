"""The listening socket: takes many connections in one go, and lets streams with a ticket in on the spot.

The loop itself would take one connection a round and build a transport for each. Whoever does not come with a whole
request for a stream in its first bytes is given to the entrance, which waits, and to uvicorn. Linux only, and not over
TLS; elsewhere uvicorn listens, with the entrance before it.
"""

import asyncio
import logging
import socket
from collections.abc import Callable
from functools import partial

from wall.web.direct import Direct, Sockets
from wall.web.entrance import LONGEST_HEAD, Entrance
from wall.web.gate import Gate, Request

log = logging.getLogger(__name__)

BATCH = 64
DEFER_SECONDS = 5
PAUSE_SECONDS = 1.0
POSSIBLE = hasattr(socket, "TCP_DEFER_ACCEPT")


class Listener:
    """A listening socket of this process. uvicorn closes it as it would its own servers."""

    def __init__(
        self, sock: socket.socket, gate: Gate, entrance: Callable[[bytes], Entrance], *, backlog: int
    ) -> None:
        self._sock = sock
        self._gate = gate
        self._entrance = entrance
        self._loop = asyncio.get_running_loop()
        self._sockets = Sockets()
        self._handing: set[asyncio.Task[None]] = set()
        sock.listen(backlog)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, DEFER_SECONDS)
        self._loop.add_reader(sock.fileno(), self._accept)

    def close(self) -> None:
        """Take nobody in any more."""
        if self._sock.fileno() >= 0:
            self._loop.remove_reader(self._sock.fileno())
            self._sock.close()

    async def wait_closed(self) -> None:
        """Wait until whoever was taken in has been handed on."""
        await asyncio.gather(*self._handing, return_exceptions=True)
        self._sockets.close()

    def _accept(self) -> None:
        for _ in range(BATCH):
            try:
                sock, peer = self._sock.accept()
            except (BlockingIOError, ConnectionAbortedError):
                return
            except OSError as error:
                log.error("Nobody can be taken in for a second: %s.", error.strerror)
                self._loop.remove_reader(self._sock.fileno())
                self._loop.call_later(PAUSE_SECONDS, self._go_on)
                return
            self._receive(sock, str(peer[0]) if peer else "")

    def _go_on(self) -> None:
        if self._sock.fileno() >= 0:
            self._loop.add_reader(self._sock.fileno(), self._accept)

    def _receive(self, sock: socket.socket, host: str) -> None:
        sock.setblocking(False)
        try:
            head = sock.recv(LONGEST_HEAD)
        except BlockingIOError:
            head = b""
        except OSError:
            sock.close()
            return
        request = self._gate.read(head, host, secure=False)
        if request is None:
            self._hand_on(sock, head)
        elif self._gate.knows(request):
            self._admit(sock, head, request)
        else:
            again = partial(self._admit, sock, head, request)
            self._gate.fanout.openings.prepare(request.slug, request.cursor, again)

    def _admit(self, sock: socket.socket, head: bytes, request: Request) -> None:
        fanout = self._gate.fanout
        if admission := self._gate.admit(request):
            fanout.adopt(Direct(fanout, request.address, sock, self._sockets, packed=request.packed), admission)
        else:
            self._hand_on(sock, head)

    def _hand_on(self, sock: socket.socket, head: bytes) -> None:
        task = asyncio.create_task(self._handed_on(sock, head))
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)

    async def _handed_on(self, sock: socket.socket, head: bytes) -> None:
        try:
            await self._loop.connect_accepted_socket(lambda: self._entrance(head), sock)
        except OSError as error:
            log.info("A connection was gone before it was handed on: %s", error.strerror)
            sock.close()

"""The listening socket: takes many connections in one go, and lets streams with a ticket in on the spot.

The loop itself would take one connection a round and build a transport for each. Whoever does not come with a whole
request for a stream in its first bytes is given to the entrance, which waits, and to uvicorn. Linux only, and not over
TLS; elsewhere uvicorn listens, with the entrance before it.
"""

import asyncio
import logging
import select
import socket
from collections.abc import Callable
from functools import partial

from wall.core.upgrade import END
from wall.web.direct import Direct, Sockets
from wall.web.entrance import LONGEST_HEAD, Entrance
from wall.web.gate import Gate, Request

log = logging.getLogger(__name__)

BATCH = 64
PAUSE_SECONDS = 1.0
POSSIBLE = hasattr(select, "epoll")


class Listener:
    """A listening socket of this process. uvicorn closes it as it would its own servers."""

    def __init__(
        self, sock: socket.socket, gate: Gate, entrance: Callable[[bytes], Entrance], *, backlog: int
    ) -> None:
        self._sock = sock
        self.gate = gate
        self._entrance = entrance
        self._loop = asyncio.get_running_loop()
        self.sockets = Sockets()
        self._handing: set[asyncio.Task[None]] = set()
        self._closed = False
        sock.listen(backlog)
        sock.setblocking(False)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._loop.add_reader(sock.fileno(), self._accept)

    def close(self) -> None:
        """Take nobody in any more."""
        if self._sock.fileno() >= 0:
            self._loop.remove_reader(self._sock.fileno())
            self._sock.close()

    async def wait_closed(self) -> None:
        """Wait until whoever was taken in has been handed on."""
        self._closed = True
        await asyncio.gather(*self._handing, return_exceptions=True)
        self.sockets.close()

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
            sock.setblocking(False)
            Arrival(self, sock, str(peer[0]) if peer else "").read()

    def _go_on(self) -> None:
        if self._sock.fileno() >= 0:
            self._loop.add_reader(self._sock.fileno(), self._accept)

    def wait_for(self, arrival: "Arrival") -> None:
        """Hear more of a connection, for a while."""
        self.gate.arriving.setdefault(arrival, self._loop.time())
        self.sockets.watch(arrival)

    def receive(self, arrival: "Arrival") -> None:
        """Let a connection in, or hand it on, now that it has said what it wants."""
        self.gate.arriving.pop(arrival, None)
        request = self.gate.read(arrival.head, arrival.host, secure=False)
        if request is None:
            self._hand_on(arrival)
        elif self.gate.knows(request):
            self._admit(arrival, request)
        else:
            self.sockets.forget(arrival)
            again = partial(self._admit, arrival, request)
            self.gate.fanout.openings.prepare(request.slug, request.cursor, again)

    def _admit(self, arrival: "Arrival", request: Request) -> None:
        fanout = self.gate.fanout
        if self._closed:
            arrival.sock.close()
        elif admission := self.gate.admit(request):
            viewer = Direct(fanout, request.address, arrival.sock, self.sockets, packed=request.packed)
            fanout.adopt(viewer, admission)
        else:
            self._hand_on(arrival)

    def _hand_on(self, arrival: "Arrival") -> None:
        self.sockets.forget(arrival)
        task = asyncio.create_task(self._handed_on(arrival.sock, arrival.head))
        self._handing.add(task)
        task.add_done_callback(self._handing.discard)

    async def _handed_on(self, sock: socket.socket, head: bytes) -> None:
        try:
            await self._loop.connect_accepted_socket(lambda: self._entrance(head), sock)
        except OSError as error:
            log.info("A connection was gone before it was handed on: %s", error.strerror)
            sock.close()


class Arrival:
    """A connection that has not said all of what it wants."""

    __slots__ = ("fd", "head", "host", "listener", "sock")

    def __init__(self, listener: Listener, sock: socket.socket, host: str) -> None:
        self.listener = listener
        self.sock = sock
        self.fd = sock.fileno()
        self.host = host
        self.head = b""

    def read(self) -> None:
        try:
            data = self.sock.recv(LONGEST_HEAD)
        except BlockingIOError:
            self.listener.wait_for(self)
            return
        except OSError:
            data = b""
        self.head += data
        if not data:
            self.abort()
        elif END in self.head or len(self.head) > LONGEST_HEAD:
            self.listener.receive(self)
        else:
            self.listener.wait_for(self)

    def write_rest(self) -> None:
        """Nothing was written yet."""

    def abort(self) -> None:
        self.listener.gate.arriving.pop(self, None)
        self.listener.sockets.forget(self)
        self.sock.close()

"""Viewers whose sockets are ours alone: written to past the event loop, and heard through one epoll for all.

So a viewer costs no transport, and a write is a system call and nothing else. Linux only; see `Listener`.
"""

import asyncio
import os
import select
import socket
from typing import TYPE_CHECKING, Protocol

from wall.web.adopted import KERNEL_BYTES, Adopted

if TYPE_CHECKING:
    from wall.web.fanout import Fanout

READ_BYTES = 64 * 1024
EVENTS = 256


class Watched(Protocol):
    """A socket that is heard through our epoll."""

    fd: int

    def read(self) -> None: ...

    def write_rest(self) -> None: ...

    def abort(self) -> None: ...


class Sockets:
    """The sockets of this process that nobody else looks after."""

    def __init__(self) -> None:
        self._epoll = select.epoll()
        self._watched: dict[int, Watched] = {}
        asyncio.get_running_loop().add_reader(self._epoll.fileno(), self._ready)

    def watch(self, one: Watched) -> None:
        """Hear a socket; who heard it before does so no more."""
        if one.fd not in self._watched:
            self._epoll.register(one.fd, select.EPOLLIN)
        self._watched[one.fd] = one

    def want_room(self, one: Watched, *, wanted: bool) -> None:
        """Say when a socket may be written to again, or no more."""
        self._epoll.modify(one.fd, select.EPOLLIN | select.EPOLLOUT if wanted else select.EPOLLIN)

    def forget(self, one: Watched) -> None:
        if self._watched.pop(one.fd, None):
            self._epoll.unregister(one.fd)

    def close(self) -> None:
        asyncio.get_running_loop().remove_reader(self._epoll.fileno())
        for one in list(self._watched.values()):
            one.abort()
        self._epoll.close()

    def _ready(self) -> None:
        for fd, events in self._epoll.poll(0, EVENTS):
            if (one := self._watched.get(fd)) and events & ~select.EPOLLOUT:
                one.read()
            if (one := self._watched.get(fd)) and events & select.EPOLLOUT:
                one.write_rest()


class Direct(Adopted):
    """A viewer on a socket of its own. What its kernel buffer did not take of one write is kept here."""

    __slots__ = ("_rest", "_sock", "_sockets", "fd")

    def __init__(
        self, fanout: "Fanout", address: str, sock: socket.socket, sockets: Sockets, *, packed: bool
    ) -> None:
        super().__init__(fanout, address, packed=packed)
        self.fd = sock.fileno()
        self._sock = sock
        self._sockets = sockets
        self._rest = b""
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BYTES)
        sockets.watch(self)

    def deliver(self, data: bytes) -> bool:
        if self._rest:
            self._rest += data
            return False
        try:
            sent = os.write(self.fd, data)
        except BlockingIOError:
            sent = 0
        except OSError:
            if not self.deaf:
                self.abort()
            return True
        if sent == len(data):
            return True
        self._rest = data[sent:]
        self._sockets.want_room(self, wanted=True)
        return False

    @property
    def waits(self) -> bool:
        return bool(self._rest)

    def write_rest(self) -> None:
        """Go on with what was not taken; once it is gone, the viewer is owed what it missed meanwhile."""
        rest, self._rest = self._rest, b""
        if rest and self.deliver(rest) and self.fd >= 0:
            self._sockets.want_room(self, wanted=False)
            if self.deaf:
                self.say_no_more()
            else:
                self.fanout.caught_up(self)

    def read(self) -> None:
        try:
            data = self._sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if data:
            self.hear(data)
        else:
            self.abort()

    def say_no_more(self) -> None:
        if self._rest:
            return  # `write_rest` comes back to it
        try:
            self._sock.shutdown(socket.SHUT_WR)
        except OSError:
            self.abort()

    def abort(self) -> None:
        if self.fd >= 0:
            self._sockets.forget(self)
            self._sock.close()
            self.fd = -1
            self.fanout.lost(self)

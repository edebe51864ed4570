"""The entrance: the first to see a connection. It lets streams with a ticket straight in, and hands on all others.

It stands where uvicorn's own HTTP protocol would (`http=`), waits for a whole request head, and then either gives the
socket to the fan-out or makes the protocol that uvicorn would have made and gives it the same bytes.
"""

import asyncio
from datetime import datetime
from typing import Any

from uvicorn.config import Config
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from wall.core.feed import Cursor
from wall.core.tickets import StreamTicket, read_stream_ticket
from wall.core.upgrade import END, Upgrade, read_upgrade
from wall.web.fanout import Fanout
from wall.web.frames import parsed
from wall.web.openings import Opened
from wall.web.security import admits_stream

HEAD_SECONDS = 10.0
LONGEST_HEAD = 32 * 1024
TOO_LONG = b"HTTP/1.1 431 Request Header Fields Too Large\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class Gate:
    """What the entrances of a process share: who waits for how long, and whose X-Forwarded headers are believed."""

    def __init__(self, fanout: Fanout, *, trusted_proxies: str, public_name: str | None) -> None:
        self.fanout = fanout
        self.trusted = ProxyHeadersMiddleware(nobody, trusted_proxies).trusted_hosts
        self.public_name = public_name
        self.arriving: dict[Entrance, float] = {}
        fanout.on_tick.append(self.tick)

    def tick(self, now: float) -> None:
        """End the connections that have not said what they want for too long; the oldest come first."""
        for entrance, since in list(self.arriving.items()):
            if now - since < HEAD_SECONDS:
                return
            self.fanout.measures.late_heads.add()
            entrance.transport.abort()

    def asker(self, transport: asyncio.Transport, upgrade: Upgrade) -> tuple[str, str]:
        """Return the scheme and address that a request came by, behind the proxies that are trusted."""
        scheme = "ws" if transport.get_extra_info("sslcontext") is None else "wss"
        address = host_of(transport)
        if address not in self.trusted:
            return scheme, address
        if (forwarded := upgrade.headers.get("x-forwarded-proto", "").strip()) in ("http", "https", "ws", "wss"):
            scheme = forwarded.replace("http", "ws")
        if "x-forwarded-for" in upgrade.headers:
            address = self.trusted.get_trusted_client_address(upgrade.headers["x-forwarded-for"])[0] or address
        return scheme, address


class Entrance(asyncio.Protocol):
    """A connection that has not said yet what it wants."""

    __slots__ = (
        "app_state",
        "asked",
        "config",
        "gate",
        "head",
        "loop",
        "server_state",
        "transport",
    )

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        self.config = config
        self.server_state = server_state
        self.app_state = app_state
        self.loop = _loop or asyncio.get_event_loop()
        self.gate: Gate | None = app_state.get("gate")
        self.head = b""
        self.asked = False

    # Lifecycle

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self.transport = transport
        self.server_state.connections.add(self)  # type: ignore[arg-type]
        if self.gate:
            self.gate.arriving[self] = self.loop.time()

    def connection_lost(self, error: Exception | None) -> None:
        self._leave()

    def shutdown(self) -> None:
        """Called by uvicorn when the process stops."""
        self.transport.close()

    def _leave(self) -> None:
        self.server_state.connections.discard(self)
        if self.gate:
            self.gate.arriving.pop(self, None)

    # Deciding

    def data_received(self, data: bytes) -> None:
        self.head += data
        if self.asked and len(self.head) <= LONGEST_HEAD:
            return
        if END in self.head:
            self._decide()
        elif len(self.head) > LONGEST_HEAD:
            self.transport.write(TOO_LONG)
            self.transport.close()

    def _decide(self) -> None:
        head, end, early = self.head.partition(END)
        upgrade = read_upgrade(head + end) if self.gate and b"ticket=" in head else None
        slug = slug_of(upgrade.path) if upgrade else None
        if self.gate is None or upgrade is None or slug is None:
            self._hand_on()
            return
        opened = self.gate.fanout.openings.get(slug)
        scheme, address = self.gate.asker(self.transport, upgrade)
        if not admits_stream(scheme, upgrade.headers, self.gate.public_name):
            self._hand_on()
            return
        ticket = invited(upgrade, slug, opened, now=self.gate.fanout.now()) if opened else None
        cursor = parsed(upgrade.query.get("cursor"))
        if opened and ticket and (is_known(opened, ticket, cursor) or (self.asked and not ticket.screen)):
            self._leave()
            self.gate.fanout.connections = self.server_state.connections
            viewer = self.gate.fanout.adopt(self.transport, upgrade, ticket, opened, cursor, address)
            if viewer and early:
                viewer.data_received(early)
        elif self.asked or (opened and ticket is None):
            self._hand_on()
        else:
            self.asked = True
            self.gate.fanout.openings.prepare(slug, cursor, self._decide_again)

    def _decide_again(self) -> None:
        if not self.transport.is_closing():
            self._decide()

    def _hand_on(self) -> None:
        """Let the application answer, as if we had not been here."""
        self._leave()
        protocol = HttpToolsProtocol(
            config=self.config, server_state=self.server_state, app_state=self.app_state, _loop=self.loop
        )
        self.transport.set_protocol(protocol)
        protocol.connection_made(self.transport)
        protocol.data_received(self.head)


def invited(upgrade: Upgrade, slug: str, opened: Opened, *, now: datetime) -> StreamTicket | None:
    """Return the ticket of a request, if it is good, and for this road and view."""
    ticket = read_stream_ticket(opened.secret, slug, upgrade.query.get("ticket", ""), now=now)
    if ticket is None or ticket.view != upgrade.query.get("view", ticket.view):
        return None
    return ticket if upgrade.path.endswith("/screen/stream") == bool(ticket.screen) else None


def is_known(opened: Opened, ticket: StreamTicket, cursor: Cursor | None) -> bool:
    """Tell whether we have heard of the screen and of the place in the feed that somebody comes with."""
    tip = opened.channel.tip
    behind = cursor is None or cursor.epoch != tip.epoch or cursor.offset <= tip.offset
    return behind and (not ticket.screen or ticket.screen in opened.screens)


def slug_of(path: str) -> str | None:
    """Return the event of a stream's path, or None when it is no stream that is let straight in."""
    match path.split("/"):
        case ["", slug, "stream"] | ["", slug, "screen", "stream"]:
            return slug
    return None


def host_of(transport: asyncio.Transport) -> str:
    peer = transport.get_extra_info("peername")
    return str(peer[0]) if isinstance(peer, tuple) and peer else ""


async def nobody(scope: object, receive: object, send: object) -> None:
    """No application; only the proxies' addresses are of interest."""

"""The gate: decides by a connection's first bytes whom a ticket lets straight into a stream.

It asks what the application would ask (Host, Origin, the right to see this), and where it cannot say yes, the
application answers.
"""

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from wall.core.feed import Cursor
from wall.core.tickets import StreamTicket, claimed_screen, read_stream_ticket
from wall.core.upgrade import END, Upgrade, read_upgrade
from wall.web.fanout import Fanout
from wall.web.frames import parsed
from wall.web.openings import Opened
from wall.web.security import admits_stream

if TYPE_CHECKING:
    from wall.web.entrance import Entrance
    from wall.web.listener import Arrival

# Where uvicorn writes of the websockets of the ordinary road; without the query here, since a ticket lets others in.
log = logging.getLogger("uvicorn.error")

HEAD_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Request:
    """A stream asked for with a ticket, as far as it can be read without knowing the event.

    `view` is None where none was asked for; `early` is what came beyond the request.
    """

    slug: str
    ticket: str
    to_screen: bool
    view: str | None
    cursor: Cursor | None
    key: str
    packed: bool
    address: str
    early: bytes

    @property
    def path(self) -> str:
        return f"/{self.slug}/screen/stream" if self.to_screen else f"/{self.slug}/stream"


@dataclass(frozen=True, slots=True)
class Admission:
    """A request that is granted."""

    request: Request
    ticket: StreamTicket
    opened: Opened


class Gate:
    """Who is let straight in; `arriving` are those who have not said yet what they want, and since when.

    `trusted` are the proxies whose X-Forwarded headers count.
    """

    def __init__(self, fanout: Fanout, *, trusted_proxies: str, public_name: str | None) -> None:
        self.fanout = fanout
        self.trusted = ProxyHeadersMiddleware(nobody, trusted_proxies).trusted_hosts
        self.public_name = public_name
        self.arriving: dict[Entrance | Arrival, float] = {}
        fanout.on_tick.append(self.tick)

    def tick(self, now: float) -> None:
        """End the connections that have not said what they want for too long; the oldest come first."""
        for arrival, since in list(self.arriving.items()):
            if now - since < HEAD_SECONDS:
                return
            self.fanout.measures.heads.add("late")
            arrival.abort()

    def read(self, data: bytes, host: str, *, secure: bool) -> Request | None:
        """Return the stream that a connection's first bytes ask for, or None where the application answers.

        `host` is who connected, `secure` whether over TLS.
        """
        head, end, early = data.partition(END)
        upgrade = read_upgrade(head + end) if b"ticket=" in head and end else None
        if upgrade is None:
            return None
        match upgrade.path.split("/"):
            case ["", slug, "stream"]:
                to_screen = False
            case ["", slug, "screen" | "overlay" | "stage", "stream"] | ["", slug, "embed", _, "stream"]:
                to_screen = True
            case _:
                return None
        scheme, address = self.asker(host, upgrade, secure=secure)
        if not admits_stream(scheme, upgrade.headers, self.public_name):
            return None
        return Request(
            slug=slug,
            ticket=upgrade.query.get("ticket", ""),
            to_screen=to_screen,
            view=upgrade.query.get("view"),
            cursor=parsed(upgrade.query.get("cursor")),
            key=upgrade.key,
            packed=upgrade.packed,
            address=address,
            early=early,
        )

    def admit(self, request: Request) -> Admission | None:
        """Grant a request whose ticket is good, if the event is known here; else see `knows`."""
        opened = self.fanout.openings.get(request.slug)
        if opened is None:
            return None
        ticket = read_stream_ticket(opened.secret, request.slug, request.ticket, now=self.fanout.now())
        if ticket is None or request.view not in (None, ticket.view) or request.to_screen != bool(ticket.screen):
            return None
        if not opened.admits(ticket):
            return None
        log.info('%s - "WebSocket %s" [accepted]', request.address, request.path)
        return Admission(request, ticket, opened)

    def knows(self, request: Request) -> bool:
        """Tell whether we have heard of the event, the place in its feed, and the screen that a request names.

        If not, they are to be looked up before it is granted or refused.
        """
        opened = self.fanout.openings.get(request.slug)
        if opened is None:
            return False
        if request.to_screen and claimed_screen(request.ticket) not in opened.screens:
            return False
        tip, cursor = opened.channel.tip, request.cursor
        return cursor is None or cursor.epoch != tip.epoch or cursor.offset <= tip.offset

    def asker(self, host: str, upgrade: Upgrade, *, secure: bool) -> tuple[str, str]:
        """Return the scheme and address that a request came by, behind the proxies that are trusted."""
        scheme = "wss" if secure else "ws"
        if host not in self.trusted:
            return scheme, host
        if (forwarded := upgrade.headers.get("x-forwarded-proto", "").strip()) in ("http", "https", "ws", "wss"):
            scheme = forwarded.replace("http", "ws")
        if "x-forwarded-for" in upgrade.headers:
            host = self.trusted.get_trusted_client_address(upgrade.headers["x-forwarded-for"])[0] or host
        return scheme, host


async def nobody(scope: object, receive: object, send: object) -> None:
    """No application; only the proxies' addresses are of interest."""

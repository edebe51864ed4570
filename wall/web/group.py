"""Viewers who follow one feed with equal tickets: what they are sent, built once for all of them."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from wall import __version__
from wall.channel import Told
from wall.core.fanout import Audience
from wall.core.feed import Cursor
from wall.core.people import Role
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.core.websocket import text
from wall.hub import Hub
from wall.web import frames
from wall.web.adopted import Adopted
from wall.web.openings import Opened

WRITE_BYTES = 64 * 1024
TICKET_SECONDS = 240.0
HELLO_SECONDS = 30.0
RESYNC = text(frames.resync())


@dataclass(slots=True, eq=False)
class Group:
    """An audience, and the bytes for it. `sent_at` is when it was written to last, in the loop's seconds."""

    hub: Hub
    now: Callable[[], datetime]
    opened: Opened
    ticket: StreamTicket
    packed: bool
    sent_at: float
    ticket_at: float
    audience: Audience[Adopted] = field(default_factory=Audience)
    _hello: tuple[Cursor, float, bytes] | None = None
    _beat: tuple[Cursor, bytes] | None = None
    _beat_ticket: str | None = None

    @property
    def tip(self) -> Cursor:
        return self.opened.channel.tip

    @property
    def role(self) -> Role:
        """What its viewers count as: what is embedded elsewhere has as many as a live page."""
        kind = self.opened.screens.get(self.ticket.screen, "screen")
        return "screen" if self.ticket.screen and kind != "embed" else "viewer"

    def between(self, start: Cursor, *, longest: int) -> tuple[Cursor, list[Told], bytes] | None:
        """Return what brings a viewer on from a place, as far as `longest` bytes go: the place, the updates, the bytes.

        None where a resync must do. One update is returned however long it is.
        """
        told = self.opened.channel.ring.after(start.offset) if start.epoch == self.tip.epoch else None
        if told is None:
            return None
        pieces: list[bytes] = []
        size = 0
        for one in told:
            piece = self._framed(one)
            size += len(piece)
            if pieces and size > longest:
                break
            pieces.append(piece)
        return Cursor(start.epoch, start.offset + len(pieces)), told[: len(pieces)], b"".join(pieces)

    def backlog(self, start: Cursor, *, longest: int) -> bytes | None:
        """Return all that one viewer lacks, or None where that is too much, and a resync must do."""
        found = self.between(start, longest=longest)
        return found[2] if found and found[0] == self.tip else None

    def _framed(self, told: Told) -> bytes:
        """Return the frame of one update, built once for all."""
        key = (self.ticket.view, self.packed)
        if key not in told.framed:
            channel = self.opened.channel
            cursor = Cursor(channel.epoch, told.update.offset)
            words = frames.updates(cursor, [self.hub.encoded(channel, self.ticket.view, told)])
            told.framed[key] = text(words, packed=self.packed)
        return told.framed[key]

    def hello(self) -> bytes:
        """Return the first frame; the same one for all who come to the same place within a while."""
        now = asyncio.get_running_loop().time()
        kept = self._hello
        if kept is None or kept[0] != self.tip or now - kept[1] > HELLO_SECONDS:
            words = frames.hello(self.tip, __version__, ticket=self._new_ticket())
            kept = self._hello = (self.tip, now, text(words))
        return kept[2]

    def begin_beat(self, now: float) -> None:
        """Owe everybody a word; every few minutes it carries a new ticket, so that nobody comes back without."""
        self.audience.beat()
        self._beat = None
        self._beat_ticket = None
        if now - self.ticket_at >= TICKET_SECONDS:
            self.ticket_at = now
            self._beat_ticket = self._new_ticket()

    def beat(self) -> bytes:
        """Return what is sent to those who are owed nothing else."""
        kept = self._beat
        if kept is None or kept[0] != self.tip:
            kept = self._beat = (self.tip, text(frames.beat(self.tip, ticket=self._beat_ticket)))
        return kept[1]

    def _new_ticket(self) -> str:
        return make_stream_ticket(self.opened.secret, self.ticket, now=self.now())

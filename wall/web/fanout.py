"""The fan-out: writes what a hub hears to every adopted connection of this process, in sweeps.

`wall.core.fanout` decides who is sent what; here it is written. There is no task and no queue for a connection.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from sys import intern
from typing import Any

from wall import __version__
from wall.core.fanout import Audience, Owed, Turns, owed
from wall.core.feed import Cursor, misfit
from wall.core.measures import Measures
from wall.core.people import Role
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.core.upgrade import Upgrade
from wall.core.websocket import close, opening, text
from wall.errors import StoreUnavailable, WallError
from wall.hub import BEAT_SECONDS, Channel, Hub, Told
from wall.store.feeds import Revoked
from wall.web import frames
from wall.web.adopted import Adopted
from wall.web.doors import Doors
from wall.web.frames import Close

log = logging.getLogger(__name__)

ROAD = "fast"
CHUNK = 128
SWEEP_BYTES = 64 * 1024
TICK_SECONDS = 1.0
CLOSE_SECONDS = 3.0
PATIENCE_SECONDS = 10.0
SCREENS_SECONDS = 30.0
TICKET_SECONDS = 240.0
HELLO_SECONDS = 30.0


@dataclass(slots=True, eq=False)
class Group:
    """An audience with what its members have in common."""

    channel: Channel
    ticket: StreamTicket
    packed: bool
    audience: Audience[Adopted]
    sent_at: float = 0.0
    ticket_at: float = 0.0
    hello: tuple[Cursor, float, bytes] | None = None
    beat: bytes = b""


@dataclass(slots=True)
class Opened:
    """An event whose wall can be followed here at once: its feed, the secret of its tickets, and its screens."""

    channel: Channel
    secret: bytes
    screens: set[str]


GroupKey = tuple[StreamTicket, bool]


@dataclass(slots=True, eq=False)
class Fanout:
    """Every adopted connection of this process. Run `run` as a task for as long as the process serves.

    `connections` are uvicorn's: as long as somebody is here, the fan-out is one of them, so that uvicorn tells it when
    the process stops, and waits.
    """

    hub: Hub
    doors: Doors
    now: Callable[[], datetime]
    max_backlog: int
    groups: dict[GroupKey, Group] = field(default_factory=dict)
    ending: dict[Adopted, float] = field(default_factory=dict)
    connections: set[Any] = field(default_factory=set)
    open: int = 0
    on_tick: list[Callable[[float], None]] = field(default_factory=list)
    _opened: dict[str, Opened] = field(default_factory=dict)
    _opening: dict[str, asyncio.Task[None]] = field(default_factory=dict)
    _turns: Turns[Group] = field(default_factory=Turns)
    _scheduled: bool = False

    async def run(self) -> None:
        """Beat, give up those who take nothing, and look after revoked screens, until cancelled."""
        loop = asyncio.get_running_loop()
        self.hub.on_revoked.append(self._revoked)
        checked = loop.time()
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.tick(loop.time())
            if loop.time() - checked > SCREENS_SECONDS:
                checked = loop.time()
                with suppress(StoreUnavailable):
                    await self._check_screens()

    @property
    def measures(self) -> Measures:
        return self.hub.measures

    # Opening

    def opened(self, slug: str) -> Opened | None:
        """Return what is needed to let a stream of an event in, unless it must be opened first."""
        opened = self._opened.get(slug)
        current = opened is not None and self.hub.channels.get((slug, "public")) is opened.channel
        return opened if current else None

    def prepare(self, slug: str, cursor: Cursor | None, then: Callable[[], None]) -> None:
        """Read what `opened` needs, then call back; it may still be None, where there is no such event.

        A cursor that we have not heard of makes the hub look whether there is more.
        """
        task = self._opening.get(slug)
        if task is None:
            task = self._opening[slug] = asyncio.create_task(self._open(slug, cursor))
            task.add_done_callback(lambda _: self._opening.pop(slug, None))
        task.add_done_callback(lambda _: then())

    async def _open(self, slug: str, cursor: Cursor | None) -> None:
        store = self.hub.store
        try:
            await store.events.get(slug)
            secret = await store.screens.secret(slug)
            screens = {screen.id for screen in await store.screens.all(slug)}
            channel = await self.hub.open(slug, "public", cursor)
        except WallError as error:
            log.info("No streams of %s are taken on at once: %s", slug, error.message)
            self._opened.pop(slug, None)
            return
        known = self._opened.get(slug)
        if known is None or known.channel is not channel:
            channel.listeners.append(partial(self._news, channel))
        self._opened[slug] = Opened(channel, secret, screens)

    # Adopting

    def adopt(
        self,
        transport: asyncio.Transport,
        upgrade: Upgrade,
        ticket: StreamTicket,
        opened: Opened,
        cursor: Cursor | None,
        address: str,
    ) -> Adopted | None:
        """Answer the upgrade of a viewer with a good ticket and take its connection on; None if that is too many."""
        answer = opening(upgrade.key, packed=upgrade.packed)
        if not self.doors.enter(address):
            transport.write(answer + close(Close.TOO_MANY))
            transport.close()
            return None
        group = self._group(opened, ticket, packed=upgrade.packed)
        viewer = Adopted(self, group, transport, intern(address))
        transport.set_protocol(viewer)
        self.connections.add(self)
        self.open += 1
        group.channel.viewers += 1
        self.measures.streams.add(ROAD, role_of(ticket))
        self._seat(group, viewer, answer, cursor)
        return viewer

    def _group(self, opened: Opened, ticket: StreamTicket, *, packed: bool) -> Group:
        group = self.groups.get((ticket, packed))
        if group is None or group.channel is not opened.channel:
            group = Group(opened.channel, ticket, packed, Audience(opened.channel.tip))
            group.sent_at = group.ticket_at = asyncio.get_running_loop().time()
            self.groups[ticket, packed] = group
        return group

    def _seat(self, group: Group, viewer: Adopted, answer: bytes, cursor: Cursor | None) -> None:
        """Greet a viewer, and send what it lacks in the same write."""
        audience = group.audience
        due = owed(cursor, audience.position, group.channel.tip, kept=self.hub.kept)
        if due is Owed.AHEAD and cursor:
            audience.seat_ahead(viewer, cursor)
            viewer.deliver(answer + self._hello(group, cursor))
            return
        between = self._backlog(group, cursor, audience.position) if due is Owed.UPDATES and cursor else b""
        if due is Owed.RESYNC or between is None:
            self.measures.resyncs.add(misfit(cursor, group.channel.tip) if cursor else "behind")
            between = RESYNC
        self._place(group, viewer, answer + self._hello(group, audience.position) + between)

    def _place(self, group: Group, viewer: Adopted, data: bytes) -> None:
        """Bring one viewer to where its audience is."""
        if not data or viewer.deliver(data):
            group.audience.seat(viewer)
        else:
            group.audience.lag(viewer, now=asyncio.get_running_loop().time())

    # Sweeping

    def _news(self, channel: Channel) -> None:
        for group in self.groups.values():
            if group.channel is channel:
                self._wants_turn(group)

    def _wants_turn(self, group: Group) -> None:
        self._turns.add(group, first=bool(group.ticket.screen))
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        """Write one chunk, and let the loop do other things before the next."""
        self._scheduled = False
        group = self._turns.next()
        if group is None:
            return
        audience = group.audience
        if not audience.sweeping:
            self._begin(group, self._target(group))
        self._write_chunk(group)
        if audience.sweeping or audience.position != group.channel.tip:
            self._turns.add(group, first=bool(group.ticket.screen))
        if self._turns:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _begin(self, group: Group, target: Cursor) -> None:
        self.measures.sweeps.add(role_of(group.ticket))
        group.sent_at = asyncio.get_running_loop().time()
        if target == group.audience.position:
            group.beat = self._beat(group)
        for viewer, cursor in group.audience.begin(target):
            self._catch_up(group, viewer, cursor)

    def _write_chunk(self, group: Group) -> None:
        # What a sweep brings is put together anew for each chunk, so that a post taken off the wall meanwhile is in
        # none of the later ones.
        audience = group.audience
        told, data = self._due(group)
        chunk = audience.chunk(CHUNK)
        late = [viewer for viewer in chunk if not viewer.deliver(data)]
        audience.written(chunk, late, now=asyncio.get_running_loop().time())
        if told and chunk:
            lag = (self.now() - told[-1].update.at).total_seconds()
            self.measures.delivered(ROAD, len(told), lag=lag, viewers=len(chunk))

    def _due(self, group: Group) -> tuple[list[Told], bytes]:
        """Return the updates that the sweep under way brings, and the bytes that say so."""
        audience = group.audience
        assert audience.origin is not None
        if audience.origin == audience.position:
            return [], group.beat
        told = self._between(group, audience.origin, audience.position)
        if told is None:
            self.measures.resyncs.add("history")
            return [], RESYNC
        return told, self._joined(group, told)

    def _target(self, group: Group) -> Cursor:
        """Return how far one sweep goes: to the tip, unless that is more than a socket takes at once."""
        tip, position = group.channel.tip, group.audience.position
        size = 0
        for one in self._between(group, position, tip) or ():
            size += len(self._framed(group, one))
            if size > SWEEP_BYTES:
                return Cursor(tip.epoch, max(position.offset + 1, one.update.offset - 1))
        return tip

    # Lagging

    def caught_up(self, viewer: Adopted) -> None:
        """Go on with a viewer that has taken what it was sent."""
        group = viewer.group
        cursor = group.audience.caught(viewer) if group else None
        if group and cursor:
            self._catch_up(group, viewer, cursor)

    def _catch_up(self, group: Group, viewer: Adopted, cursor: Cursor) -> None:
        position = group.audience.position
        between = b"" if cursor == position else self._backlog(group, cursor, position)
        if between is None:
            self.measures.resyncs.add("slow")
        self._place(group, viewer, RESYNC if between is None else between)

    # What is sent

    def _between(self, group: Group, start: Cursor, end: Cursor) -> list[Told] | None:
        """Return the updates between two cursors, or None where a resync must do."""
        if start.epoch != end.epoch or end.epoch != group.channel.epoch:
            return None
        return group.channel.between(start.offset, end.offset)

    def _backlog(self, group: Group, start: Cursor, end: Cursor) -> bytes | None:
        """Return the frames that one viewer lacks, or None where they are too many, and a resync must do."""
        told = self._between(group, start, end)
        data = self._joined(group, told) if told is not None else None
        return None if data is None or len(data) > self.max_backlog else data

    def _joined(self, group: Group, told: list[Told]) -> bytes:
        return b"".join([self._framed(group, one) for one in told])

    def _framed(self, group: Group, told: Told) -> bytes:
        """Return the frame of one update, built once for all."""
        key = (group.ticket.view, group.packed)
        if key not in told.framed:
            cursor = Cursor(group.channel.epoch, told.update.offset)
            words = frames.updates(cursor, [self.hub.encoded(group.channel, group.ticket.view, told)])
            told.framed[key] = text(words, packed=group.packed)
        return told.framed[key]

    def _hello(self, group: Group, cursor: Cursor) -> bytes:
        """Return the first frame; the same one for all who come to the same place within a while."""
        now = asyncio.get_running_loop().time()
        kept = group.hello
        if kept is None or kept[0] != cursor or now - kept[1] > HELLO_SECONDS:
            words = frames.hello(cursor, __version__, ticket=self._ticket(group))
            kept = group.hello = (cursor, now, text(words))
        return kept[2]

    def _beat(self, group: Group) -> bytes:
        """Return a beat; every few minutes it carries a new ticket, so that a viewer never comes back without."""
        now = asyncio.get_running_loop().time()
        if now - group.ticket_at < TICKET_SECONDS:
            return text(frames.beat(group.audience.position))
        group.ticket_at = now
        return text(frames.beat(group.audience.position, ticket=self._ticket(group)))

    def _ticket(self, group: Group) -> str:
        return make_stream_ticket(self._opened[group.ticket.slug].secret, group.ticket, now=self.now())

    # Ending

    def tick(self, now: float) -> None:
        """Do what is due once a second."""
        for viewer in [viewer for viewer, end in self.ending.items() if end < now]:
            viewer.transport.abort()
        for key, group in list(self.groups.items()):
            for viewer in group.audience.overdue(now=now, patience=PATIENCE_SECONDS):
                self.drop(viewer, Close.TOO_SLOW)
            if not len(group.audience):
                del self.groups[key]
            elif now - group.sent_at >= BEAT_SECONDS:
                self._wants_turn(group)
        for listener in self.on_tick:
            listener(now)

    def drop(self, viewer: Adopted, code: Close) -> None:
        """End a viewer's connection for a reason."""
        if viewer.ending:
            return
        self._unseat(viewer, code.name.lower())
        self.ending[viewer] = asyncio.get_running_loop().time() + CLOSE_SECONDS
        viewer.end(code)

    def restart(self, told: "asyncio.Future[Close | None]") -> None:
        """Send everybody elsewhere when the process begins to stop; a callback of the drain's future."""
        if not told.cancelled():
            self.shutdown()

    def shutdown(self) -> None:
        """Send everybody elsewhere; called by uvicorn."""
        for group in list(self.groups.values()):
            for viewer in group.audience.everyone():
                self.drop(viewer, Close.RESTARTING)

    def lost(self, viewer: Adopted) -> None:
        self._unseat(viewer, "gone")
        self.ending.pop(viewer, None)
        self.open -= 1
        if not self.open:
            self.connections.discard(self)

    def _unseat(self, viewer: Adopted, cause: str) -> None:
        group, viewer.group = viewer.group, None
        if group:
            self.measures.streams.add(ROAD, role_of(group.ticket), by=-1)
            self.measures.ended.add(ROAD, cause)
            group.audience.leave(viewer)
            group.channel.viewers -= 1
            self.doors.leave(viewer.address)

    # Screens

    def _revoked(self, revoked: Revoked) -> None:
        opened = self._opened.get(revoked.slug)
        if opened:
            opened.screens.discard(revoked.id)
            self._end_screens(revoked.slug, opened.screens)

    async def _check_screens(self) -> None:
        for slug, opened in list(self._opened.items()):
            opened.secret = await self.hub.store.screens.secret(slug)
            opened.screens = {screen.id for screen in await self.hub.store.screens.all(slug)}
            self._end_screens(slug, opened.screens)

    def _end_screens(self, slug: str, screens: set[str]) -> None:
        for group in list(self.groups.values()):
            ticket = group.ticket
            if ticket.slug == slug and ticket.screen and ticket.screen not in screens:
                for viewer in group.audience.everyone():
                    self.drop(viewer, Close.NOT_ALLOWED)


RESYNC = text(frames.resync())


def role_of(ticket: StreamTicket) -> Role:
    return "screen" if ticket.screen else "viewer"

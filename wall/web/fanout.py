"""The fan-out: writes what a hub hears to every adopted connection of this process, in turns.

`wall.core.fanout` decides whose turn it is, `Group` what they are sent; here it is written. There is no task and no
queue for a connection.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from wall.core.fanout import Turns
from wall.core.feed import Cursor, Recovery, misfit, recover
from wall.core.measures import Measures
from wall.core.tickets import StreamTicket
from wall.core.websocket import opening
from wall.hub import BEAT_SECONDS, Hub
from wall.tracing import span
from wall.web.adopted import Adopted
from wall.web.doors import Doors
from wall.web.frames import Close
from wall.web.group import RESYNC, WRITE_BYTES, Group
from wall.web.openings import Opened, Openings

if TYPE_CHECKING:
    from wall.web.gate import Admission

ROAD = "fast"
CHUNK = 64
GIVE_WAY_SECONDS = 0.005
PRESS_SECONDS = 0.008
TICK_SECONDS = 1.0
CLOSE_SECONDS = 3.0
PATIENCE_SECONDS = 10.0

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
    openings: Openings = field(init=False)
    groups: dict[GroupKey, Group] = field(default_factory=dict)
    ending: dict[Adopted, float] = field(default_factory=dict)
    connections: set[Any] = field(default_factory=set)
    open: int = 0
    on_tick: list[Callable[[float], None]] = field(default_factory=list)
    _turns: Turns[Group] = field(default_factory=Turns)
    _scheduled: bool = False
    _presses_until: float = 0.0

    def __post_init__(self) -> None:
        self.openings = Openings(self.hub)
        self.openings.on_screens.append(self._end_unadmitted)

    async def run(self) -> None:
        """Beat, give up those who take nothing, and look after revoked screens, until cancelled."""
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.openings.watch())
            while True:
                await asyncio.sleep(TICK_SECONDS)
                self.tick(loop.time())

    @property
    def measures(self) -> Measures:
        return self.hub.measures

    # Adopting

    def adopt(self, viewer: Adopted, admission: "Admission") -> None:
        """Answer the upgrade of a viewer with a good ticket and take its connection on, unless there are too many."""
        request = admission.request
        self.connections.add(self)
        self.open += 1
        answer = opening(request.key, packed=request.packed)
        if self.doors.enter(viewer.address):
            group = viewer.group = self._group(admission.opened, admission.ticket, packed=request.packed)
            group.opened.channel.viewers += 1
            self.measures.streams.add(ROAD, group.role)
            self._place(group, viewer, answer + group.hello() + self._missing(group, request.cursor))
        else:
            self.ends(viewer)
            viewer.deliver(answer)
            viewer.end(Close.TOO_MANY)
        if request.early:
            viewer.hear(request.early)

    def _group(self, opened: Opened, ticket: StreamTicket, *, packed: bool) -> Group:
        group = self.groups.get((ticket, packed))
        if group is None or group.opened is not opened:
            now = asyncio.get_running_loop().time()
            group = Group(self.hub, self.now, opened, ticket, packed, sent_at=now, ticket_at=now)
            opened.channel.listeners[group] = partial(self._wants_turn, group)
            self.groups[ticket, packed] = group
        return group

    def _missing(self, group: Group, cursor: Cursor | None) -> bytes:
        """Return what somebody who comes with a cursor lacks. Who comes without one begins at the tip."""
        if cursor is None:
            return b""
        recovery = recover(cursor, group.tip, kept=self.hub.kept)
        if recovery is Recovery.CURRENT:
            return b""
        backlog = group.backlog(cursor, longest=self.max_backlog) if recovery is Recovery.BEHIND else None
        if backlog is None:
            self.measures.resyncs.add(misfit(cursor, group.tip))
            return RESYNC
        return backlog

    def _place(self, group: Group, viewer: Adopted, data: bytes) -> None:
        """Bring one viewer to the tip."""
        if not data or viewer.deliver(data):
            group.audience.seat([viewer], group.tip)
        else:
            group.audience.lag(viewer, group.tip, now=asyncio.get_running_loop().time())

    # Turns

    def _wants_turn(self, group: Group) -> None:
        self._turns.add(group, first=group.role == "screen")
        self._schedule()

    def _turn(self) -> None:
        """Write to one chunk, and let the loop do other things before the next."""
        self._scheduled = False
        if self._gives_way():
            return
        group = self._turns.next()
        if group and group.audience.owed_at(group.tip):
            with span("deliver", event=group.ticket.slug):
                self._write_chunk(group)
            if group.audience.owed_at(group.tip):
                self._turns.add(group, first=group.role == "screen")
        if self._turns:
            self._schedule()

    def _gives_way(self) -> bool:
        """Wait a moment for what the hub is about to tell: screens have it sooner, and most viewers in one write."""
        loop = asyncio.get_running_loop()
        if not self.hub.telling or loop.time() < self._presses_until:
            return False
        self._presses_until = loop.time() + PRESS_SECONDS
        loop.call_later(GIVE_WAY_SECONDS, self._schedule)
        return True

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _write_chunk(self, group: Group) -> None:
        # What is written is put together anew for each chunk, so that a post taken off the wall meanwhile is in none
        # of the later ones.
        group.sent_at = now = asyncio.get_running_loop().time()
        start, chunk = group.audience.take(CHUNK)
        end, lag, data = group.tip, None, b""
        if start == end:
            data = group.beat()
        elif found := group.between(start, longest=WRITE_BYTES):
            end, told, data = found
            lag = (self.now() - told[-1].update.at).total_seconds()
        else:
            data = RESYNC
            self.measures.resyncs.add("history", by=len(chunk))
        late = {viewer for viewer in chunk if not viewer.deliver(data)}
        for viewer in late:
            group.audience.lag(viewer, end, now=now)
        group.audience.seat([viewer for viewer in chunk if viewer not in late] if late else chunk, end)
        self.measures.writes.add(ROAD, by=len(chunk))
        if lag is not None:
            self.measures.delivered(ROAD, end.offset - start.offset, lag=lag, viewers=len(chunk))

    # Lagging

    def caught_up(self, viewer: Adopted) -> None:
        """Go on with a viewer that has taken what it was sent."""
        group = viewer.group
        cursor = group.audience.caught(viewer) if group else None
        if group is None or cursor is None:
            return
        data = b"" if cursor == group.tip else group.backlog(cursor, longest=self.max_backlog)
        if data is None:
            self.measures.resyncs.add("slow")
            data = RESYNC
        self._place(group, viewer, data)

    # Ending

    def tick(self, now: float) -> None:
        """Do what is due once a second."""
        for viewer in [viewer for viewer, end in self.ending.items() if end < now]:
            viewer.abort()
        for key, group in list(self.groups.items()):
            for viewer in group.audience.overdue(now=now, patience=PATIENCE_SECONDS):
                self.drop(viewer, Close.TOO_SLOW)
            if not len(group.audience):
                self._disband(key, group)
            elif now - group.sent_at >= BEAT_SECONDS:
                group.begin_beat(now)
                self._wants_turn(group)
        for listener in self.on_tick:
            listener(now)

    def drop(self, viewer: Adopted, code: Close) -> None:
        """End a viewer's connection for a reason."""
        if not viewer.ending:
            self.ends(viewer, code.name.lower())
            viewer.end(code)

    def ends(self, viewer: Adopted, cause: str = "gone") -> None:
        """Send a viewer nothing more, and hang up on it before long."""
        self._unseat(viewer, cause)
        self.ending.setdefault(viewer, asyncio.get_running_loop().time() + CLOSE_SECONDS)

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
            self.measures.streams.add(ROAD, group.role, by=-1)
            self.measures.ended.add(ROAD, cause)
            group.audience.leave(viewer)
            group.opened.channel.viewers -= 1
            self.doors.leave(viewer.address)

    def _disband(self, key: GroupKey, group: Group) -> None:
        del group.opened.channel.listeners[group]
        del self.groups[key]

    def _end_unadmitted(self, slug: str) -> None:
        for group in list(self.groups.values()):
            if group.ticket.slug == slug and not group.opened.admits(group.ticket):
                for viewer in group.audience.everyone():
                    self.drop(viewer, Close.NOT_ALLOWED)

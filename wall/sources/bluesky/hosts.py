"""Which Jetstream to listen to, and from where on: one at a time, the next one when it fails. Pure."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wall.errors import InvalidPost
from wall.sources.bluesky.wire import FIRST_TIME, LARGEST_TIME, PATHS, PROTOCOLS, Wire, address
from wall.sources.payload import loads, mapping, string, strings
from wall.sources.servers import host_of

FIRST_LOOK = timedelta(minutes=30)
"""How far back a source looks that was never read: a hundred thousand posts of everybody."""
SAME_HOST = timedelta(seconds=5)
"""How far back to begin again, for a Jetstream may reorder a little where its past meets its present."""
OTHER_HOST = timedelta(seconds=60)
"""How far back to begin on another host, whose clock and whose sight of the network are its own."""
KEPT = timedelta(hours=24)
"""How far back a Jetstream remembers at least."""
MOST_HIDDEN = 100
UNKNOWN_HERE = (400, 404, 405, 410, 426)


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """How far was read: until when (microseconds), on which host, and there by which sequence number.

    `hidden` holds the posts of accounts that went away, by account, for it may come back.
    """

    time: int | None = None
    seq: int | None = None
    host: str = ""
    hidden: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def written(self) -> str:
        return json.dumps({"time": self.time, "seq": self.seq, "host": self.host, "hidden": dict(self.hidden)})


def read_position(since: str | None) -> Position:
    """Return a saved position; what cannot be read counts as none."""
    try:
        saved = mapping(loads(since or "{}"))
    except InvalidPost:
        return Position()
    time, seq = saved.get("time"), saved.get("seq")
    hidden = list(mapping(saved.get("hidden")).items())[:MOST_HIDDEN]
    return Position(
        time=time if type(time) is int and FIRST_TIME <= time < LARGEST_TIME else None,
        seq=seq if type(seq) is int and 0 <= seq < FIRST_TIME else None,
        host=string(saved, "host"),
        hidden={did: uids for did, listed in hidden if (uids := strings(listed))},
    )


class Hosts:
    """The instances of Jetstream in turn, and what is known of each: which wire it speaks, whether it refuses us."""

    def __init__(self, addresses: Sequence[str], position: Position) -> None:
        self.wires: dict[str, Wire] = {}
        for one in addresses:
            base, wire = spoken(one)
            self.wires[base] = wire
        self.addresses = tuple(self.wires)
        self.position = position
        self.turn = self.addresses.index(position.host) if position.host in self.addresses else 0
        self.asked_both: set[str] = set()
        self.refused: set[str] = set()
        self.too_old = False

    @property
    def current(self) -> str:
        return self.addresses[self.turn]

    @property
    def name(self) -> str:
        return host_of(self.current)

    @property
    def wire(self) -> Wire:
        return self.wires[self.current]

    @property
    def protocol(self) -> str | None:
        return PROTOCOLS[self.wire]

    def url(self, now: datetime) -> str:
        return address(self.current, self.wire, self.cursor(now))

    def cursor(self, now: datetime) -> int:
        """Return where to begin: a sequence number where it is this host's, else a time, which all understand."""
        at = self.position
        if at.time is None:
            return microseconds(now - FIRST_LOOK)
        if at.host != self.current:
            return at.time - span(OTHER_HOST)
        if self.wire == "v2" and at.seq is not None and not self.too_old:
            return at.seq
        return at.time - span(SAME_HOST)

    def missed(self, now: datetime) -> bool:
        """Tell whether more was written since than a Jetstream remembers."""
        return self.position.time is not None and self.position.time < microseconds(now - KEPT)

    def went_well(self) -> None:
        self.refused.clear()
        self.asked_both.discard(self.current)
        self.too_old = False

    def went_wrong(self, status: int | None, *, permanent: bool) -> None:
        """Turn to what may go better: a time for a cursor, the other wire of the same host, or the next host."""
        if status == 400 and self.wire == "v2" and self.position.seq is not None and not self.too_old:
            self.too_old = True
            return
        if status in UNKNOWN_HERE or self.current in self.asked_both:
            self.wires[self.current] = "v1" if self.wire == "v2" else "v2"
            self.asked_both ^= {self.current}
            if self.current in self.asked_both:
                return
        if permanent:
            self.refused.add(self.current)
        self.turn = (self.turn + 1) % len(self.addresses)
        self.too_old = False

    @property
    def all_refuse(self) -> bool:
        return len(self.refused) == len(self.addresses)


def spoken(typed: str) -> tuple[str, Wire]:
    """Return an instance's address without its path, and the wire that the path is of."""
    for wire, path in PATHS.items():
        if typed.endswith(path):
            return typed.removesuffix(path), wire
    return typed, "v1"


def microseconds(time: datetime) -> int:
    return int(time.timestamp()) * 1_000_000 + time.microsecond


def span(length: timedelta) -> int:
    return length // timedelta(microseconds=1)

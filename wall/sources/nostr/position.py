"""How far the relays were read, and which notes are still to end: what a source of Nostr keeps through a restart."""

import json
from dataclasses import dataclass, field
from typing import Self

from wall.errors import InvalidPost
from wall.sources.nostr.event import KEY
from wall.sources.nostr.harvest import MOST_EXPIRING
from wall.sources.payload import loads, mapping

OVERLAP_SECONDS = 15 * 60  # a note may reach a relay later than it says it was written
EXPIRING = "expiring"


@dataclass(slots=True)
class Position:
    """Until when each relay was read, and when which notes end, all in seconds since the epoch."""

    read_until: dict[str, int] = field(default_factory=dict)
    expiring: dict[str, int] = field(default_factory=dict)

    @classmethod
    def read(cls, saved: str | None) -> Self:
        """Return what was written; what cannot be read is read anew."""
        try:
            fields = mapping(loads(saved or "{}"))
        except InvalidPost:
            return cls()
        times = {relay: time for relay, time in fields.items() if type(time) is int}
        ends = mapping(fields.get(EXPIRING)).items()
        expiring = [(note, time) for note, time in ends if KEY.fullmatch(note) and type(time) is int]
        return cls(times, dict(expiring[:MOST_EXPIRING]))

    def written(self) -> str:
        return json.dumps(self.read_until | ({EXPIRING: self.expiring} if self.expiring else {}))

    def since(self, relay: str) -> int | None:
        """Return from when a relay is to be read, or None when it never was."""
        return self.read_until[relay] - OVERLAP_SECONDS if relay in self.read_until else None

"""How far X was read: up to which post, at what cost, and when posts were last looked at again. Pure."""

import json
import re
from dataclasses import dataclass

from wall.errors import InvalidPost
from wall.sources.budget import kept_number
from wall.sources.payload import loads, mapping, string

ID = re.compile(r"[0-9]{1,19}", re.ASCII)
EPOCH_MS = 1288834974657  # the beginning of time in the ids of X
TIME_BITS = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`since` is the newest post read, "" for none, `spent` how many were; `looked` in seconds since the epoch."""

    since: str = ""
    spent: int = 0
    looked: int = 0

    def written(self) -> str:
        return json.dumps({"since": self.since, "spent": self.spent, "looked": self.looked})


def read_position(text: str | None) -> Position:
    """Return the position that was kept; what cannot be read is the beginning."""
    try:
        kept = mapping(loads(text or "{}"))
    except InvalidPost:
        return Position()
    since = string(kept, "since")
    return Position(
        since=since if ID.fullmatch(since) else "",
        spent=kept_number(kept.get("spent")),
        looked=kept.get("looked", 0) if type(kept.get("looked")) is int else 0,
    )


def written_ms(id: str) -> int:
    """Return when a post was written, in milliseconds since the epoch, which its id tells."""
    return (int(id) >> TIME_BITS) + EPOCH_MS

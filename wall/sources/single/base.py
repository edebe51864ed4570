"""What whoever looks for one post is given, and the rule they all keep."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from wall.core.post import Post, SourceRef
from wall.core.source import SourceSettings
from wall.sources.fetch import Fetch

BY_HAND = "by-hand"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """The address somebody pasted, and what there is to look for it with. `sources` are those of the event."""

    address: str
    fetch: Fetch
    sources: Sequence[SourceSettings] = ()
    now: datetime

    def source(self, kind: str, place: str | None = None) -> SourceRef:
        """Return what the post came through: a source of that kind if the event has one, which then looks after it."""
        own = next((one.id for one in self.sources if one.kind == kind), BY_HAND)
        return SourceRef(id=own, kind=kind, place=place)


Reader = Callable[[Sought], Awaitable[Post | None]]
"""Returns the post at an address, or None when the address is none of its network's.

Raises SourceError or InvalidPost in words when it is one, and cannot be had.
"""

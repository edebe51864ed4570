"""What viewers may choose an excerpt of a wall by: its sessions and its networks, read at most once in some seconds."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.event import Event
from wall.core.excerpt import Span, spans
from wall.core.programme import Programme
from wall.store import Store
from wall.web.filters import network

KEPT = timedelta(seconds=10)
MOST_EVENTS = 50
SOON = timedelta(hours=2)
"""For so long ahead a page holds sessions ready, so that what is on now stays true while it is open."""
MOST_SOON = 30


@dataclass(frozen=True, slots=True)
class Outline:
    """The programme of an event, and the networks that posts come from: kind and name."""

    programme: Programme
    networks: tuple[tuple[str, str], ...]

    def around(self, now: datetime) -> list[Span]:
        """Return the sessions that run now or begin soon, in order of time."""
        ends = self.programme.ends()
        found = [one for one in self.programme.sessions if one.starts <= now + SOON and ends[one.id] > now]
        return spans(self.programme, found[:MOST_SOON])


class Outlines:
    """The outlines of one process, by slug."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store = store
        self.now = now
        self.kept: dict[str, tuple[datetime, Outline]] = {}

    async def get(self, event: Event) -> Outline:
        """Return the outline of an event, a few seconds old at most."""
        kept = self.kept.get(event.slug)
        if kept and self.now() - kept[0] < KEPT:
            return kept[1]
        sources = await self.store.sources.all(event.slug)
        named = sorted({(one.kind, network(one.kind)) for one in sources}, key=lambda one: one[1].casefold())
        outline = Outline(await self.store.programmes.get(event.slug), tuple(named))
        self.kept.pop(event.slug, None)
        self.kept[event.slug] = self.now(), outline
        if len(self.kept) > MOST_EVENTS:
            del self.kept[next(iter(self.kept))]
        return outline

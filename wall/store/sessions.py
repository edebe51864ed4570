"""Which session of the programme each post was written in, as the programme is now."""

from collections.abc import Sequence
from dataclasses import replace

from wall.core.excerpt import Span, session_of, spans
from wall.core.moderation import Standing
from wall.store.programmes import Programmes

MOST_EVENTS = 50


class Sessions:
    """The sessions of every event, by slug, read again when their programme has another version."""

    def __init__(self, programmes: Programmes) -> None:
        self.programmes = programmes
        self.kept: dict[str, tuple[int, list[Span]]] = {}

    async def told(self, slug: str, standings: Sequence[Standing | None]) -> list[Standing | None]:
        """Return standings that know their session."""
        found = await self._spans(slug) if any(standings) else []
        if not found:
            return list(standings)
        return [one and replace(one, session=session_of(found, one.post)) for one in standings]

    async def _spans(self, slug: str) -> list[Span]:
        version = await self.programmes.version(slug)
        kept = self.kept.get(slug)
        if kept is None or kept[0] != version:
            programme = await self.programmes.get(slug)
            kept = programme.version, spans(programme, list(programme.sessions))
            self.kept.pop(slug, None)
            self.kept[slug] = kept
            if len(self.kept) > MOST_EVENTS:
                del self.kept[next(iter(self.kept))]
        return kept[1]

"""Sources as configured: their settings, how far they were read, and how they fare."""

from collections.abc import Sequence

from wall.core.audit import Entry
from wall.core.source import SourceHealth, SourceSettings
from wall.core.words import _
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.fares import Happened, mapping, note_call, read, reading
from wall.store.keys import TOTALS, EventKeys

PARTS = ("position", "record", "slots", "subscriptions", "rung")
"""What is kept of a source besides its settings, and goes with it."""


class Sources:
    """The sources of every event, by slug and source id."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def save(self, slug: str, settings: SourceSettings, *, entry: Entry | None = None) -> None:
        await self.audit.together(slug, entry, ("HSET", EventKeys(slug).sources, settings.id, encode(settings)))

    async def all(self, slug: str) -> list[SourceSettings]:
        """Return the settings of every source of an event."""
        return (await self.of([slug]))[0]

    async def of(self, slugs: Sequence[str]) -> list[list[SourceSettings]]:
        """Return the settings of every source of several events, in their order."""
        found = await self.database.commands(*(("HVALS", EventKeys(slug).sources) for slug in slugs))
        each = [[decode(SourceSettings, row) for row in rows] for rows in found]
        return [sorted(settings, key=lambda one: one.id) for settings in each]

    async def get(self, slug: str, source_id: str) -> SourceSettings:
        """Return the settings of one source; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).sources, source_id)
        if row is None:
            raise NotFound(_("There is no such source."))
        return decode(SourceSettings, row)

    async def delete(self, slug: str, source_id: str, *, entry: Entry | None = None) -> None:
        """Forget a source and how far it was read; the posts that came through it stay."""
        keys = EventKeys(slug)
        await self.audit.together(
            slug,
            entry,
            ("HDEL", keys.sources, source_id),
            ("DEL", *(keys.source(source_id, part) for part in PARTS)),
        )

    # How far it was read

    async def position(self, slug: str, source_id: str) -> str | None:
        return (await self.positions(slug, [source_id]))[0]

    async def positions(self, slug: str, source_ids: Sequence[str]) -> list[str | None]:
        """Return how far sources were read, in their order."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("GET", keys.source(id, "position")) for id in source_ids))
        return [row.decode() if row is not None else None for row in rows]

    # How it fares

    async def health(self, slug: str, source_id: str) -> SourceHealth:
        return (await self.healths(slug, [source_id]))[0]

    async def healths(self, slug: str, source_ids: Sequence[str]) -> list[SourceHealth]:
        """Return how sources fare, in their order."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(command for id in source_ids for command in reading(keys, id)))
        return [read(*pair) for pair in zip(rows[::2], rows[1::2], strict=True)]

    async def note(self, slug: str, source_id: str, happened: Happened) -> None:
        """Add what just happened to how a source fares, and to the totals of its kind."""
        counted = await self.database.run(note_call(EventKeys(slug), source_id, happened))
        totals = {
            "posts": happened.posts,
            "edits": happened.edits,
            "deletes": happened.deletes,
            "set aside": len(happened.reasons),
            "errors": int(happened.error is not None),
        }
        if counted and happened.kind:
            await self.database.commands(
                *(("HINCRBY", TOTALS, f"{happened.kind} {name}", by) for name, by in totals.items() if by)
            )

    async def totals(self) -> dict[tuple[str, str], int]:
        """Return what the sources of each kind took in, by kind and name, in all events since the beginning."""
        rows = mapping(await self.database.command("HGETALL", TOTALS))
        return {(kind, name): int(row) for both, row in rows.items() for kind, _, name in [both.partition(" ")]}

    # Deliveries of webhooks

    async def was_delivered(self, slug: str, source_id: str, delivery_id: str) -> bool:
        """Tell whether a webhook delivery was noted before."""
        return bool(await self.database.command("EXISTS", EventKeys(slug).delivery(source_id, delivery_id)))

    async def first_delivery(self, slug: str, source_id: str, delivery_id: str, *, seconds: int) -> bool:
        """Note a webhook delivery; returns False when it was noted before."""
        key = EventKeys(slug).delivery(source_id, delivery_id)
        return bool(await self.database.command("SET", key, "1", "NX", "EX", seconds))

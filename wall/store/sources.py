"""Sources as configured: their settings, how far they were read, how they fare, and who reads them just now."""

from dataclasses import replace
from datetime import datetime

from wall.core.audit import Entry
from wall.core.source import SourceHealth, SourceSettings, State
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

LEASE = Script("lease")


class Sources:
    """The sources of every event, by slug and source id."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def save(self, slug: str, settings: SourceSettings, *, entry: Entry | None = None) -> None:
        await self.audit.together(slug, entry, ("HSET", EventKeys(slug).sources, settings.id, encode(settings)))

    async def all(self, slug: str) -> list[SourceSettings]:
        """Return the settings of every source of an event."""
        rows = await self.database.command("HVALS", EventKeys(slug).sources)
        return sorted((decode(SourceSettings, row) for row in rows), key=lambda settings: settings.id)

    async def get(self, slug: str, source_id: str) -> SourceSettings:
        """Return the settings of one source; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).sources, source_id)
        if row is None:
            raise NotFound("There is no such source.")
        return decode(SourceSettings, row)

    async def delete(self, slug: str, source_id: str, *, entry: Entry | None = None) -> None:
        """Forget a source and how far it was read; the posts that came through it stay."""
        keys = EventKeys(slug)
        await self.audit.together(
            slug,
            entry,
            ("HDEL", keys.sources, source_id),
            ("DEL", *(keys.source(source_id, part) for part in ("position", "health", "subscriptions", "rung"))),
        )

    # How far it was read

    async def position(self, slug: str, source_id: str) -> str | None:
        data = await self.database.command("GET", EventKeys(slug).source(source_id, "position"))
        return data.decode() if data is not None else None

    # How it fares

    async def health(self, slug: str, source_id: str) -> SourceHealth:
        data = await self.database.command("GET", EventKeys(slug).source(source_id, "health"))
        return decode(SourceHealth, data) if data else SourceHealth()

    async def note(
        self,
        slug: str,
        source_id: str,
        *,
        state: State | None = None,
        detail: str | None = None,
        error: str | None = None,
        next_try_at: datetime | None = None,
        posts: int = 0,
        set_aside: int = 0,
        now: datetime,
    ) -> SourceHealth:
        """Add what just happened to a source's health, and return it. Only the holder of its lease may."""
        health = await self.health(slug, source_id)
        health = replace(
            health,
            state=state or health.state,
            detail=detail if detail is not None else health.detail,
            last_post_at=now if posts else health.last_post_at,
            last_error=error or health.last_error,
            last_error_at=now if error else health.last_error_at,
            next_try_at=next_try_at,
            posts=health.posts + posts,
            set_aside=health.set_aside + set_aside,
        )
        await self.database.command("SET", EventKeys(slug).source(source_id, "health"), encode(health))
        return health

    # Who reads it

    async def take_lease(self, slug: str, source_id: str, holder: str, *, seconds: float) -> bool:
        """Take or renew the lease of a source; returns whether `holder` has it now."""
        key = EventKeys(slug).source(source_id, "lease")
        return bool(await self.database.run(Call(LEASE, [key], [holder, int(seconds * 1000)])))

    async def release_lease(self, slug: str, source_id: str, holder: str) -> None:
        """Give a lease back, if `holder` has it."""
        key = EventKeys(slug).source(source_id, "lease")
        await self.database.run(Call(LEASE, [key], [holder, 0]))

    # Deliveries of webhooks

    async def was_delivered(self, slug: str, source_id: str, delivery_id: str) -> bool:
        """Tell whether a webhook delivery was noted before."""
        return bool(await self.database.command("EXISTS", EventKeys(slug).delivery(source_id, delivery_id)))

    async def first_delivery(self, slug: str, source_id: str, delivery_id: str, *, seconds: int) -> bool:
        """Note a webhook delivery; returns False when it was noted before."""
        key = EventKeys(slug).delivery(source_id, delivery_id)
        return bool(await self.database.command("SET", key, "1", "NX", "EX", seconds))

"""What moderators think of the authors of an event."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.moderation import Standing
from wall.store.audit import noted
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.posts import stamp

TRUST = Script("trust", after=("current", "append", "note"))


class Authors:
    """The authors of every event, by slug and uid."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def trust(self, slug: str, author: str, *, by: str) -> None:
        """Note that a moderator trusts an author."""
        await self.database.command("HSET", EventKeys(slug).trusted, author, by)

    async def distrust(self, slug: str, author: str) -> None:
        """Take an author's trust back."""
        await self.database.command("HDEL", EventKeys(slug).trusted, author)

    async def judge(
        self, slug: str, standing: Standing, *, by: str | None, entry: Entry | None = None, now: datetime
    ) -> None:
        """Trust the author of a post, or with `by` None no longer, and tell the desks of it by that post."""
        keys = EventKeys(slug)
        change = {
            "id": standing.post.id,
            "version": standing.version,
            "was": standing.status,
            "status": standing.status,
            **stamp(now),
        }
        await self.database.run(
            Call(
                TRUST,
                [keys.trusted, keys.feed("desk"), keys.head("desk"), keys.audit, keys.audited],
                [standing.post.author.uid, by or "", msgspec.json.encode(change), *noted(entry)],
            )
        )

    async def trusted(self, slug: str, authors: Sequence[str]) -> list[bool]:
        """Tell which of the authors are trusted."""
        if not authors:
            return []
        rows = await self.database.command("HMGET", EventKeys(slug).trusted, *authors)
        return [row is not None for row in rows]

"""What moderators think of the authors of an event."""

from collections.abc import Sequence

from wall.core.audit import Entry
from wall.store.audit import Audit
from wall.store.database import Database
from wall.store.keys import EventKeys


class Authors:
    """The authors of every event, by slug and uid."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def trust(self, slug: str, author: str, *, by: str, entry: Entry | None = None) -> None:
        """Note that a moderator trusts an author."""
        await self.audit.together(slug, entry, ("HSET", EventKeys(slug).trusted, author, by))

    async def distrust(self, slug: str, author: str, *, entry: Entry | None = None) -> None:
        """Take an author's trust back."""
        await self.audit.together(slug, entry, ("HDEL", EventKeys(slug).trusted, author))

    async def trusted(self, slug: str, authors: Sequence[str]) -> list[bool]:
        """Tell which of the authors are trusted."""
        if not authors:
            return []
        rows = await self.database.command("HMGET", EventKeys(slug).trusted, *authors)
        return [row is not None for row in rows]

"""Which posts of each circle somebody asked to pass on to the public event, and what their authors said to that."""

from collections.abc import Callable, Mapping

from wall.core.audit import Entry
from wall.core.consent import Excerpt
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.field_change import Rows, change_fields
from wall.store.keys import EventKeys


class Passing:
    """What was asked in every circle, by its slug and the id of the post."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> Mapping[str, Excerpt]:
        rows = await self.database.command("HGETALL", EventKeys(slug).passing)
        return {post.decode(): decode(Excerpt, row) for post, row in rows.items()}

    async def change(
        self,
        slug: str,
        post_id: str,
        change: Callable[[Excerpt | None], Excerpt],
        *,
        entry: Entry | None = None,
    ) -> Excerpt:
        """Change what was asked about a post by a function of how it stands, and return it."""
        done: list[Excerpt] = []

        def changed(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            done[:] = [change(decode(Excerpt, rows[0]) if rows[0] else None)]
            return [encode(done[0])], entry

        await change_fields(self.database, slug, [(EventKeys(slug).passing, post_id)], changed)
        return done[0]

"""The entries of the wall's own blog, as the team wrote them. The posts that they are, are among all others."""

from wall.core.audit import Entry
from wall.core.quoting import Written
from wall.core.words import _
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys
from wall.store.servers import Command


class Blog:
    """The entries of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def keep(self, slug: str, written: Written, entry: Entry) -> None:
        """Keep an entry's words in one step with the entry of the audit log, before its post is there or changes."""
        keys = EventKeys(slug)
        commands: list[Command] = [("HSET", keys.blog, written.post_id, encode(written))]
        if written.quoted:
            commands.append(("SADD", keys.quotes(written.quoted), written.post_id))
        await Audit(self.database).together(slug, entry, *commands)

    async def get(self, slug: str, post_id: str) -> Written:
        """Return an entry; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).blog, post_id)
        if row is None:
            raise NotFound(_("There is no such entry."))
        return decode(Written, row)

    async def all(self, slug: str) -> list[Written]:
        """Return every entry, in no order."""
        return [decode(Written, row) for row in await self.database.command("HVALS", EventKeys(slug).blog)]

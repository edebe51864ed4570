"""The brand of each event."""

from wall.core.audit import Entry
from wall.core.brand import Brand
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys


class Brands:
    """What the screens of every event look like, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def get(self, slug: str) -> Brand:
        data = await self.database.command("GET", EventKeys(slug).brand)
        return decode(Brand, data) if data else Brand()

    async def put(self, slug: str, brand: Brand, *, entry: Entry | None = None) -> None:
        await self.audit.together(slug, entry, ("SET", EventKeys(slug).brand, encode(brand)))

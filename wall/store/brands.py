"""The brand of each event."""

from datetime import datetime

from wall.core.audit import Entry
from wall.core.brand import Brand
from wall.store.arranging import arrange
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

FIELD = "screens"


class Brands:
    """What the screens of every event look like, by slug. A change is told to screens as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Brand:
        data = await self.database.command("HGET", EventKeys(slug).brand, FIELD)
        return decode(Brand, data) if data else Brand()

    async def put(self, slug: str, brand: Brand, *, now: datetime, entry: Entry | None = None) -> None:
        """Keep a brand in place of the one before."""
        data = encode(brand)
        await arrange(self.database, slug, EventKeys(slug).brand, FIELD, lambda _: data, now=now, entry=entry)

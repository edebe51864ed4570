"""The sponsors of each event."""

from collections.abc import Callable
from datetime import datetime

from wall.core.audit import Entry
from wall.core.sponsors import Sponsors as Sponsored
from wall.store.arranging import arrange
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

FIELD = "all"


class Sponsors:
    """The sponsors of every event, by slug. A change is told to screens as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Sponsored:
        return read(await self.database.command("HGET", EventKeys(slug).sponsors, FIELD))

    async def change(
        self,
        slug: str,
        change: Callable[[Sponsored], Sponsored],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Change them by a function of how they stand, which may be called again; it may raise InvalidInput."""
        await arrange(
            self.database,
            slug,
            EventKeys(slug).sponsors,
            FIELD,
            lambda before: encode(change(read(before))),
            now=now,
            entry=entry,
        )


def read(data: bytes | None) -> Sponsored:
    return decode(Sponsored, data) if data else Sponsored()

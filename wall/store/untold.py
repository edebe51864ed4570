"""What was counted and is not told yet: however often a thing is counted, feeds tell of it once a turn.

A script that counts something adds it to `EventKeys.untold` in the same step: a post by its id, anything else by its
name behind a colon, which is what `arranged` says then.
"""

from collections.abc import Collection
from datetime import datetime

import msgspec

from wall.store.database import Call, Database, Script
from wall.store.event_slugs import slugs_with
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

TELL = Script("tell", after=("current", "append"))


class Untold:
    """What is untold of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def slugs(self, among: Collection[str] | None = None) -> list[str]:
        """Return the events, of these or of all, of which something is."""
        return await slugs_with(self.database, lambda keys: keys.untold, among)

    async def tell(self, slug: str, *, now: datetime) -> int:
        """Tell of everything that is untold of an event; returns how many things that were."""
        keys = EventKeys(slug)
        feeds = (keys.feed("public"), keys.head("public"), keys.feed("desk"), keys.head("desk"))
        told = msgspec.json.encode(stamp(now))
        return int(await self.database.run(Call(TELL, [keys.untold, *feeds], [keys.posts, told])))

"""That everything was put back to an earlier time: every reader starts over, and whoever organises is told."""

from datetime import datetime

from wall.core.backup import Restored
from wall.core.feed import FeedName
from wall.store.database import Database
from wall.store.event_slugs import event_slugs
from wall.store.feeds import Feeds
from wall.store.keys import RESTORED
from wall.store.stamp import milliseconds, moment

FEEDS: tuple[FeedName, ...] = ("public", "desk")


class Restoring:
    """What is to be done once an earlier state is there again, and what is known of it."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def renew(self, taken: datetime | None, *, now: datetime) -> int:
        """Give every feed another epoch, and note that all is as it was; returns how many events there are."""
        feeds = Feeds(self.database)
        slugs = await event_slugs(self.database)
        for slug in slugs:
            for name in FEEDS:
                tip = await feeds.tip(slug, name)
                await feeds.renew(slug, name, tip.epoch)
        fields = ("at", milliseconds(now), "taken", milliseconds(taken) if taken else "")
        await self.database.commands(("DEL", RESTORED), ("HSET", RESTORED, *fields))
        return len(slugs)

    async def last(self) -> Restored | None:
        """Return when this was restored last, None where it never was."""
        at, taken = await self.database.command("HMGET", RESTORED, "at", "taken")
        return Restored(moment(int(at)), moment(int(taken)) if taken else None) if at else None

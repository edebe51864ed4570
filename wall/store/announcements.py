"""The announcements of each event, and the times at which readers are told that one begins or ends."""

from collections.abc import Collection, Sequence
from datetime import datetime

from wall.core.announcing import KEPT, MOST, Announcement
from wall.core.audit import Entry
from wall.core.words import _
from wall.errors import InvalidInput
from wall.store.arranging import arrange, arrange_all
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.event_slugs import slugs_with
from wall.store.keys import EventKeys

WHAT = "announcements"


class Announcements:
    """The announcements of every event, by slug. Each change is told to both feeds as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> list[Announcement]:
        """Return every announcement that is not long over, those that begin last first."""
        rows = await self.database.command("HVALS", EventKeys(slug).announcements)
        return sorted(
            (decode(Announcement, row) for row in rows), key=lambda one: (one.starts, one.id), reverse=True
        )

    async def announce(self, slug: str, announcement: Announcement, *, now: datetime, entry: Entry) -> None:
        """Keep an announcement; one sent twice is one. Raises InvalidInput when there are too many."""
        keys = EventKeys(slug)
        there = await self.all(slug)
        old = [one.id for one in there if one.until and one.until + KEPT < now]
        if len(there) - len(old) >= MOST:
            raise InvalidInput(_("There are %(most)s announcements already; end some first.", most=MOST))
        kept = encode(announcement)
        times = [time for time in (announcement.starts, announcement.until) if time and time > now]
        if times:
            scores = [
                part for time in times for part in (milliseconds(time), f"{announcement.id} {milliseconds(time)}")
            ]
            await self.database.command("ZADD", keys.announcing, *scores)

        def changed(id: str, before: bytes | None) -> bytes | None:
            return (before or kept) if id == announcement.id else None

        fields = [announcement.id, *old]
        await arrange_all(
            self.database, slug, keys.announcements, fields, changed, now=now, entry=entry, what=WHAT
        )

    async def end(self, slug: str, id: str, *, now: datetime, entry: Entry) -> None:
        """Take an announcement from everywhere at once."""
        key = EventKeys(slug).announcements
        await arrange(self.database, slug, key, id, lambda _: None, now=now, entry=entry, what=WHAT)

    # By the clock

    async def slugs(self, among: Collection[str] | None = None) -> Sequence[str]:
        """Return the events, of these or of all, of which some announcement has yet to begin or end."""
        return await slugs_with(self.database, lambda keys: keys.announcing, among)

    async def ring(self, slug: str, *, now: datetime) -> None:
        """Have the feeds told of what began or ended until now; told twice by two processes is no harm."""
        keys = EventKeys(slug)
        due = await self.database.command("ZRANGEBYSCORE", keys.announcing, "-inf", milliseconds(now))
        if due:
            await self.database.commands(
                ("SADD", keys.untold, f":{WHAT}"), ("ZREM", keys.announcing, *due), atomic=True
            )


def milliseconds(time: datetime) -> int:
    return int(time.timestamp() * 1000)

"""What the screens of each event say they show, until they have not been heard of for long."""

from dataclasses import replace

from wall.core.showing import LATELY, Showing
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

MOST_DEVICES = 20  # of one link; those that spoke last are kept
KEPT_SECONDS = int(2 * LATELY.total_seconds())


class Showings:
    """The showings of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def note(self, slug: str, showing: Showing) -> None:
        """Note what a device shows; when it came to its cursor, and to its direction, is kept from the first time.

        What a page said before it was closed, and is heard only now, is passed over.
        """
        key, field = EventKeys(slug).showings, f"{showing.screen}:{showing.device}"
        before = await self.database.command("HGET", key, field)
        if before is None:
            await self._make_room(slug, showing)
        else:
            known = decode(Showing, before)
            if known.left and known.page == showing.page:
                return
            if known.cursor == showing.cursor and not known.left:
                showing = replace(showing, reached_at=known.reached_at)
            if known.told == showing.told and not known.left:
                showing = replace(showing, told_at=known.told_at)
        await self.database.commands(("HSET", key, field, encode(showing)), ("EXPIRE", key, KEPT_SECONDS))

    async def all(self, slug: str) -> list[Showing]:
        rows = await self.database.command("HVALS", EventKeys(slug).showings)
        return [decode(Showing, row) for row in rows]

    async def _make_room(self, slug: str, newcomer: Showing) -> None:
        showings = sorted(await self.all(slug), key=lambda one: one.seen_at)
        mine = [one for one in showings if one.screen == newcomer.screen]
        old = [one for one in showings if newcomer.seen_at - one.seen_at > LATELY]
        fields = {f"{one.screen}:{one.device}" for one in (*old, *mine[: -MOST_DEVICES + 1])}
        if fields:
            await self.database.command("HDEL", EventKeys(slug).showings, *fields)

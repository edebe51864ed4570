"""Who passed posts on: kept with each post on the wall, and gone with it, or with whoever passed it on."""

from collections.abc import Sequence
from datetime import datetime

from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import milliseconds

AMPLIFY = Script("amplify", after=("mark",))
UNAMPLIFY = Script("unamplify")

MOST_AMPLIFIERS = 200
"""Of one post; those who were heard of first."""


class Amplifiers:
    """Who passed the posts of every event on, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def note(self, slug: str, post_id: str, people: Sequence[str], *, now: datetime) -> int:
        """Keep that people, by uid, passed a post on, and return of how many that is news.

        Nothing is kept of who left the event, nor of a post that is not on the wall.
        """
        keys, people = EventKeys(slug), list(dict.fromkeys(people))
        if not people:
            return 0
        names = [keys.post(post_id), keys.amplifiers(post_id), f"{keys.ledger}stale", keys.left, keys.secret]
        call = Call(
            AMPLIFY,
            [*names, *map(keys.amplified, people)],
            [post_id, milliseconds(now), MOST_AMPLIFIERS, *people],
        )
        return int(await self.database.run(call))

    async def get_all(self, slug: str, ids: Sequence[str]) -> list[tuple[str, ...]]:
        """Return by uid who passed posts on, those heard of first before others, in the order of `ids`."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("ZRANGE", keys.amplifiers(id), 0, -1) for id in ids)) if ids else []
        return [tuple(uid.decode() for uid in row) for row in rows]

    async def of(self, slug: str, person: str) -> list[str]:
        """Return the posts that somebody passed on, by their ids."""
        rows = await self.database.command("SMEMBERS", EventKeys(slug).amplified(person))
        return sorted(row.decode() for row in rows)

    async def forget(self, slug: str, person: str) -> None:
        """Keep nothing of what somebody passed on."""
        keys = EventKeys(slug)
        names = [keys.amplified(person), f"{keys.ledger}stale", keys.posts]
        await self.database.run(Call(UNAMPLIFY, names, [person]))

"""The posts of an event as they are kept: read, and never changed from here."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import msgspec

from wall.core.moderation import Standing, Status
from wall.core.post import Post
from wall.core.team import Taken
from wall.core.words import _
from wall.errors import NotFound
from wall.store.database import Database
from wall.store.keys import EventKeys
from wall.store.known import KEPT, NOTHING, Known, Wanted, known, read
from wall.store.tally import Tally, tally
from wall.store.written import Written, written, written_of


class KeptPosts:
    """The posts of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str, id: str) -> Standing:
        """Return how a post stands; raises NotFound."""
        standing = (await self.get_all(slug, [id]))[0]
        if standing is None:
            raise NotFound(_("There is no such post."))
        return standing

    async def get_all(self, slug: str, ids: Sequence[str]) -> list[Standing | None]:
        """Return how posts stand, in the order of `ids`, None for an unknown one."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("HMGET", keys.post(id), *KEPT) for id in ids))
        return [read(*row) for row in rows]

    async def page(
        self, slug: str, status: Status, *, limit: int, before: int | None = None
    ) -> list[tuple[int, Standing]]:
        """Return a page of the posts with a status, newest first, each with its place for the next page's `before`."""
        keys = EventKeys(slug)
        bound = "+inf" if before is None else f"({before}"
        rows = await self.database.command(
            "ZREVRANGEBYSCORE", keys.status(status), bound, "-inf", "WITHSCORES", "LIMIT", 0, limit
        )
        standings = await self.get_all(slug, [id.decode() for id, _ in rows])
        return [(int(place), standing) for (_, place), standing in zip(rows, standings, strict=True) if standing]

    async def newest(self, slug: str) -> list[Standing]:
        """Return how the 500 posts that came last stand, newest first, whatever became of them."""
        keys = EventKeys(slug)
        ids = await self.database.command("LRANGE", keys.newest, 0, -1)
        rows = await self.database.commands(*(("HMGET", keys.post(id.decode()), *KEPT) for id in ids))
        # Reading so many takes long enough to hold others up.
        standings = await asyncio.to_thread(lambda: [read(*row) for row in rows])
        return [standing for standing in standings if standing]

    def written(self, slug: str) -> AsyncIterator[list[Written]]:
        """Yield what stands on the wall, page by page: when it was written, by whom, and what it answers."""
        return written(self.database, slug)

    async def written_of(self, slug: str, ids: Sequence[str]) -> list[Written]:
        """Return the same of those of some posts that stand on the wall, in the order of `ids`."""
        return await written_of(self.database, slug, ids)

    async def ids(self, slug: str) -> list[str]:
        """Return the ids of all posts of an event, as they are at one moment."""
        keys = EventKeys(slug)
        rows = await self.database.commands(
            *(("ZRANGE", keys.status(status), 0, -1) for status in Status), atomic=True
        )
        return [id.decode() for row in rows for id in row]

    async def counts(self, slug: str) -> dict[Status, int]:
        """Return how many posts there are of each status."""
        keys = EventKeys(slug)
        numbers = await self.database.commands(*(("ZCARD", keys.status(status)) for status in Status))
        return dict(zip(Status, numbers, strict=True))

    async def tally(self, slug: str) -> Tally:
        """Return how many posts there are of each status, and what became of the rest, read in one round trip."""
        return await tally(self.database, slug)

    async def of_author(self, slug: str, author: str) -> list[Standing]:
        """Return how every post of an author stands, oldest first."""
        ids = await self.database.command("ZRANGE", EventKeys(slug).author(author), 0, -1)
        standings = await self.get_all(slug, [id.decode() for id in ids])
        return [standing for standing in standings if standing]

    async def recent(self, slug: str, person_id: str, *, limit: int) -> list[tuple[Taken, Standing]]:
        """Return the newest decisions of a moderator, newest first, each with how its post stands now."""
        rows = await self.database.command("LRANGE", EventKeys(slug).recent(person_id), 0, limit - 1)
        taken = [msgspec.json.decode(row, type=Taken) for row in rows]
        standings = await self.get_all(slug, [one.post_id for one in taken])
        return [(one, standing) for one, standing in zip(taken, standings, strict=True) if standing]

    async def uids_of(self, slug: str, source_id: str, limit: int) -> list[str]:
        """Return the uids of a source's newest posts that wait or are on the wall, newest first."""
        return [post.uid for post in await self.live_of(slug, source_id, limit)]

    async def live_of(self, slug: str, source_id: str, limit: int) -> list[Post]:
        """Return a source's newest posts that wait or are on the wall, newest first."""
        ids = await self.database.command("ZREVRANGE", EventKeys(slug).source(source_id, "posts"), 0, limit - 1)
        live = (Status.WAITING, Status.APPROVED, Status.STASHED)
        standings = await self.get_all(slug, [id.decode() for id in ids])
        return [standing.post for standing in standings if standing and standing.status in live]

    async def told(self, slug: str, ids: Sequence[str]) -> list[int]:
        """Return the offset at which the public feed told last how each post changed, 0 for never."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("HGET", keys.post(id), "told") for id in ids))
        return [int(row or 0) for row in rows]

    async def known(self, slug: str, posts: Sequence[Post], *, facts: Wanted = NOTHING) -> Known:
        """Return what must be known to judge posts, read in one round trip; raises NotFound."""
        return await known(self.database, slug, posts, facts)

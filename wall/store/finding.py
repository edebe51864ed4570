"""Posts found among many: read a few at a time, so that no search holds up Redis or this process."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wall.core.moderation import Standing, Status
from wall.store.authors import Authors
from wall.store.keys import EventKeys
from wall.store.posts import Posts
from wall.store.threads import tied

AT_ONCE = 100
LOOKED_AT_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Found:
    """The posts found, how many were looked at for that, and the place to look on from: None at the end."""

    standings: Sequence[Standing]
    looked: int
    last: int | None


class Finding:
    """Finds posts of a status, in the order of the desk."""

    def __init__(self, posts: Posts, authors: Authors) -> None:
        self.posts = posts
        self.authors = authors

    async def find(
        self,
        slug: str,
        status: Status,
        wants: Callable[[Standing], bool],
        *,
        limit: int,
        after: int | None = None,
        most: int = LOOKED_AT_MOST,
    ) -> Found:
        """Return up to `limit` wanted posts after a place, having looked at up to `most`: waiting ones oldest first,
        all others newest first. The standings know how their authors stand now, and what they answer.
        """
        found: list[Standing] = []
        looked = 0
        while looked < most:
            rows = await self._rows(slug, status, after, AT_ONCE)
            standings = await self.posts.get_all(slug, [id for id, _ in rows])
            read = [(place, one) for (_, place), one in zip(rows, standings, strict=True) if one]
            marked = await self.authors.marked(slug, [one for _, one in read])
            marked = await tied(self.posts.database, slug, marked)
            for (place, _), standing in zip(read, marked, strict=True):
                looked += 1
                if standing.status is status and wants(standing):
                    found.append(standing)
                    if len(found) == limit:
                        return Found(found, looked, place)
            if len(rows) < AT_ONCE:
                return Found(found, looked, None)
            after = rows[-1][1]
        return Found(found, looked, after)

    async def _rows(self, slug: str, status: Status, after: int | None, limit: int) -> list[tuple[str, int]]:
        key = EventKeys(slug).status(status)
        if status is Status.WAITING:
            start = "-inf" if after is None else f"({after}"
            command = ("ZRANGEBYSCORE", key, start, "+inf", "WITHSCORES", "LIMIT", 0, limit)
        else:
            start = "+inf" if after is None else f"({after}"
            command = ("ZREVRANGEBYSCORE", key, start, "-inf", "WITHSCORES", "LIMIT", 0, limit)
        return [(id.decode(), int(place)) for id, place in await self.posts.database.command(*command)]

"""Many posts at once: everything of one author, and what waits with a picture like a refused one."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from wall.core.decision import Decision, Kind
from wall.core.moderation import Standing, Status
from wall.core.pictures import reject_alike
from wall.errors import AlreadyDecided, StoreUnavailable
from wall.store.keys import EventKeys
from wall.store.posts import TRIES, Posts

AT_ONCE = 16
CHUNK = 100
ENDS: dict[Status, Kind] = {
    Status.APPROVED: "remove",
    Status.WAITING: "reject",
    Status.STASHED: "reject",
    Status.GROUPED: "reject",
}


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: the ids of the posts that left the wall, and of those that were rejected."""

    removed: Sequence[str]
    rejected: Sequence[str]


class Sweeps:
    """Takes posts away, each in a step of its own."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts

    async def sweep(self, slug: str, author: str, *, id: str, by: str, by_name: str, now: datetime) -> Swept:
        """Remove an author's approved posts, newest first, then reject what waits or is stashed.

        Each goes by a decision of its own that can be undone like any other. `id` is of the act: sent again, what is
        done already stays done. Raises StoreUnavailable; send it again.
        """
        standings = [one for one in await self.posts.of_author(slug, author) if one.status in ENDS]
        standings.sort(key=lambda one: (not one.visible, -one.arrived))
        ended: list[Kind | None] = []
        for start in range(0, len(standings), AT_ONCE):
            chunk = standings[start : start + AT_ONCE]
            ended += await asyncio.gather(*(self._end(slug, one, id, by, by_name, now) for one in chunk))
        done = [(one.post.id, kind) for one, kind in zip(standings, ended, strict=True)]
        return Swept(
            [post_id for post_id, kind in done if kind == "remove"],
            [post_id for post_id, kind in done if kind == "reject"],
        )

    async def alike(self, slug: str, refused: str, *, now: datetime) -> list[str]:
        """Reject what waits with a picture like those that a post was refused for, as if it came now; returns the ids.

        Once the refusal was taken back, nothing is rejected.
        """
        cause = await self.posts.get(slug, refused)
        if not cause.refused:
            return []

        def rejected(standing: Standing) -> Standing | None:
            return reject_alike(standing, cause)

        return [
            one.post.id
            async for one in self._waiting(slug)
            if rejected(one) and await self.posts.change(slug, one.post.id, rejected, "swept", now)
        ]

    async def _waiting(self, slug: str) -> AsyncIterator[Standing]:
        """Yield what waits now, oldest first, reading it in chunks."""
        database = self.posts.database
        ids = await database.command("ZRANGE", EventKeys(slug).status(Status.WAITING), 0, -1)
        for start in range(0, len(ids), CHUNK):
            for standing in await self.posts.get_all(slug, [id.decode() for id in ids[start : start + CHUNK]]):
                if standing is not None:
                    yield standing

    async def _end(
        self, slug: str, standing: Standing, id: str, by: str, by_name: str, now: datetime
    ) -> Kind | None:
        """End one post, whatever its author or another moderator does to it meanwhile."""
        for _ in range(TRIES):
            kind = ENDS.get(standing.status)
            if kind is None:
                return None
            decision = Decision(
                id=f"{id}-{standing.post.id}-{standing.version}",
                post_id=standing.post.id,
                kind=kind,
                by=by,
                by_name=by_name,
                version=standing.version,
                content_hash=standing.post.content_hash,
            )
            try:
                await self.posts.decide(slug, decision, now=now)
            except AlreadyDecided:
                standing = await self.posts.get(slug, standing.post.id)
            else:
                return kind
        raise StoreUnavailable("A post changed faster than it could be taken away; send this again.")

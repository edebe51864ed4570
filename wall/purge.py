"""Deletes pictures that no post refers to any more: those of posts that their authors deleted or changed."""

import asyncio
import logging
import time
from dataclasses import dataclass

from wall.core.event import Event
from wall.errors import StoreUnavailable
from wall.media import Pictures
from wall.media.postcards import Postcards
from wall.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 3600.0
# Long after whoever fetched a picture for a post has submitted that post, or failed to.
KEPT_SECONDS = 24 * 3600.0
POSTS_AT_A_TIME = 500


@dataclass(frozen=True, slots=True)
class Purged:
    """How many pictures were deleted, and how many bytes they took."""

    pictures: int = 0
    bytes: int = 0


class Purge:
    """Looks through the pictures of this machine now and then. Several at once on one folder are no harm."""

    def __init__(self, store: Store, pictures: Pictures) -> None:
        self.store = store
        self.pictures = pictures
        self.postcards = Postcards(pictures.folder)

    async def run(self) -> None:
        """Purge once an hour until cancelled."""
        while True:
            await asyncio.sleep(EVERY_SECONDS)
            try:
                purged = await self.once()
            except (StoreUnavailable, OSError) as error:
                log.warning("Pictures were not looked through: %s", error)
                continue
            if purged.pictures:
                log.info(
                    "Deleted %d pictures (%d bytes) that no post has any more.", purged.pictures, purged.bytes
                )

    async def once(self, *, kept_seconds: float = KEPT_SECONDS) -> Purged:
        """Delete what nobody has asked for so long and no post of any event refers to, and old pictures of posts.

        Whoever fetches a picture meanwhile keeps it: that is seen by its file's time, which is looked at last.
        """
        before = time.time() - kept_seconds
        await asyncio.to_thread(self.postcards.discard_older, before)
        old = await asyncio.to_thread(self.pictures.older, before)
        if not old:
            return Purged()
        referred = await self._referred()
        if referred is None:
            return Purged()
        sizes = [await asyncio.to_thread(self.pictures.discard, one, before) for one in old - referred]
        return Purged(sum(1 for size in sizes if size), sum(sizes))

    async def _referred(self) -> set[str] | None:
        """Return the ids of all pictures of all posts, or None in a Redis without events: that is not ours, surely."""
        return await referred(self.store) if await self.store.events.all() else None


async def referred(store: Store) -> set[str]:
    """Return the ids of the pictures that any event refers to."""
    found: set[str] = set()
    for event in await store.events.all():
        found |= await pictures_of(store, event)
    return found


async def pictures_of(store: Store, event: Event) -> set[str]:
    """Return the ids of the pictures that an event refers to."""
    found = (await store.brands.get(event.slug)).pictures | (await store.sponsors.get(event.slug)).pictures
    ids = await store.posts.ids(event.slug)
    for start in range(0, len(ids), POSTS_AT_A_TIME):
        standings = await store.posts.get_all(event.slug, ids[start : start + POSTS_AT_A_TIME])
        for standing in standings:
            found |= {picture.id for picture in standing.post.pictures} if standing else set()
    return set(found)

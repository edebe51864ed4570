"""The stories of each event, drafts among them."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from wall.core.audit import Entry
from wall.core.story import Story
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.arranging import arrange
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

MOST = 100
WHAT = "stories"


class Stories:
    """The stories of every event, by slug and their id. Each change is told to both feeds as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> list[Story]:
        """Return every story, drafts among them, that which was changed last first."""
        rows = await self.database.command("HVALS", EventKeys(slug).stories)
        found = [decode(Story, row) for row in rows]
        return sorted(found, key=lambda one: (one.changed_at is not None and one.changed_at.timestamp(), one.id))[
            ::-1
        ]

    async def published(self, slug: str) -> list[Story]:
        """Return what everybody may read, the newest first."""
        found = [one for one in await self.all(slug) if one.published]
        return sorted(found, key=lambda one: str(one.published_at), reverse=True)

    async def get(self, slug: str, id: str) -> Story:
        """Return a story; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).stories, id)
        if row is None:
            raise NotFound(_("There is no such story any more; somebody deleted it."))
        return decode(Story, row)

    async def create(self, slug: str, story: Story, *, now: datetime, entry: Entry) -> None:
        """Keep a new story; one form sent twice is one story. Raises InvalidInput when there are too many."""
        if len(await self.all(slug)) >= MOST:
            raise InvalidInput(_("An event has %(most)s stories at most.", most=MOST), field="title")
        made = encode(replace(story, changed_at=now))
        key = EventKeys(slug).stories
        await arrange(self.database, slug, key, story.id, lambda row: row or made, now=now, entry=entry, what=WHAT)

    async def change(
        self, slug: str, id: str, change: Callable[[Story], Story | None], *, now: datetime, entry: Entry
    ) -> None:
        """Change a story by a function of how it stands; None deletes it. Raises NotFound."""

        def changed(row: bytes | None) -> bytes | None:
            if row is None:
                raise NotFound(_("There is no such story any more; somebody deleted it."))
            before = decode(Story, row)
            after = change(before)
            if after is None or after == before:
                return row if after else None
            return encode(replace(after, changed_at=now, by_name=entry.by_name))

        key = EventKeys(slug).stories
        await arrange(self.database, slug, key, id, changed, now=now, entry=entry, what=WHAT)

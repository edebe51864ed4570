"""What stands at the head of every page of an audience, read in one round trip."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.core.announcing import Announcement
from wall.core.story import Story
from wall.store.codec import decode
from wall.store.database import Database
from wall.store.keys import EventKeys


@dataclass(frozen=True, slots=True)
class Front:
    """The announcements of an event, and whether it has a story that everybody may read."""

    announcements: Sequence[Announcement]
    stories: bool


class Fronts:
    """The fronts of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Front:
        keys = EventKeys(slug)
        announcements, stories = await self.database.commands(
            ("HVALS", keys.announcements), ("HVALS", keys.stories)
        )
        return Front(
            [decode(Announcement, row) for row in announcements],
            any(decode(Story, row).published for row in stories),
        )

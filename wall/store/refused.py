"""The pictures that moderators refused, by what they look like: others like them are refused, too."""

from wall.core.moderation import Standing
from wall.store.database import Database
from wall.store.keys import EventKeys

MOST = 2000  # posts; beyond it the oldest refusals are forgotten


class Refused:
    """The refused pictures of every event, by slug. A decision puts them in and out (change.lua)."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> list[tuple[str, str]]:
        """Return each refused likeness with the id of the post that was refused for it, newest first."""
        rows = await self.database.command("ZREVRANGE", EventKeys(slug).refused, 0, -1)
        found: list[tuple[str, str]] = []
        for row in rows:
            post_id, *likenesses = row.decode().split(" ")
            found += [(likeness, post_id) for likeness in likenesses]
        return found


def refusal(standing: Standing) -> str | None:
    """Return how a post stands among the refused pictures, or None when it does not."""
    return " ".join((standing.post.id, *standing.refused)) if standing.refused else None

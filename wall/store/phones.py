"""Phones in the room, and which posts came from each, so that its owner may see what became of them."""

from wall.store.database import Database
from wall.store.keys import EventKeys


class Phones:
    """The phones of every event, by slug and device."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def sent(self, slug: str, device: str) -> list[str]:
        """Return the ids of the posts sent from one phone, newest first."""
        ids = await self.database.command("LRANGE", EventKeys(slug).device(device), 0, 19)
        return [id.decode() for id in ids]

    async def note(self, slug: str, device: str, id: str, *, keep_seconds: int) -> None:
        """Remember that a post was sent from a phone, for as long as its owner may ask."""
        key = EventKeys(slug).device(device)
        await self.database.commands(
            ("LREM", key, 0, id),
            ("LPUSH", key, id),
            ("LTRIM", key, 0, 49),
            ("EXPIRE", key, keep_seconds),
            atomic=True,
        )

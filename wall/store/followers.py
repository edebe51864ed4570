"""How many follow each wall: every web process says its own number, which is forgotten unless it is said again."""

from wall.core.following import Following
from wall.store.database import Call, Database
from wall.store.keys import EventKeys
from wall.store.leases import PRESENT


class Followers:
    """The numbers of those who follow every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def say(self, slug: str, process: str, own: Following, *, seconds: float) -> Following:
        """Say how many follow in a process, for so long, and return how many that makes in all; 0 seconds end it."""
        keys = EventKeys(slug)
        said = await self.database.run(
            Call(PRESENT, [keys.followers_until, keys.followers], [process, str(own), int(seconds * 1000)])
        )
        return sum((Following.parse(text.decode()) for text in said[1::2]), Following())

"""What sources subscribed to at hubs, and whether a hub rang since a source last looked."""

from collections.abc import Sequence

from wall.core.subscription import Subscription
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

RUNG_SECONDS = 3600


class Subscriptions:
    """The subscriptions of every source, by slug, source id and token."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str, source_id: str) -> Sequence[Subscription]:
        rows = await self.database.command("HVALS", EventKeys(slug).source(source_id, "subscriptions"))
        return [decode(Subscription, row) for row in rows]

    async def get(self, slug: str, source_id: str, token: str) -> Subscription | None:
        row = await self.database.command("HGET", EventKeys(slug).source(source_id, "subscriptions"), token)
        return decode(Subscription, row) if row else None

    async def save(self, slug: str, source_id: str, subscription: Subscription) -> None:
        key = EventKeys(slug).source(source_id, "subscriptions")
        await self.database.command("HSET", key, subscription.token, encode(subscription))

    async def forget(self, slug: str, source_id: str, token: str) -> None:
        await self.database.command("HDEL", EventKeys(slug).source(source_id, "subscriptions"), token)

    async def ring(self, slug: str, source_id: str) -> None:
        """Have the source look at once, whichever process reads it."""
        await self.database.command("SET", EventKeys(slug).source(source_id, "rung"), "1", "EX", RUNG_SECONDS)

    async def rung(self, slug: str, source_id: str) -> bool:
        """Tell whether somebody rang since this was asked last."""
        return await self.database.command("GETDEL", EventKeys(slug).source(source_id, "rung")) is not None

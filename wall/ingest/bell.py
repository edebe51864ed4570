"""The bell of a source, as it is kept: what hubs are subscribed to, and whether one rang."""

from collections.abc import Sequence
from dataclasses import dataclass

from wall.core.subscription import Subscription
from wall.store import Store


@dataclass(frozen=True, slots=True)
class StoredBell:
    """The bell of one source: whoever rings, a web process hears, which may be another one on another machine."""

    store: Store
    slug: str
    source_id: str
    public_url: str

    def address(self, token: str) -> str:
        return f"{self.public_url}/{self.slug}/feeds/{self.source_id}/{token}"

    async def subscriptions(self) -> Sequence[Subscription]:
        return await self.store.subscriptions.all(self.slug, self.source_id)

    async def save(self, subscription: Subscription) -> None:
        await self.store.subscriptions.save(self.slug, self.source_id, subscription)

    async def forget(self, token: str) -> None:
        await self.store.subscriptions.forget(self.slug, self.source_id, token)

    async def rung(self) -> bool:
        return await self.store.subscriptions.rung(self.slug, self.source_id)

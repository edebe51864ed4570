"""Has every webhook told by one courier at a time, of all processes there are, each at its own pace."""

import asyncio
import logging
from collections.abc import Collection
from contextlib import suppress

from wall.awake import Awake
from wall.errors import StoreUnavailable, WallError
from wall.ingest.lease import Lease
from wall.store import Store
from wall.webhooks.courier import Courier

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
LEASE_SECONDS = 40.0
"""Longer than a receiver may take to answer: it is renewed before each message."""

Key = tuple[str, str]
"""An event's slug and a webhook's id."""


class Sender:
    """Looks which webhooks are behind, and has each told in a task of its own. Run `run` in any number of processes."""

    def __init__(self, store: Store, courier: Courier) -> None:
        self.store = store
        self.courier = courier
        self.telling: dict[Key, asyncio.Task[None]] = {}

    async def run(self, awake: Awake) -> None:
        """Tell until cancelled, through every loss of Redis."""
        try:
            await awake.rounds(self.look, every=EVERY_SECONDS, meanwhile="Webhooks wait for Redis")
        finally:
            for task in self.telling.values():
                task.cancel()
            await asyncio.gather(*self.telling.values(), return_exceptions=True)

    async def look(self, among: Collection[str] | None = None) -> Collection[str]:
        """Begin to tell every webhook, of these events or of all, that is behind and that nobody tells here.

        Returns which of the events have any.
        """
        now = self.courier.now()
        slugs = await self.store.webhooks.slugs(among)
        for slug in slugs:
            tip = await self.store.feeds.tip(slug, "public")
            for one in await self.store.webhooks.all(slug):
                key = slug, one.webhook.id
                behind = one.progress.cursor != tip or one.progress.resync
                if behind and not one.webhook.off and not one.progress.waits(now) and key not in self.telling:
                    task = asyncio.create_task(self.tell(*key), name="/".join(key))
                    self.telling[key] = task
                    task.add_done_callback(lambda _, key=key: self.telling.pop(key, None))  # type: ignore[misc]
        return slugs

    async def tell(self, slug: str, id: str) -> None:
        """Tell a webhook all there is, unless another process does just now."""
        lease = None
        try:
            lease = await Lease.taken(self.store.leases, slug, f"webhook-{id}", seconds=LEASE_SECONDS)
            while lease and await lease.renew() and await self.courier.step(slug, id):
                pass
        except WallError as error:
            log.warning("The webhook %s of %s waits: %s", id, slug, error.message)
        finally:
            if lease:
                with suppress(StoreUnavailable):
                    await lease.give_back()

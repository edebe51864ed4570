"""The lease by which one worker follows a source, and for how long it may be sure of it."""

import asyncio
import secrets
from typing import Self

from wall.errors import StoreUnavailable
from wall.store.leases import Leases


class Lease:
    """Held under a name of its own, which what is written for the source must bear.

    By our own clock it runs out sooner than in Redis, so who was asleep knows it before anybody is asked.
    """

    def __init__(self, leases: Leases, slug: str, source_id: str, *, seconds: float) -> None:
        self.leases = leases
        self.slug = slug
        self.source_id = source_id
        self.seconds = seconds
        self.holder = secrets.token_hex(8)
        self.until = 0.0

    @classmethod
    async def taken(cls, leases: Leases, slug: str, source_id: str, *, seconds: float) -> Self | None:
        """Return the lease of a source, or None when another has it."""
        lease = cls(leases, slug, source_id, seconds=seconds)
        asked = now()
        if not await leases.take(slug, source_id, lease.holder, seconds=seconds):
            return None
        lease.until = asked + seconds
        return lease

    @property
    def ran_out(self) -> bool:
        return now() >= self.until

    async def renew(self) -> bool:
        """Return whether it is still ours; while Redis does not answer, until it has run out."""
        asked = now()
        try:
            if not await self.leases.renew(self.slug, self.source_id, self.holder, seconds=self.seconds):
                return False
        except StoreUnavailable:
            return not self.ran_out
        self.until = asked + self.seconds
        return True

    async def give_back(self) -> None:
        await self.leases.give_back(self.slug, self.source_id, self.holder)


def now() -> float:
    return asyncio.get_running_loop().time()

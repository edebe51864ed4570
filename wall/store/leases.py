"""Who reads which source just now: workers that are here, and their leases."""

from typing import Literal

from wall.store.database import Call, Database, Script
from wall.store.keys import WORKERS, EventKeys

LEASE = Script("lease")
PRESENT = Script("workers")


class Leases:
    """The lease of each source. Who takes one has a new name each time, so that nobody takes up an old one again."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def take(self, slug: str, source_id: str, holder: str, *, seconds: float) -> bool:
        """Take a lease that nobody has; returns whether it was free."""
        return await self._act(slug, source_id, holder, seconds, "take")

    async def renew(self, slug: str, source_id: str, holder: str, *, seconds: float) -> bool:
        """Return whether the holder has it still; if so, it begins anew."""
        return await self._act(slug, source_id, holder, seconds, "renew")

    async def give_back(self, slug: str, source_id: str, holder: str) -> None:
        """Give a lease back, if the holder has it."""
        await self._act(slug, source_id, holder, 0, "give back")

    async def _act(
        self, slug: str, source_id: str, holder: str, seconds: float, act: Literal["take", "renew", "give back"]
    ) -> bool:
        key = EventKeys(slug).source(source_id, "lease")
        return bool(await self.database.run(Call(LEASE, [key], [holder, int(seconds * 1000), act])))


class Workers:
    """The ingest workers that are here, on whatever machines, and how many sources each follows."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def here(self, name: str, load: int, *, seconds: float) -> dict[str, int]:
        """Say that a worker is here for so long, and return how many sources each follows, itself among them."""
        flat = await self._say(name, load, seconds)
        return {one.decode(): int(number) for one, number in zip(flat[::2], flat[1::2], strict=True)}

    async def gone(self, name: str) -> None:
        """Say that a worker goes."""
        await self._say(name, 0, 0)

    async def _say(self, name: str, load: int, seconds: float) -> list[bytes]:
        keys = [WORKERS + "here", WORKERS + "loads"]
        said: list[bytes] = await self.database.run(Call(PRESENT, keys, [name, load, int(seconds * 1000)]))
        return said

"""How often something was done lately, counted for all processes together."""

import hashlib

from wall.store.database import Call, Database, Script

LIMIT = Script("limit")


class Limits:
    """Counters by key; a key says what is done and by whom, and may hold what a stranger typed."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def allow(self, key: str, *, most: int, seconds: float) -> bool:
        """Count one more try; returns False when there were `most` already since the window began."""
        return not await self.wait(key, most=most, seconds=seconds)

    async def wait(self, key: str, *, most: int, seconds: float) -> float:
        """Count one more try; returns in how many seconds the next may be made, 0.0 when this one may."""
        tries, left = await self.count(key, seconds=seconds)
        return 0.0 if tries <= most else left

    async def count(self, key: str, *, seconds: float) -> tuple[int, float]:
        """Count one more try; returns how many there were in this window, and in how many seconds the next begins."""
        count, left = await self.database.run(Call(LIMIT, [counter(key)], [int(seconds * 1000)]))
        return int(count), max(1, int(left)) / 1000

    async def forget(self, key: str) -> None:
        """Begin anew: who succeeded need not wait for the tries before."""
        await self.database.command("DEL", counter(key))


def counter(key: str) -> str:
    return f"wall:limit:{hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:32]}"

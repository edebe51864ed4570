"""How often somebody who wanted to take part was turned away, and why. It counts tries and knows nobody."""

from dataclasses import dataclass
from datetime import datetime

from wall.store.database import Database
from wall.store.keys import EventKeys


@dataclass(frozen=True, slots=True)
class Cause:
    """Why tries were turned away, how many, and when the last one was (seconds since the epoch)."""

    why: str
    count: int
    last: int


class TurnedAway:
    """The tries of every event that were turned away, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def count(self, slug: str, why: str, *, now: datetime) -> None:
        key = EventKeys(slug).turned_away
        await self.database.commands(
            ("HINCRBY", key, why, 1), ("HSET", key, f"{why}:last", int(now.timestamp())), atomic=True
        )

    async def all(self, slug: str) -> list[Cause]:
        """Return every cause, the most frequent first."""
        rows = await self.database.command("HGETALL", EventKeys(slug).turned_away)
        found = {name.decode(): int(value) for name, value in rows.items()}
        causes = [
            Cause(why, n, found.get(f"{why}:last", 0)) for why, n in found.items() if not why.endswith(":last")
        ]
        return sorted(causes, key=lambda one: (-one.count, one.why))

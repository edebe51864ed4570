"""How many followed each wall at most, minute by minute: numbers, and nothing of who they were."""

from datetime import datetime

from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

PEAK = Script("peak")
MINUTE = 60


class Audience:
    """The audience of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def note(self, slug: str, number: int, *, now: datetime) -> None:
        """Note how many follow at a moment, if they are more than in the same minute before."""
        if number > 0:
            minute = int(now.timestamp()) // MINUTE
            await self.database.run(Call(PEAK, [EventKeys(slug).audience], [minute, number]))

    async def minutes(self, slug: str, *, begins: int | None = None, ends: int | None = None) -> dict[int, int]:
        """Return how many followed at most in each minute that began then, from `begins` on and before `ends`.

        All are seconds of the Unix clock. A minute in which nobody followed is not there.
        """
        rows = await self.database.command("HGETALL", EventKeys(slug).audience)
        found = sorted((int(minute) * MINUTE, int(number)) for minute, number in rows.items())
        return {
            at: number
            for at, number in found
            if (begins is None or at >= begins - MINUTE + 1) and (ends is None or at < ends)
        }

    async def peak(
        self, slug: str, *, begins: int | None = None, ends: int | None = None
    ) -> tuple[int, int] | None:
        """Return when most followed, and how many; the first of equals, None where nobody did."""
        minutes = await self.minutes(slug, begins=begins, ends=ends)
        return max(minutes.items(), key=lambda one: (one[1], -one[0]), default=None)

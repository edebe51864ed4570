"""Which rehearsal runs."""

from wall.core.rehearsing import Rehearsing
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import REHEARSING

HEARD_SECONDS = 60


class Rehearsals:
    """The rehearsal that runs on this installation; there is one at a time."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def begin(self, rehearsing: Rehearsing) -> bool:
        """Say that one runs; returns whether none did. Who is not heard of for a minute runs no more."""
        return bool(await self.database.command("SET", REHEARSING, encode(rehearsing), "NX", "EX", HEARD_SECONDS))

    async def go_on(self) -> None:
        await self.database.command("EXPIRE", REHEARSING, HEARD_SECONDS)

    async def running(self) -> Rehearsing | None:
        data = await self.database.command("GET", REHEARSING)
        return decode(Rehearsing, data) if data else None

    async def end(self) -> None:
        await self.database.command("DEL", REHEARSING)

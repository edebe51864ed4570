"""Migrations: what is kept is brought forward, event by event and in small steps, while the wall goes on."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from wall.store.database import Call, Database, Script
from wall.store.event_slugs import event_slugs
from wall.store.keys import MIGRATING, PROGRAMS, SCHEMA_KEPT
from wall.store.servers import Argument

LEASE = Script("lease")
MIGRATE = Script("migrate")
MIGRATED = Script("migrated")

Step = Callable[[Database, str, str], Awaitable[str]]
"""Given an event, or "" for what is of none, and the place a step before came to, "" at first. Returns the place it
came to, "" at the end. Takes well under a second, and the same step once more does no harm."""


@dataclass(frozen=True, slots=True)
class Migration:
    """What brings everything to a schema from the one before, and the oldest program that can read what it leaves.

    One that shuts the program before out is the end of the way back.
    """

    number: int
    oldest: int
    step: Step

    @property
    def closes(self) -> bool:
        return self.oldest >= self.number


MIGRATIONS: tuple[Migration, ...] = ()
"""In order, one for each number after the first; docs/upgrading.md says how to write one."""


class Migrations:
    """Brings what is kept to the schema of this program: one process at a time, and whoever comes next goes on."""

    def __init__(self, database: Database, migrations: Sequence[Migration] = MIGRATIONS) -> None:
        self.database = database
        self.by_number = {migration.number: migration for migration in migrations}

    async def next(self) -> Migration | None:
        """Return what is to be done next, None when nothing is."""
        number = await self.database.command("HGET", SCHEMA_KEPT, "number")
        return self.by_number.get(int(number) + 1) if number else None

    async def run(self, migration: Migration, holder: str, *, seconds: float) -> bool:
        """Run a migration to its end; returns False when that is not for us, or not now.

        Each step renews the lease for so many seconds. Two who hold it do no harm: steps may be repeated.
        """
        if not await self._lease(holder, "take", seconds):
            return False
        try:
            found = await self.database.run(
                Call(MIGRATE, [SCHEMA_KEPT, PROGRAMS], [migration.number, migration.oldest])
            )
            if found is None:
                return False
            slug, place = (part.decode() for part in found)
            for each in await self._events(since=slug):
                place = place if each == slug else ""
                while place := await migration.step(self.database, each, place):
                    if not await self._lease(holder, "renew", seconds):
                        return False
                    if not await self._note(migration, each, place):
                        return False
            return await self._note(migration, "", "", done=True)
        finally:
            await self._lease(holder, "give back", 0)

    async def _events(self, *, since: str) -> list[str]:
        """Return "" for what is of no event, then every event, by slug."""
        slugs = await event_slugs(self.database)
        return [slug for slug in ["", *slugs] if slug >= since]

    async def _note(self, migration: Migration, slug: str, place: str, *, done: bool = False) -> bool:
        arguments: list[Argument] = [migration.number, slug, place, int(done)]
        return bool(await self.database.run(Call(MIGRATED, [SCHEMA_KEPT], arguments)))

    async def _lease(self, holder: str, act: str, seconds: float) -> bool:
        return bool(await self.database.run(Call(LEASE, [MIGRATING], [holder, int(seconds * 1000), act])))

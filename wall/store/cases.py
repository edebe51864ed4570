"""What moderators said of the cases of each event: who takes one, whose word we wait for, and which are closed."""

from collections.abc import Callable, Mapping, Sequence

from wall.core.audit import Entry
from wall.core.caseload import Held
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.field_change import Rows, change_fields
from wall.store.keys import EventKeys


class Cases:
    """What is said of every event's cases, by slug and person."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> Mapping[str, Held]:
        rows = await self.database.command("HGETALL", EventKeys(slug).cases)
        return {person.decode(): decode(Held, row) for person, row in rows.items()}

    async def change(
        self, slug: str, person: str, change: Callable[[Held], Held], *, entry: Entry | None = None
    ) -> Held:
        """Change what is said of somebody by a function of how it stands, and return it.

        The function may raise, and may be called again when another moderator was faster.
        """
        done: list[Held] = []

        def changed(rows: Rows) -> tuple[list[bytes | None], Entry | None]:
            before = decode(Held, rows[0]) if rows[0] else Held()
            done[:] = [change(before)]
            return [encode(done[0]) if done[0] != Held() else None], entry if done[0] != before else None

        await change_fields(self.database, slug, [(EventKeys(slug).cases, person)], changed)
        return done[0]

    async def forget(self, slug: str, people: Sequence[str]) -> None:
        """Keep nothing of people who are gone from the event."""
        if people:
            await self.database.command("HDEL", EventKeys(slug).cases, *people)

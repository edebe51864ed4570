"""The schema of what is kept, and which programs use it: who is too old for it, or too new, does not start."""

from wall.core.schema import Found, Schema, objection
from wall.errors import OtherSchema
from wall.store.database import Call, Database, Script
from wall.store.keys import EVENT_SLUGS, PEOPLE, PROGRAMS, SCHEMA_KEPT
from wall.store.servers import Argument

SCHEMA = Schema(number=1, oldest=1)
"""What this program writes. The number grows with each migration in wall/store/migrations.py."""
FIRST = 1
"""The schema of what was kept before a number was kept beside it."""

JOIN = Script("join")


class Sharing:
    """Who uses this Redis together."""

    def __init__(self, database: Database, schema: Schema = SCHEMA) -> None:
        self.database = database
        self.schema = schema

    async def found(self) -> Found:
        """Return what Redis says of itself, without a trace."""
        number, oldest = await self.database.command("HMGET", SCHEMA_KEPT, "number", "oldest")
        kept = int(number) if number else await self._unsaid()
        return Found(kept, int(oldest or FIRST), self.schema.number)

    async def check(self) -> None:
        """Raise OtherSchema unless this program can read what is kept."""
        self._object(await self.found())

    async def join(self, name: str, *, seconds: float) -> None:
        """Say that a process uses this Redis for so long; raises OtherSchema when it may not."""
        self._object(await self._say(name, seconds))

    async def leave(self, name: str) -> None:
        await self._say(name, 0)

    async def _say(self, name: str, seconds: float) -> Found:
        kept = await self._unsaid()
        arguments: list[Argument] = [
            name,
            self.schema.number,
            self.schema.oldest,
            int(seconds * 1000),
            kept,
        ]
        number, oldest, lowest = await self.database.run(Call(JOIN, [SCHEMA_KEPT, PROGRAMS], arguments))
        return Found(int(number), int(oldest), int(lowest))

    async def _unsaid(self) -> int:
        """Return the schema of a Redis that does not say: ours where nothing is kept yet, else the first."""
        kept = await self.database.commands(("EXISTS", EVENT_SLUGS), ("EXISTS", PEOPLE + "persons"))
        return FIRST if any(kept) else self.schema.number

    def _object(self, found: Found) -> None:
        if words := objection(self.schema, found):
            raise OtherSchema(words)

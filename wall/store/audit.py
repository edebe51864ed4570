"""The audit log of every event: entries are added, in the same step as the act they tell of, and read. Nothing else."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import replace

from wall.core.audit import Entry, Filter
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.servers import Command

NOTE = Script("entry", after=("note",))
CHUNK = 1000
MOST_LOOKED_AT = 20_000


class Audit:
    """The log of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def note(self, slug: str, entry: Entry) -> None:
        """Add an entry about an act that is done without a step of its own in this event's keys."""
        await self.database.run(note_call(slug, entry))

    async def together(self, slug: str, entry: Entry | None, *commands: Command) -> None:
        """Run commands on an event's keys and add the entry that tells of them: all of it, or nothing."""
        noted = [note_call(slug, entry).command(in_full=True)] if entry else []
        await self.database.commands(*commands, *noted, atomic=True)

    async def page(
        self, slug: str, wanted: Filter, *, limit: int, before: int | None = None
    ) -> tuple[list[Entry], int | None]:
        """Return a page of entries, newest first, and where the next one begins, or None at the beginning of the log.

        One that matches little may be short: it ends when a bounded part of the log was looked at.
        """
        found: list[Entry] = []
        looked_at = 0
        async for entry in self.backwards(slug, before=before):
            looked_at += 1
            if wanted.admits(entry):
                found.append(entry)
            if len(found) == limit or looked_at == MOST_LOOKED_AT:
                return found, entry.number if entry.number > 1 else None
        return found, None

    async def backwards(self, slug: str, *, before: int | None = None) -> AsyncIterator[Entry]:
        """Yield every entry before a place, newest first, reading the log in pages."""
        end = "+" if before is None else f"({before}-0"
        while True:
            rows = await self.database.command("XREVRANGE", EventKeys(slug).audit, end, "-", "COUNT", CHUNK)
            for id, fields in rows:
                yield read(id, fields)
            if len(rows) < CHUNK:
                return
            end = f"({rows[-1][0].decode()}"

    async def forwards(self, slug: str, wanted: Filter) -> AsyncIterator[Sequence[Entry]]:
        """Yield all entries in order, in pages, for an export."""
        start = "-"
        while True:
            rows = await self.database.command("XRANGE", EventKeys(slug).audit, start, "+", "COUNT", CHUNK)
            yield [entry for entry in (read(*row) for row in rows) if wanted.admits(entry)]
            if len(rows) < CHUNK:
                return
            start = f"({rows[-1][0].decode()}"

    async def people(self, slug: str) -> dict[str, str]:
        """Return who is in the log, by id, with the name they had last."""
        data = await self.database.command("HGETALL", EventKeys(slug).audited)
        rows = zip(data[::2], data[1::2], strict=True) if isinstance(data, list) else data.items()
        return {id.decode(): name.decode() for id, name in rows}


def note_call(slug: str, entry: Entry) -> Call:
    keys = EventKeys(slug)
    return Call(NOTE, [keys.audit, keys.audited], noted(entry))


def noted(entry: Entry | None) -> list[str | bytes]:
    """Return an entry as scripts are given it: as JSON, with whose act it was and their name; empty for none."""
    return [encode(entry), entry.by, entry.by_name] if entry else ["", "", ""]


def read(id: bytes, fields: Mapping[bytes, bytes]) -> Entry:
    return replace(decode(Entry, fields[b"entry"]), number=int(id.split(b"-")[0]))

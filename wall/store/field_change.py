"""A change of several values of an event at once, and only if all of them are as they were read."""

from collections.abc import Callable, Sequence

from wall.core.audit import Entry
from wall.store.audit import noted
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

CHANGE = Script("fields", after=("note",))

Field = tuple[str, str]
"""A hash, and a field in it."""
Rows = list[bytes | None]
Change = Callable[[Rows], tuple[Sequence[bytes | None], Entry | None]]


async def change_fields(database: Database, slug: str, fields: Sequence[Field], change: Change) -> None:
    """Change fields by a function of how they stand, which also says what is noted of it in the audit log.

    None is none, and deletes. The function may be called again when somebody else changes one at the same time.
    """
    keys = EventKeys(slug)
    hashes = [key for key, _ in fields]
    while True:
        rows = await database.commands(*(("HGET", key, name) for key, name in fields))
        after, entry = change(rows)
        if list(after) == rows and entry is None:
            return
        told = [
            part
            for (_, name), row, new in zip(fields, rows, after, strict=True)
            for part in (name, row or b"", new or b"")
        ]
        call = Call(CHANGE, [keys.audit, keys.audited, *hashes], [*noted(entry), *told])
        if await database.run(call, confirm=True):
            return

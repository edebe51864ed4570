"""What is set for the screens and outputs of an event: changed in one step with the feeds that tell of it."""

from collections.abc import Callable, Sequence
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.store.audit import noted
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

ARRANGE = Script("arrange", after=("current", "append", "note"))


async def arrange(
    database: Database,
    slug: str,
    key: str,
    field: str,
    change: Callable[[bytes | None], bytes | None],
    *,
    now: datetime,
    entry: Entry | None = None,
    what: str = "",
) -> None:
    """Change a field of a hash by a function of how it stands; None is none, and deletes it.

    `what` tells readers of the feeds what they may want to ask for anew, empty for what screens and outputs show. The
    function may be called again when somebody else changes it at the same time.
    """
    await arrange_all(database, slug, key, [field], lambda _, data: change(data), now=now, entry=entry, what=what)


async def arrange_all(
    database: Database,
    slug: str,
    key: str,
    fields: Sequence[str],
    change: Callable[[str, bytes | None], bytes | None],
    *,
    now: datetime,
    entry: Entry | None = None,
    what: str = "",
) -> None:
    """Change several fields in one step, each by a function of its name and how it stands, as `arrange` does."""
    keys = EventKeys(slug)
    feeds = (keys.feed("public"), keys.head("public"), keys.feed("desk"), keys.head("desk"))
    told = msgspec.json.encode({"id": "", "what": what, **stamp(now)})
    while True:
        before = await database.command("HMGET", key, *fields)
        rows = zip(fields, before, strict=True)
        changes = [part for field, row in rows for part in (field, row or b"", change(field, row) or b"")]
        call = Call(
            ARRANGE,
            [key, *feeds, keys.audit, keys.audited],
            [told, *noted(entry), *changes],
        )
        if await database.run(call, confirm=True):
            return

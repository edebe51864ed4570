"""What is set for the screens of an event: changed a field at a time, in one step with the feed that tells them."""

from collections.abc import Callable
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
) -> None:
    """Change a field of a hash by a function of how it stands; None is none, and deletes it.

    The function may be called again when somebody else changes it at the same time.
    """
    keys = EventKeys(slug)
    told = msgspec.json.encode({"id": "", "field": field, **stamp(now)})
    while True:
        before = await database.command("HGET", key, field)
        after = change(before)
        call = Call(
            ARRANGE,
            [key, keys.feed("public"), keys.head("public"), keys.audit, keys.audited],
            [told, before or b"", after or b"", *noted(entry)],
        )
        if await database.run(call, confirm=True):
            return

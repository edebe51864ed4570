"""The curtain before the screens of each event: drawn for all of them in one step with the feed."""

from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.curtain import Curtain, CurtainKind
from wall.core.words import _
from wall.errors import AlreadyDecided
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

DRAW = Script("curtain", after=("current", "append", "note"))


class Curtains:
    """The curtains of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def get(self, slug: str) -> Curtain:
        return read(*await self.database.command("HMGET", EventKeys(slug).curtain, "curtain", "version"))

    async def told(self, slug: str) -> int:
        """Return the offset on the public feed at which the curtain was changed last, 0 for never."""
        return int(await self.database.command("HGET", EventKeys(slug).curtain, "told") or 0)

    async def draw(
        self,
        slug: str,
        kind: CurtainKind,
        *,
        by: str,
        by_name: str,
        now: datetime,
        seen: int | None = None,
        entry: Entry | None = None,
    ) -> Curtain:
        """Draw a curtain, or none with `open`, and return what holds then; a moderator who was first keeps the name.

        With `seen`, the version that the moderator saw, it is refused by AlreadyDecided when another one holds.
        """
        keys = EventKeys(slug)
        change = {"id": "", "status": kind, "read": -1 if seen is None else seen, **stamp(now)}
        curtain = Curtain(kind=kind, since=now, by=by, by_name=by_name)
        as_read, *after = await self.database.run(
            Call(
                DRAW,
                [
                    keys.curtain,
                    keys.feed("public"),
                    keys.head("public"),
                    keys.feed("desk"),
                    keys.head("desk"),
                    keys.audit,
                    keys.audited,
                ],
                [msgspec.json.encode(change), encode(curtain), *noted(entry)],
            ),
            confirm=True,
        )
        holds = read(after[0], after[1])
        if not as_read:
            raise faster(holds)
        return holds


def read(curtain: bytes | None, version: bytes | None) -> Curtain:
    """Return a curtain as it is kept: its version is Redis's to give."""
    return replace(decode(Curtain, curtain), version=int(version or 0)) if curtain else Curtain()


def faster(holds: Curtain) -> AlreadyDecided:
    who = holds.by_name or _("Somebody")
    return AlreadyDecided(
        _("%(who)s changed this meanwhile. Look again, then decide.", who=who),
        by=holds.by_name,
        at=holds.since.timestamp() if holds.since else None,
        status=holds.kind,
        version=holds.version,
    )

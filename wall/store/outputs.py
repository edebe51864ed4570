"""What lies over the video of each event, and what its speakers are told: changed in one step with both feeds."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

import msgspec

from wall.core.audit import Entry
from wall.core.overlay import Overlay
from wall.core.stage import Stage
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

OUTPUT = Script("output", after=("current", "append", "note"))

Output = TypeVar("Output", Overlay, Stage)


class Outputs:
    """The overlay and the stage view of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def overlay(self, slug: str) -> Overlay:
        return read(Overlay, await self._row(slug, Overlay))

    async def stage(self, slug: str) -> Stage:
        return read(Stage, await self._row(slug, Stage))

    async def change(
        self,
        slug: str,
        kind: type[Output],
        change: Callable[[Output], Output],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> Output:
        """Change one of them by a function of how it stands, and return it.

        The function may be called again when somebody else changes it at the same time; what it raises is passed on.
        """
        keys = EventKeys(slug)
        told = msgspec.json.encode({"id": "", "field": field_of(kind), **stamp(now)})
        while True:
            row = await self._row(slug, kind)
            before = read(kind, row)
            after = change(before)
            if after == before:
                return before
            call = Call(
                OUTPUT,
                [
                    keys.outputs,
                    keys.feed("public"),
                    keys.head("public"),
                    keys.feed("desk"),
                    keys.head("desk"),
                    keys.audit,
                    keys.audited,
                ],
                [told, row or b"", encode(after), *noted(entry)],
            )
            if await self.database.run(call, confirm=True):
                return after

    async def _row(self, slug: str, kind: type[Overlay] | type[Stage]) -> bytes | None:
        row: bytes | None = await self.database.command("HGET", EventKeys(slug).outputs, field_of(kind))
        return row


def field_of(kind: type[Overlay] | type[Stage]) -> str:
    return "overlay" if kind is Overlay else "stage"


def read(kind: type[Output], row: bytes | None) -> Output:
    return decode(kind, row) if row else kind()

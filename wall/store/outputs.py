"""What lies over the video of each event, and what its speakers are told."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from wall.core.audit import Entry
from wall.core.overlay import Overlay
from wall.core.stage import Stage
from wall.store.arranging import arrange
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

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
        after = kind()

        def changed(row: bytes | None) -> bytes | None:
            nonlocal after
            before = read(kind, row)
            after = change(before)
            return row if after == before else encode(after)

        await arrange(self.database, slug, EventKeys(slug).outputs, field_of(kind), changed, now=now, entry=entry)
        return after

    async def _row(self, slug: str, kind: type[Overlay] | type[Stage]) -> bytes | None:
        row: bytes | None = await self.database.command("HGET", EventKeys(slug).outputs, field_of(kind))
        return row


def field_of(kind: type[Overlay] | type[Stage]) -> str:
    return "overlay" if kind is Overlay else "stage"


def read(kind: type[Output], row: bytes | None) -> Output:
    return decode(kind, row) if row else kind()

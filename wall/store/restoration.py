"""Whether the data that the private Redis came up with is the newest there was, or an older copy that was put back.

Nothing inside a copy can tell that. So a file beside the data is touched again and again, and Redis notes when: a time
that the system sets (st_ctime) and no copying sets back. A copy brings an older note, or files of another time.
"""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

from wall.core.feed import FeedName
from wall.store.database import Database
from wall.store.keys import EVENT_SLUGS, EventKeys

NOTE = "wall:newest"
PUT_BACK = "wall:put-back"
FEEDS: tuple[FeedName, ...] = ("public", "desk")
TOLD_SECONDS = 7 * 24 * 3600


class Newest:
    """The files beside the data in a folder, touched in turn: what Redis noted last stands in one of them, always."""

    def __init__(self, folder: Path) -> None:
        self.noted, self.other = folder / "newest-1", folder / "newest-2"

    async def check(self, database: Database) -> bool:
        """Return whether the data is the newest there was; where it is not, begin other histories and note that."""
        note = int(await database.command("GET", NOTE) or 0)
        if touched_at(self.other) == note:
            self.noted, self.other = self.other, self.noted
        newest = touched_at(self.noted) == note
        if not newest:
            await begin_anew(database, copied_at=note)
        await self.touch(database)
        return newest

    async def touch(self, database: Database) -> None:
        """Touch a file and have Redis note it; the one noted before stays as it is until then, should we die."""
        touch(self.other)
        await database.command("SET", NOTE, touched_at(self.other))
        touch(self.noted)
        self.noted, self.other = self.other, self.noted


def touch(file: Path) -> None:
    file.touch()
    os.utime(file)


def touched_at(file: Path) -> int:
    return file.stat().st_ctime_ns if file.exists() else 0


async def begin_anew(database: Database, *, copied_at: int) -> None:
    """Give every feed another epoch, so that no viewer goes on from what the copy lacks, and note it for organisers."""
    for slug in await database.command("SMEMBERS", EVENT_SLUGS):
        keys = EventKeys(slug.decode())
        await database.commands(*(("HDEL", keys.head(name), "epoch") for name in FEEDS))
    words = f"{int(time.time())} {copied_at // 10**9}"
    await database.command("SET", PUT_BACK, words, "EX", TOLD_SECONDS)


async def put_back(database: Database) -> tuple[datetime, datetime | None] | None:
    """Return when an older copy of the data was put back, and of when the copy is, if that is known."""
    noted = await database.command("GET", PUT_BACK)
    if noted is None:
        return None
    at, copied_at = (int(number) for number in noted.split())
    return datetime.fromtimestamp(at, UTC), datetime.fromtimestamp(copied_at, UTC) if copied_at else None

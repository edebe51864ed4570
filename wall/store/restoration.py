"""Whether the data that the private Redis came up with is the newest there was, or an older copy that was put back.

Nothing inside a copy can tell that. So a file beside the data is touched again and again, and Redis notes when: a time
that the system sets (st_ctime) and no copying sets back. A copy brings an older note, or files of another time.
"""

import os
from datetime import UTC, datetime
from pathlib import Path

from wall.store.database import Database
from wall.store.restoring import Restoring
from wall.store.stamp import moment

NOTE = "wall:newest"


class Newest:
    """The files beside the data in a folder, touched in turn: what Redis noted last stands in one of them, always."""

    def __init__(self, folder: Path) -> None:
        self.noted, self.other = folder / "newest-1", folder / "newest-2"

    async def check(self, database: Database) -> bool:
        """Return whether the data is the newest there was; where it is not, viewers start over and staff are told."""
        note = int(await database.command("GET", NOTE) or 0)
        if touched_at(self.other) == note:
            self.noted, self.other = self.other, self.noted
        newest = touched_at(self.noted) == note
        if not newest:
            await Restoring(database).renew(moment(note // 10**6) if note else None, now=datetime.now(UTC))
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

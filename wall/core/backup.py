"""The backup of an installation: what it says of itself, and what is said of a wall that was restored from one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from wall.core.portable import PICTURE, Member
from wall.errors import InvalidInput

FORMAT = 1
MANIFEST = "manifest.json"
REDIS = "redis.rdb"
TOLD_FOR = timedelta(days=7)
SUFFIX = ".backup.zip"
NAME = re.compile(rf"{re.escape(REDIS)}|{PICTURE.pattern}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a backup says of itself: all that was confirmed before `taken` is in it. `program` is its version."""

    format: int
    program: str
    schema: int
    taken: datetime
    members: Mapping[str, Member]

    @property
    def pictures(self) -> int:
        return sum(1 for name in self.members if name.endswith("-screen.webp"))


@dataclass(frozen=True, slots=True)
class Restored:
    """That a wall was restored: when, and how it stood then; None where nobody said of when the backup is."""

    at: datetime
    taken: datetime | None

    def is_told(self, now: datetime) -> bool:
        return now - self.at < TOLD_FOR


def check_manifest(manifest: Manifest, packed: Mapping[str, int], *, schema: int) -> None:
    """Raise InvalidInput unless all that a manifest speaks of is there, and we can read it."""
    if manifest.format > FORMAT or manifest.schema > schema:
        raise InvalidInput(
            f"This backup was taken by a newer version ({manifest.program[:40]}); restore it with that one."
        )
    if manifest.format != FORMAT or REDIS not in manifest.members:
        raise InvalidInput("This is not a backup of a wall.")
    for name in manifest.members.keys() ^ (packed.keys() - {MANIFEST}):
        raise damaged(name)
    for name, member in manifest.members.items():
        if not NAME.fullmatch(name) or member.bytes != packed[name]:
            raise damaged(name)


def damaged(name: str) -> InvalidInput:
    return InvalidInput(
        f"“{name[:80]}” in this backup is damaged. Take another backup, or another copy of this one."
    )

"""The feed as a log: updates, cursors, and what a reader who comes back is owed."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal

CURSOR = re.compile(r"([A-Za-z0-9]{1,16}):(\d{1,15})")

FeedName = Literal["public", "desk"]


@dataclass(frozen=True, slots=True)
class Cursor:
    """A place in a feed: the epoch of its history, and the offset of the last update a reader has."""

    epoch: str
    offset: int

    def __str__(self) -> str:
        return f"{self.epoch}:{self.offset}"

    @classmethod
    def parse(cls, text: str | None) -> "Cursor | None":
        """Return the cursor a client sent, or None for none or nonsense: a resync, never a guess."""
        match = CURSOR.fullmatch(text or "")
        return cls(match[1], int(match[2])) if match else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Update:
    """One entry of a feed. It names a post and holds nothing of it, so that what is removed is in no history.

    `version` and `status` are what the post came to by it, `was` the status before, empty for a new post. The post
    itself is given to a reader as it stands when it is read. One about no post (`post_id` is empty) tells of the
    curtain, whose kinds `was` and `status` are then, that something is arranged anew (“arranged”; `status` says
    what, and is empty for what screens show), or, at
    the desk, of authors who are restricted.
    """

    offset: int
    kind: str
    at: datetime
    post_id: str
    version: int
    was: str
    status: str


class Recovery(Enum):
    """What a reader with a cursor is owed."""

    CURRENT = "it has everything"
    BEHIND = "the updates after its cursor"
    RESYNC = "a new snapshot"


def recover(cursor: Cursor | None, tip: Cursor, *, kept: int) -> Recovery:
    """Decide what a returning reader is owed.

    `tip` is the feed's newest cursor and `kept` how many of the newest updates can still be told one by one.
    """
    if cursor is None or cursor.epoch != tip.epoch or cursor.offset > tip.offset:
        return Recovery.RESYNC
    if cursor.offset == tip.offset:
        return Recovery.CURRENT
    return Recovery.BEHIND if tip.offset - cursor.offset <= kept else Recovery.RESYNC


def misfit(cursor: Cursor, tip: Cursor) -> str:
    """Name what is wrong with a cursor that ends in a resync."""
    if not cursor.epoch:
        return "unreadable"
    if cursor.epoch != tip.epoch:
        return "history"
    return "ahead" if cursor.offset > tip.offset else "behind"

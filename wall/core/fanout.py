"""Who is to be sent what: everybody at one place in a feed is written the same bytes; who lags is an offset.

A *sweep* brings an audience from one place in its feed to the next, a chunk at a time. What arrives while it is under
way waits for the next one, which brings all of it at once.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from wall.core.feed import Cursor, Recovery, recover

Viewer = TypeVar("Viewer", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lag:
    """A viewer that has not taken what it was sent: where it will be once it has, and since when it has not."""

    cursor: Cursor
    since: float


class Audience(Generic[Viewer]):
    """Viewers who are sent the same bytes.

    Each is at `position`; or at `origin`, while the sweep under way has not come to it; or lags; or is ahead, with a
    cursor newer than the last sweep, and waits for the next one. What is owed to the last two is theirs alone.
    """

    def __init__(self, position: Cursor) -> None:
        self.position = position
        self.origin: Cursor | None = None
        self.laggards: dict[Viewer, Lag] = {}
        self._there: list[Viewer] = []
        self._waiting: list[Viewer] = []
        self._ahead: dict[Viewer, Cursor] = {}
        self._gone: set[Viewer] = set()

    def __len__(self) -> int:
        listed = len(self._there) + len(self._waiting) - len(self._gone)
        return listed + len(self.laggards) + len(self._ahead)

    def everyone(self) -> list[Viewer]:
        listed = [viewer for viewer in (*self._there, *self._waiting) if viewer not in self._gone]
        return [*listed, *self.laggards, *self._ahead]

    # Coming and going

    def seat(self, viewer: Viewer) -> None:
        """Let in a viewer that is at `position`."""
        self._there.append(viewer)

    def seat_ahead(self, viewer: Viewer, cursor: Cursor) -> None:
        """Let in a viewer that is further on than `position`."""
        self._ahead[viewer] = cursor

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer, at once or when the next sweep comes to it."""
        if self.laggards.pop(viewer, None) is None and self._ahead.pop(viewer, None) is None:
            self._gone.add(viewer)

    # Sweeping

    @property
    def sweeping(self) -> bool:
        return self.origin is not None

    def begin(self, target: Cursor) -> list[tuple[Viewer, Cursor]]:
        """Begin a sweep to a place, and return who was ahead, and where; they are to be caught up one by one.

        Who is ahead even of that place goes on waiting.
        """
        assert self.origin is None, "one sweep at a time"
        self.origin, self.position = self.position, target
        self._waiting, self._there = self._there, []
        reached = [(viewer, cursor) for viewer, cursor in self._ahead.items() if not is_after(cursor, target)]
        for viewer, _ in reached:
            del self._ahead[viewer]
        return reached

    def chunk(self, size: int) -> list[Viewer]:
        """Take the next viewers to write to. Give them to `written` before the next chunk."""
        taken = self._waiting[-size:]
        del self._waiting[-size:]
        if self._gone:
            gone = self._gone.intersection(taken)
            self._gone -= gone
            taken = [viewer for viewer in taken if viewer not in gone]
        return taken

    def written(self, chunk: list[Viewer], late: list[Viewer], *, now: float) -> None:
        """Note that a chunk was written to, `late` being those of it who have not taken all of it."""
        if late:
            for viewer in late:
                self.laggards[viewer] = Lag(self.position, now)
            chunk = [viewer for viewer in chunk if viewer not in self.laggards]
        self._there += chunk
        if not self._waiting:
            self.origin = None

    # Lagging

    def lag(self, viewer: Viewer, *, now: float) -> None:
        """Note that a viewer, brought to `position` by itself, has not taken all of it yet."""
        self.laggards[viewer] = Lag(self.position, now)

    def caught(self, viewer: Viewer) -> Cursor | None:
        """Take a laggard that has taken what it was sent off the list, and return where it is; None if it is none."""
        lag = self.laggards.pop(viewer, None)
        return lag.cursor if lag else None

    def overdue(self, *, now: float, patience: float) -> list[Viewer]:
        """Return those who have taken nothing for longer than `patience` seconds."""
        return [viewer for viewer, lag in self.laggards.items() if now - lag.since > patience]


def is_after(cursor: Cursor, other: Cursor) -> bool:
    return cursor.epoch == other.epoch and cursor.offset > other.offset


class Owed(Enum):
    """What a viewer at a cursor is owed to be at an audience's position."""

    NOTHING = "it is there"
    UPDATES = "the updates between"
    RESYNC = "a new snapshot"
    AHEAD = "nothing before the next sweep"


def owed(cursor: Cursor | None, position: Cursor, tip: Cursor, *, kept: int) -> Owed:
    """Decide what a viewer is owed. A viewer without a cursor begins where the audience is.

    `position` is the audience's, `tip` the feed's, and `kept` how many updates are told one by one.
    """
    if cursor is None or cursor == position:
        return Owed.NOTHING
    if recover(cursor, tip, kept=kept) is Recovery.RESYNC:
        return Owed.RESYNC
    behind = cursor.epoch == position.epoch and cursor.offset < position.offset
    return Owed.UPDATES if behind else Owed.AHEAD


class Turns(Generic[Viewer]):
    """Whose turn it is: those of the first rank before all others, and each rank in turn."""

    def __init__(self) -> None:
        self._first: dict[Viewer, None] = {}
        self._others: dict[Viewer, None] = {}

    def add(self, one: Viewer, *, first: bool) -> None:
        (self._first if first else self._others).setdefault(one)

    def next(self) -> Viewer | None:
        """Take the next one off the list, or None when nobody waits."""
        waiting = self._first or self._others
        if not waiting:
            return None
        one = next(iter(waiting))
        del waiting[one]
        return one

    def __bool__(self) -> bool:
        return bool(self._first or self._others)

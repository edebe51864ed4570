"""Who is to be sent what: everybody at one place in a feed is written the same bytes; who lags is an offset.

An audience stands in *cohorts*, each at one place, the furthest behind first. A turn takes a chunk of the first cohort
and brings it to the tip as it is by then. So what arrives while turns go round is in the very next write, and nobody
is written to twice where once would do.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

from wall.core.feed import Cursor

Viewer = TypeVar("Viewer", bound=Hashable)


@dataclass(slots=True)
class Cohort(Generic[Viewer]):
    """Viewers at one place: how far they were told the feed, and which beat they heard last."""

    cursor: Cursor
    beat: int
    viewers: list[Viewer]

    def is_after(self, cursor: Cursor) -> bool:
        return self.cursor.epoch == cursor.epoch and self.cursor.offset > cursor.offset


@dataclass(frozen=True, slots=True)
class Lag:
    """A viewer that has not taken what it was sent: where it will be once it has, and since when it has not."""

    cursor: Cursor
    since: float


class Audience(Generic[Viewer]):
    """Viewers who are sent the same bytes: in cohorts, or lagging, each of those for itself."""

    def __init__(self) -> None:
        self.cohorts: list[Cohort[Viewer]] = []
        self.laggards: dict[Viewer, Lag] = {}
        self._beat = 0
        self._gone: set[Viewer] = set()

    def __len__(self) -> int:
        return sum(len(cohort.viewers) for cohort in self.cohorts) - len(self._gone) + len(self.laggards)

    def everyone(self) -> list[Viewer]:
        seated = [viewer for cohort in self.cohorts for viewer in cohort.viewers if viewer not in self._gone]
        return [*seated, *self.laggards]

    # Coming and going

    def seat(self, viewers: list[Viewer], cursor: Cursor) -> None:
        """Let in viewers who are at a place, or have been brought to it."""
        index = len(self.cohorts)
        while index and self.cohorts[index - 1].is_after(cursor):
            index -= 1
        last = self.cohorts[index - 1] if index else None
        if last and last.cursor == cursor and last.beat == self._beat:
            last.viewers += viewers
        else:
            self.cohorts.insert(index, Cohort(cursor, self._beat, list(viewers)))

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer, at once or when its turn comes."""
        if self.laggards.pop(viewer, None) is None:
            self._gone.add(viewer)

    # Turns

    def beat(self) -> None:
        """Let everybody be owed a word, though there may be no news."""
        self._beat += 1

    def owed_at(self, tip: Cursor) -> bool:
        """Tell whether somebody is not at the tip, or has not heard the last beat."""
        first = self.cohorts[0] if self.cohorts else None
        return first is not None and (first.cursor != tip or first.beat != self._beat)

    def take(self, size: int) -> tuple[Cursor, list[Viewer]]:
        """Take the next viewers of those furthest behind, with their place. Seat them, or let them lag, afterwards."""
        cohort = self.cohorts[0]
        taken = cohort.viewers[-size:]
        del cohort.viewers[-size:]
        if not cohort.viewers:
            del self.cohorts[0]
        if self._gone:
            gone = self._gone.intersection(taken)
            self._gone -= gone
            taken = [viewer for viewer in taken if viewer not in gone]
        return cohort.cursor, taken

    # Lagging

    def lag(self, viewer: Viewer, cursor: Cursor, *, now: float) -> None:
        """Note that a viewer has not taken all of what brings it to a place."""
        self.laggards[viewer] = Lag(cursor, now)

    def caught(self, viewer: Viewer) -> Cursor | None:
        """Take a laggard that has taken what it was sent off the list, and return where it is; None if it is none."""
        lag = self.laggards.pop(viewer, None)
        return lag.cursor if lag else None

    def overdue(self, *, now: float, patience: float) -> list[Viewer]:
        """Return those who have taken nothing for longer than `patience` seconds."""
        return [viewer for viewer, lag in self.laggards.items() if now - lag.since > patience]


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

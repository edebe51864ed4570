"""An event as it was at any moment: what stood on the wall then, as far as it stands there still."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from wall.core.ledger import Ledger

STEPS = (300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400)
"""Seconds that one column of posts may stand for; else it is as many weeks as it takes."""
WEEK = 604_800
MOST_COLUMNS = 160
Times = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Then:
    """The wall at a moment: posts and people that stood on it, how many were of the hour before, and the newest ids."""

    posts: int = 0
    people: int = 0
    lately: int = 0
    newest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Columns:
    """Posts by when they were shown: from `begins` on, one count for each `step` seconds."""

    begins: int
    step: int
    posts: tuple[int, ...]

    @property
    def ends(self) -> int:
        return self.begins + self.step * len(self.posts)


@dataclass(frozen=True, slots=True)
class Replay:
    """The posts that stand on the wall, in the order in which they were shown; `people` had come by each of them."""

    shown: Times = field(default_factory=lambda: np.zeros(0, np.int64))
    ids: NDArray[np.bytes_] = field(default_factory=lambda: np.zeros(0, "S20"))
    people: Times = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def first(self) -> int:
        """When the first of them was shown; 0 where there is none."""
        return int(self.shown[0]) if self.shown.size else 0

    @property
    def last(self) -> int:
        return int(self.shown[-1]) if self.shown.size else 0

    def at(self, moment: int, *, most: int, skip: int = 0) -> Then:
        """Return the wall as it was at a moment, in seconds: with so many posts at most, newest first."""
        until = self._until(moment)
        if not until:
            return Then()
        newest = self.ids[max(0, until - skip - most) : max(0, until - skip)][::-1]
        return Then(
            posts=until,
            people=int(self.people[until - 1]),
            lately=until - self._until(moment - 3_600),
            newest=tuple(id.decode() for id in newest.tolist()),
        )

    def columns(self, *, offset: int = 0) -> Columns:
        """Return when posts were shown, in as fine steps as fit. Columns begin on the clock, which is so far ahead."""
        span = self.last - self.first
        weeks = WEEK * (1 + span // (WEEK * (MOST_COLUMNS - 2)))
        step = next((one for one in STEPS if span // one + 2 <= MOST_COLUMNS), weeks)
        begins = (self.first + offset) // step * step - offset
        places = (self.shown - begins) // step
        return Columns(begins, step, tuple(np.bincount(places, minlength=1).tolist()))

    def _until(self, moment: int) -> int:
        """Return how many posts had been shown at a moment."""
        return int(np.searchsorted(self.shown, moment, side="right"))


def replay(ledger: Ledger) -> Replay:
    """Return the course of an event, out of its ledger."""
    rows = ledger.rows[ledger.on_wall & (ledger.rows["shown"] > 0)]
    shown = rows["shown"].astype(np.int64)
    order = np.lexsort((rows["written"], shown))
    authors = rows["author"][order]
    new = np.zeros(order.size, np.int64)
    new[np.unique(authors, return_index=True)[1]] = 1
    return Replay(shown[order], rows["id"][order], np.cumsum(new))

"""Which way the mood of an event goes, out of its ledger: hour by hour against the event's own hours before.

Never how good or bad it is: guesses are wrong about single posts, and their mean is off by more than half the scale;
only its movement holds (docs/insight.md).
"""

from collections.abc import Callable
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from wall.core.ledger import ANSWER, BY_RULE, EVERYTHING, STATUSES, UNSCORED, Chosen, Ledger, Rows, Scope
from wall.core.moderation import Status

HOUR = 3_600
FEWEST = 20
"""Posts that must be scored before anything is said of how they sound together."""
TIMES_THE_ERROR = 2.0

Direction = Literal["lower", "higher", "the same", "too few"]
NOT_COUNTED = (Status.WITHDRAWN, Status.GROUPED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """How some posts sound against others: lower, higher, much the same, or too few to tell.

    `scored` of `posts` were; `change` is by how much their mean differs, from -2 to 2, and `error` how sure that is
    (one standard error); both None where there are too few on either side.
    """

    posts: int
    scored: int
    change: float | None = None
    error: float | None = None

    @property
    def direction(self) -> Direction:
        if self.change is None or self.error is None:
            return "too few"
        if abs(self.change) <= TIMES_THE_ERROR * self.error:
            return "the same"
        return "lower" if self.change < 0 else "higher"


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour that began then (seconds of the Unix clock), against all hours before it."""

    begins: int
    movement: Movement


@dataclass(frozen=True, slots=True)
class Course:
    """How the mood went: its hours with posts, the oldest first, and the last of them that says anything."""

    hours: tuple[Hour, ...]

    @property
    def latest(self) -> Hour | None:
        told = [one for one in self.hours if one.movement.direction != "too few"]
        return told[-1] if told else None


@dataclass(frozen=True, slots=True)
class Sums:
    """What of some posts is enough for their mean and its error."""

    posts: int
    scored: int
    total: float
    squares: float

    def __sub__(self, other: "Sums") -> "Sums":
        return Sums(
            self.posts - other.posts,
            self.scored - other.scored,
            self.total - other.total,
            self.squares - other.squares,
        )

    @property
    def mean(self) -> float:
        return self.total / self.scored

    @property
    def variance(self) -> float:
        """That of the mean."""
        spread = max(0.0, self.squares - self.total * self.mean) / (self.scored - 1)
        return spread / self.scored


def course(ledger: Ledger, scope: Scope = EVERYTHING) -> Course:
    """Return how the mood went by the hour within a scope."""
    rows = ledger.rows[ledger.within(scope) & counted(ledger)]
    rows = rows[np.argsort(rows["written"], kind="stable")]
    begun, running = rows["written"] // HOUR, sums(rows)
    hours = []
    for hour in np.unique(begun):
        first, end = (int(place) for place in np.searchsorted(begun, (hour, hour + 1)))
        before = running(first)
        hours.append(Hour(int(hour) * HOUR, movement(running(end) - before, before)))
    return Course(tuple(hours))


def by_session(ledger: Ledger) -> dict[str, Movement]:
    """Return how the posts of each session sound against all others of the event, by the session's name there."""
    chosen = counted(ledger)
    during = ledger.of_kind("during", chosen)
    whole, running = sums(ledger.rows[chosen])(int(chosen.sum())), sums(ledger.rows, during)
    places = during["to"][np.argsort(during["to"], kind="stable")]
    found = {}
    for place in np.unique(places):
        first, end = (int(one) for one in np.searchsorted(places, (place, place + 1)))
        of_it = running(end) - running(first)
        found[ledger.name("session", int(place))] = movement(of_it, whole - of_it)
    return found


def counted(ledger: Ledger) -> Chosen:
    """Return which posts count: all that came, whatever became of them, but for copies, the wall's own answers, what
    its author took back, and what a rule refused, which is advertising more often than not."""
    status = ledger.rows["status"]
    gone = np.isin(status, [STATUSES.index(one) for one in NOT_COUNTED])
    by_rule = (status == STATUSES.index(Status.REJECTED)) & ledger.flagged(BY_RULE)
    return np.asarray(~(gone | by_rule | ledger.flagged(ANSWER)) & ledger.within(EVERYTHING))


def movement(these: Sums, those: Sums) -> Movement:
    """Return how some posts sound against others."""
    if min(these.scored, those.scored) < FEWEST:
        return Movement(posts=these.posts, scored=these.scored)
    return Movement(
        posts=these.posts,
        scored=these.scored,
        change=(these.mean - those.mean) / 100,
        error=sqrt(these.variance + those.variance) / 100,
    )


def sums(rows: Rows, ties: Rows | None = None) -> Callable[[int], Sums]:
    """Return what gives the sums of the first so many rows, or of the rows of the first so many ties, by what these are
    tied to."""
    moods = rows["mood"] if ties is None else rows["mood"][ties["row"][np.argsort(ties["to"], kind="stable")]]
    known = moods != UNSCORED
    values = np.where(known, moods, 0).astype(float)
    scored, total, squares = (np.concatenate(([0], np.cumsum(one))) for one in (known, values, values**2))
    return lambda end: Sums(end, int(scored[end]), float(total[end]), float(squares[end]))

"""A configured source and its health. The adapters that read them are in wall/sources/."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median
from typing import Literal

State = Literal["new", "healthy", "degraded", "failing"]

SLOT_SECONDS = 600
SLOTS_AN_HOUR = 6
HOURS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceSettings:
    """A configured place posts come from. `options` are as the organiser filled them in, by option name."""

    id: str
    kind: str
    options: Mapping[str, str] = field(default_factory=dict)
    version: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """How far a source was read, in words, and until when; `steady` says that its network never stands still."""

    words: str
    until: datetime | None = None
    steady: bool = False


@dataclass(frozen=True, slots=True)
class Trouble:
    """What went wrong, in words; how often in a row, when first and when last."""

    words: str
    times: int
    first_at: datetime
    last_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """How a source fares, in words for the organiser, the newest first of what is several.

    `reasons` are why posts could not be read, and were set aside. `slots` is how many posts came in which stretch of
    ten minutes, counted from the epoch; `lags` how many seconds the newest were on their way.
    """

    state: State = "new"
    since: datetime | None = None
    detail: str = "Not read yet."
    blind_spots: Sequence[str] = ()
    last_post_at: datetime | None = None
    next_try_at: datetime | None = None
    errors: Sequence[Trouble] = ()
    reasons: Sequence[Trouble] = ()
    posts: int = 0
    edits: int = 0
    deletes: int = 0
    set_aside: int = 0
    slots: Mapping[int, int] = field(default_factory=dict)
    lags: Sequence[float] = ()

    def hourly(self, now: datetime) -> list[int]:
        """Return how many posts came in each of the last hours, the last one being the hour until now."""
        last = slot(now)
        return [
            sum(self.slots.get(last - SLOTS_AN_HOUR * hour - part, 0) for part in range(SLOTS_AN_HOUR))
            for hour in reversed(range(HOURS))
        ]

    @property
    def usual_lag(self) -> float | None:
        """How many seconds posts were on their way of late, half of them less."""
        return median(self.lags) if self.lags else None


def slot(time: datetime) -> int:
    return int(time.timestamp()) // SLOT_SECONDS

"""The numbers of an event's day, by the clocks of its venue."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wall.core.roll import Roll

HOUR = timedelta(hours=1)
AWAKE = 0.05
"""Share of the busiest hour's posts, from which on an hour begins the day that is drawn."""
LEAST_HOURS = 6
"""Bars that are drawn at least, so that the first hour of a day is no wall."""


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of a day, by the clocks of the venue, and how many posts came on the wall in it."""

    clock: str
    posts: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """What there is to count of a wall: `hours` are those of today up to now, from the first that was no night's.

    That is one with a twentieth of the busiest hour's posts.
    """

    posts: int
    people: int
    last_hour: int
    today: int
    networks: tuple[tuple[str, int], ...]
    hours: tuple[Hour, ...]

    @property
    def busiest(self) -> Hour | None:
        """The hour of today with most posts, the earliest of several; None on a day without."""
        return max(self.hours, key=lambda hour: hour.posts, default=None) if self.today else None


def numbers(roll: Roll, timezone: str, now: datetime) -> Numbers:
    midnight = midnight_before(now, timezone)
    return Numbers(
        posts=roll.posts,
        people=roll.people,
        last_hour=roll.since(now - HOUR),
        today=roll.since(midnight),
        networks=tuple(roll.networks.most_common()),
        hours=hours(roll, timezone, midnight, now),
    )


def hours(roll: Roll, timezone: str, midnight: datetime, now: datetime) -> tuple[Hour, ...]:
    """Return the hours since midnight, the one that runs last. Days on which clocks change have 23 or 25."""
    zone = ZoneInfo(timezone)
    starts = [midnight + HOUR * number for number in range((now - midnight) // HOUR + 1)]
    # What came this very moment is counted in the hour that runs.
    ends = [*starts[1:], starts[-1] + HOUR]
    found = [
        Hour(f"{start.astimezone(zone):%H}", roll.between(start, end))
        for start, end in zip(starts, ends, strict=True)
    ]
    awake = max(1.0, AWAKE * max(hour.posts for hour in found))
    first = next((place for place, hour in enumerate(found) if hour.posts >= awake), len(found))
    return tuple(found[max(0, min(first, len(found) - LEAST_HOURS)) :])


def midnight_before(now: datetime, timezone: str) -> datetime:
    zone = ZoneInfo(timezone)
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)

"""How long an event keeps what people wrote: days after its last one, for each kind of thing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Kept = Literal["posts", "threads", "participants"]
KEPT: tuple[Kept, ...] = get_args(Kept)
Left = Literal["figures", "nothing"]
LEFT: tuple[Left, ...] = get_args(Left)

LONGEST_DAYS = 3650
WARNED = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Retention:
    """Days after the last day of an event after which something is erased, None for as long as there is the event.

    `posts` are erased with their pictures, `threads` are private ones, `participants` what those who take part from a
    browser said of themselves. Once posts are erased, their `figures` are left, or nothing: then the event is erased.
    """

    posts: int | None = None
    threads: int | None = None
    participants: int | None = None
    left: Left = "figures"

    def days(self, kept: Kept) -> int | None:
        return {"posts": self.posts, "threads": self.threads, "participants": self.participants}[kept]

    def until(self, kept: Kept, ends: date | None) -> date | None:
        """Return the last day on which something is kept; None without an end of it, or of the event."""
        days = self.days(kept)
        return None if days is None or ends is None else ends + timedelta(days=days)

    def over(self, ends: date | None, timezone: str, now: datetime) -> tuple[Kept, ...]:
        """Return what is to be erased by now, by the clocks of the event."""
        today = now.astimezone(ZoneInfo(timezone)).date()
        return tuple(one for one in KEPT if (until := self.until(one, ends)) and until < today)

    def soon(self, ends: date | None, timezone: str, now: datetime) -> Iterator[tuple[Kept, date]]:
        """Yield what is erased within a week, and the last day on which it is there."""
        today = now.astimezone(ZoneInfo(timezone)).date()
        for one in KEPT:
            until = self.until(one, ends)
            if until and today <= until <= today + WARNED:
                yield one, until


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is left of posts that were erased: how many stood on the wall, by how many people, where, when, in what."""

    at: datetime
    posts: int
    people: int
    networks: dict[str, int]
    languages: dict[str, int]
    days: dict[str, int]

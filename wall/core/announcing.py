"""Announcements: a word of the organiser to everybody, from one moment until another, by the clock."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, get_args

from wall.core.text import GRAPHEME, clean
from wall.core.words import _
from wall.errors import InvalidInput

Place = Literal["screens", "live", "stage"]
PLACES: tuple[Place, ...] = get_args(Place)
LONGEST = 280  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at
MOST = 50
PASSES = timedelta(minutes=15)
FURTHEST = timedelta(days=60)
KEPT = timedelta(days=1)
"""For so long one that is over is still listed at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is announced, from `starts` until `until` (None: until somebody ends it), and where.

    While one that is `pinned` holds, screens show nothing else; any other comes at once, then takes its turn.
    """

    id: str
    text: str
    starts: datetime
    until: datetime | None
    places: tuple[Place, ...] = PLACES
    pinned: bool = False
    by_name: str = ""

    def holds(self, now: datetime) -> bool:
        return self.starts <= now and not self.over(now)

    def over(self, now: datetime) -> bool:
        return self.until is not None and self.until <= now


def announcement(
    text: str,
    *,
    id: str,
    starts: datetime | None,
    until: datetime | None,
    places: tuple[Place, ...],
    pinned: bool,
    by_name: str,
    now: datetime,
) -> Announcement:
    """Return an announcement as it is kept, from now where it `starts` at no other time; raises InvalidInput."""
    words = clean(text[:LONGEST_RAW])
    if not words:
        raise InvalidInput(_("Write what is announced."), field="text")
    if len(text) > LONGEST_RAW or sum(1 for _ in GRAPHEME.finditer(words)) > LONGEST:
        raise InvalidInput(_("This is longer than %(longest)s characters.", longest=LONGEST), field="text")
    if not places:
        raise InvalidInput(_("Choose where it is shown."), field="places")
    begins = now if starts is None else starts
    if begins > now + FURTHEST:
        raise InvalidInput(_("It begins within %(days)s days.", days=FURTHEST.days), field="starts")
    ends = until if until or pinned else begins + PASSES
    if ends is not None and ends <= max(begins, now):
        raise InvalidInput(_("It has to end after it begins, and not in the past."), field="until")
    return Announcement(
        id=id, text=words, starts=begins, until=ends, places=places, pinned=pinned, by_name=by_name
    )


def holding(announcements: Iterable[Announcement], place: Place, now: datetime) -> list[Announcement]:
    """Return what is announced at a place now: what is pinned first, and then the newest first."""
    found = [one for one in announcements if place in one.places and one.holds(now)]
    return sorted(sorted(found, key=lambda one: one.starts, reverse=True), key=lambda one: not one.pinned)

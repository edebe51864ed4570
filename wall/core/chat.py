"""The chat of an event: when its editions take place, by the clocks of the event's own place."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count, islice
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from wall.core.words import _
from wall.errors import InvalidInput

Every = Literal["weeks", "months"]
EVERY: tuple[Every, ...] = get_args(Every)
STEPS = range(1, 13)
MINUTES = range(10, 601)
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chat:
    """A chat that comes again: from its `first` day on, every so many (`step`) weeks or months, `at` a local time.

    By months, it keeps the weekday of the first day and its place in the month, such as every second Tuesday; where
    that is the fifth, it is the last one. With `continents`, figures say from which continents people take part, as
    far as that is known.
    """

    first: date
    at: time
    minutes: int = 60
    every: Every = "weeks"
    step: int = 1
    continents: bool = False

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    def days(self, since: date) -> Iterator[date]:
        """Yield the days on which it takes place, from a day on."""
        return weekly(self, since) if self.every == "weeks" else monthly(self, since)

    def begins(self, timezone: str, since: datetime) -> Iterator[datetime]:
        """Yield when it begins, from a moment on; never twice on a day, whatever clocks do."""
        zone = ZoneInfo(timezone)
        for day in self.days(since.astimezone(zone).date() - timedelta(days=1)):
            begin = local(day, self.at, zone)
            if begin >= since:
                yield begin

    def coming(self, timezone: str, since: datetime, most: int) -> list[datetime]:
        """Return when it begins next, so many times."""
        return list(islice(self.begins(timezone, since), most))


def local(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return a local time as an instant: the first of two where clocks are put back, and as long after the gap as it
    would be where they are put forward."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def weekly(chat: Chat, since: date) -> Iterator[date]:
    every = chat.step * WEEK
    begun = max(0, -((chat.first - since) // every))  # how many are over, rounded up
    for number in count(begun):
        try:
            yield chat.first + number * every
        except OverflowError:
            return


def monthly(chat: Chat, since: date) -> Iterator[date]:
    place = (chat.first.day - 1) // 7
    first = chat.first.year * 12 + chat.first.month - 1
    months = max(0, since.year * 12 + since.month - 1 - first)
    for number in count(months // chat.step):
        month = first + number * chat.step
        if month // 12 > date.max.year:
            return
        day = nth(month // 12, month % 12 + 1, chat.first.weekday(), place)
        if day >= max(since, chat.first):
            yield day


def nth(year: int, month: int, weekday: int, place: int) -> date:
    """Return a weekday of a month by its place, from 0; where there is no fifth, the last."""
    first = date(year, month, 1)
    day = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * place)
    return day if day.month == month else day - WEEK


def checked(chat: Chat) -> Chat:
    """Return a chat as it is kept; raises InvalidInput naming the field."""
    if chat.every not in EVERY:
        raise InvalidInput(_("Choose weeks or months."), field="chat_every")
    if chat.step not in STEPS:
        raise InvalidInput(
            _("Every %(least)s to %(most)s weeks or months.", least=STEPS[0], most=STEPS[-1]), field="chat_step"
        )
    if chat.minutes not in MINUTES:
        raise InvalidInput(
            _("A chat lasts %(least)s to %(most)s minutes.", least=MINUTES[0], most=MINUTES[-1]),
            field="chat_minutes",
        )
    if not 2000 <= chat.first.year <= 2200:
        raise InvalidInput(_("A day is written like 2026-06-12."), field="chat_first")
    return chat

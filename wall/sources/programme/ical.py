"""Sessions of an iCalendar file (RFC 5545): zones, what repeats, what was moved, and what was cancelled."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component
from icalendar.error import BrokenCalendarProperty

from wall.core.modes import instant
from wall.core.programme import Draft, Session
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.programme.entry import MOST_ENTRIES, Found, TooMuch, session, session_id
from wall.sources.programme.recurring import beginnings

ALL_DAY = "It is all day."
CANCELLED = "It is cancelled."


@dataclass(frozen=True, slots=True)
class Entry:
    """One VEVENT, and the line it begins on."""

    line: int
    event: Component

    @property
    def uid(self) -> str:
        return text(self.event, "UID")

    @property
    def title(self) -> str:
        return text(self.event, "SUMMARY")

    @property
    def cancelled(self) -> bool:
        return text(self.event, "STATUS").upper() == "CANCELLED"


def read(body: bytes, *, timezone: str, first: date, last: date) -> Draft:
    """Return the sessions of a calendar; of what repeats, those from day to day. Raises InvalidInput."""
    zone = ZoneInfo(timezone)
    entries = entries_of(body.decode("utf-8-sig", "replace"))
    moved = {(one.uid, when) for one in entries if one.uid and (when := moved_from(one, zone))}
    newest = {one.uid: one for one in sorted(entries, key=sequence) if one.uid and not moved_from(one, zone)}
    found, zones = Found(), list[str]()
    for one in entries:
        try:
            if one.uid and not moved_from(one, zone) and newest[one.uid] is not one:
                raise InvalidInput(_("A newer version of it is in the file."))
            for times in occurrences(one, zone, first, last):
                if (one.uid, times[0]) not in moved or moved_from(one, zone):
                    found.take(parse(one, *times, zone))
            zones.append(zone_of(one, timezone))
        except TooMuch:
            raise
        except InvalidInput as error:
            found.leave_out(f"Line {one.line}", one.title, error.message)
        except (BrokenCalendarProperty, AttributeError, TypeError, ValueError, OverflowError):
            found.leave_out(f"Line {one.line}", one.title, "Its times cannot be read.")
    return found.draft("iCalendar", zones=zones)


def entries_of(text: str) -> list[Entry]:
    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.strip().upper() == "BEGIN:VEVENT"]
    if len(lines) > MOST_ENTRIES:
        raise TooMuch(f"There are more than {MOST_ENTRIES:,} entries in it; that is no programme of one event.")
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, RecursionError) as error:
        said = str(error).partition(":")[0][:100]
        raise InvalidInput(_("This calendar cannot be read: %(said)s.", said=said), field="file") from error
    except (AttributeError, TypeError, OverflowError, OSError) as error:
        # The library trips over some broken files; over the name of a time zone, even as the name of a file.
        raise InvalidInput(_("This calendar cannot be read: it is damaged."), field="file") from error
    events = chain.from_iterable(calendar.walk("VEVENT") for calendar in calendars)
    return [Entry(line, event) for line, event in zip(lines, events, strict=False)]


def occurrences(one: Entry, zone: ZoneInfo, first: date, last: date) -> Iterator[tuple[datetime, datetime | None]]:
    """Yield when an entry takes place: from when until when. Raises InvalidInput."""
    if one.cancelled:
        raise InvalidInput(CANCELLED)
    starts = moment(one.event, "DTSTART", zone)
    length = duration(one.event, starts, zone)
    repeats = one.event.get("RRULE")
    begin = {starts}
    if repeats is not None and moved_from(one, zone) is None:
        rules = repeats if isinstance(repeats, list) else [repeats]
        begin = {time for rule in rules[:5] for time in beginnings(rule, starts, first, last)}
    begin |= {time for time in dates(one.event, "RDATE", zone) if first <= time.date() <= last}
    begin -= set(dates(one.event, "EXDATE", zone))
    # Added to the instant: by the clock, a night in which clocks are changed would be an hour off.
    yield from ((time, time.astimezone(UTC) + length if length else None) for time in sorted(begin))


def parse(one: Entry, starts: datetime, ends: datetime | None, zone: ZoneInfo) -> Session:
    event = one.event
    repeated = moved_from(one, zone) or (starts if event.get("RRULE") or event.get("RDATE") else None)
    names = (one.uid,) if one.uid else (one.title, starts.astimezone(UTC))
    return session(
        id=session_id("ical", *names, repeated.astimezone(UTC).isoformat() if repeated else ""),
        title=one.title,
        starts=starts,
        ends=ends,
        room=text(event, "LOCATION"),
        track=", ".join(categories(event)),
        url=text(event, "URL"),
        abstract=text(event, "DESCRIPTION"),
    )


def moment(event: Component, name: str, zone: ZoneInfo) -> datetime:
    """Return a time of an entry, aware; one that names no zone is by the event's clocks. Raises InvalidInput."""
    value = single(event.get(name))
    if value is None:
        raise InvalidInput(_("It does not say when it begins."))
    return aware(value.dt, value.params, zone)


def aware(time: object, parameters: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    if not isinstance(time, datetime):
        raise InvalidInput(ALL_DAY)
    if time.tzinfo is not None:
        return time
    if named := parameters.get("TZID"):
        raise InvalidInput(_("Nobody knows its time zone “%(named)s”.", named=str(named)[:60]))
    return instant(time, zone).astimezone(zone)


def duration(event: Component, starts: datetime, zone: ZoneInfo) -> timedelta | None:
    """Return how long an entry lasts, None when it does not say."""
    if event.get("DTEND") is not None:
        return moment(event, "DTEND", zone).astimezone(UTC) - starts.astimezone(UTC)
    lasts = single(event.get("DURATION"))
    return lasts.dt if lasts is not None and isinstance(lasts.dt, timedelta) else None


def moved_from(one: Entry, zone: ZoneInfo) -> datetime | None:
    """Return when an entry that was moved, out of those that repeat, would have begun."""
    value = single(one.event.get("RECURRENCE-ID"))
    try:
        return aware(value.dt, value.params, zone) if value is not None else None
    except (BrokenCalendarProperty, AttributeError, InvalidInput):
        return None


def dates(event: Component, name: str, zone: ZoneInfo) -> list[datetime]:
    """Return the times of a list of times, such as EXDATE."""
    lists = event.get(name)
    found = lists if isinstance(lists, list) else [lists] if lists is not None else []
    return [
        aware(one.dt, getattr(each, "params", {}), zone)
        for each in found
        for one in getattr(each, "dts", ())
        if isinstance(one.dt, datetime)
    ]


def zone_of(one: Entry, timezone: str) -> str:
    """Return the name of the zone that an entry's beginning is written in."""
    value = single(one.event.get("DTSTART"))
    if value is None or value.dt.tzinfo is None:
        return timezone
    return str(getattr(value.dt.tzinfo, "key", None) or value.params.get("TZID") or "UTC")


def sequence(one: Entry) -> int:
    value = text(one.event, "SEQUENCE")
    return int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0


def categories(event: Component) -> Sequence[str]:
    value = single(event.get("CATEGORIES"))
    return [str(one) for one in getattr(value, "cats", ())][:3]


def text(event: Component, name: str) -> str:
    value = single(event.get(name))
    return "" if value is None else str(value)


def single(value: Any) -> Any:
    """Return a property, the first where an entry has several."""
    return value[0] if isinstance(value, list) and value else value

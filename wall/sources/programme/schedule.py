"""Sessions of a schedule.json, as pretalx and frab export it: schedule.conference.days[].rooms{}[]."""

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from wall.core.modes import instant
from wall.core.programme import Draft, Session
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.payload import mapping, mappings, string
from wall.sources.programme.entry import MOST_ENTRIES, Found, TooMuch, session, session_id

MOST_DAYS = 100
MOST_ROOMS_A_DAY = 200


def read(body: bytes, *, timezone: str) -> Draft:
    """Return the sessions of a schedule; raises InvalidInput when it is none."""
    conference = conference_of(body)
    named = string(conference, "time_zone_name")
    zone = ZoneInfo(named if named in available_timezones() else timezone)
    found = Found()
    zones: list[str] = []
    for number, (place, day, room, entry) in enumerate(entries(conference), 1):
        if number > MOST_ENTRIES:
            raise TooMuch(
                f"There are more than {MOST_ENTRIES:,} entries in it; that is no programme of one event."
            )
        title = words(entry.get("title"))
        try:
            found.take(parse(entry, day, room, zone))
            zones.append(zone.key)
        except TooMuch:
            raise
        except (InvalidInput, OverflowError) as error:
            reason = error.message if isinstance(error, InvalidInput) else "Its time cannot be meant."
            found.leave_out(place, title, reason)
    return found.draft("schedule.json", rooms=list(rooms_of(conference)), zones=zones)


def conference_of(body: bytes) -> Mapping[str, Any]:
    try:
        data = json.loads(body.decode("utf-8-sig", "replace"))
    except json.JSONDecodeError as error:
        raise InvalidInput(
            _("This is no JSON: line %(lineno)s, %(msg)s.", lineno=error.lineno, msg=error.msg), field="file"
        ) from error
    except (ValueError, RecursionError) as error:
        raise InvalidInput(
            _("This JSON is nested too deeply, or has numbers too long, to be read."), field="file"
        ) from error
    conference = mapping(mapping(mapping(data).get("schedule")).get("conference"))
    if not isinstance(conference.get("days"), list):
        raise InvalidInput(
            _("This JSON is no schedule.json: there is no schedule.conference.days in it."), field="file"
        )
    return conference


def entries(conference: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any], str, Mapping[str, Any]]]:
    """Yield every entry with its place in words, its day and its room."""
    for number, day in enumerate(mappings(conference["days"], limit=MOST_DAYS), 1):
        for room, found in list(mapping(day.get("rooms")).items())[:MOST_ROOMS_A_DAY]:
            for position, entry in enumerate(found if isinstance(found, list) else [found], 1):
                yield f"Day {number}, {room[:80]}, entry {position}", day, room, mapping(entry)


def rooms_of(conference: Mapping[str, Any]) -> Iterator[str]:
    """Yield the rooms in the order in which the conference names them, else in which its days do."""
    yield from (string(room, "name") for room in mappings(conference.get("rooms"), limit=MOST_ROOMS_A_DAY))
    for day in mappings(conference["days"], limit=MOST_DAYS):
        yield from list(mapping(day.get("rooms")))[:MOST_ROOMS_A_DAY]


def parse(entry: Mapping[str, Any], day: Mapping[str, Any], room: str, zone: ZoneInfo) -> Session:
    """Return the session of an entry; raises InvalidInput."""
    if not entry:
        raise InvalidInput(_("It is no entry of a programme."))
    starts = begins(entry, day, zone)
    length = duration(entry.get("duration"))
    title = words(entry.get("title"))
    known = next((entry[name] for name in ("guid", "code", "id") if entry.get(name) not in (None, "")), None)
    subtitle = words(entry.get("subtitle"))
    return session(
        id=session_id("schedule", str(known))
        if known is not None
        else session_id("schedule", title, room, starts),
        title=title,
        starts=starts,
        ends=starts + length if length else None,
        room=words(entry.get("room")) or room,
        speakers=[words(one.get("public_name") or one.get("name")) for one in mappings(entry.get("persons"))],
        track=words(entry.get("track")),
        url=string(entry, "url"),
        abstract=words(entry.get("abstract")) or subtitle or words(entry.get("description")),
    )


def begins(entry: Mapping[str, Any], day: Mapping[str, Any], zone: ZoneInfo) -> datetime:
    """Return when an entry begins: its own date with an offset, else its hour on its day, by the venue's clocks."""
    text = string(entry, "date")
    if len(text) > 10:
        try:
            found = datetime.fromisoformat(text)
        except ValueError as error:
            raise InvalidInput(_("“%(text)s” is no time.", text=text[:40])) from error
        return found.astimezone(UTC) if found.tzinfo else instant(found, zone)
    try:
        on = date.fromisoformat(text or string(day, "date"))
        hour = time.fromisoformat(string(entry, "start").zfill(5)).replace(tzinfo=None)
    except ValueError as error:
        raise InvalidInput(_("It does not say when it begins.")) from error
    if not text and is_of_the_night(hour, day, zone):
        on += timedelta(days=1)
    return instant(datetime.combine(on, hour), zone)


def is_of_the_night(hour: time, day: Mapping[str, Any], zone: ZoneInfo) -> bool:
    """Tell whether an hour belongs to the night after a day: the day's list goes on past midnight."""
    try:
        opening = datetime.fromisoformat(string(day, "day_start"))
    except ValueError:
        return False
    opens = opening.astimezone(zone) if opening.tzinfo else opening
    return hour < opens.time()


def duration(value: object) -> timedelta | None:
    """Return a length as H:MM, D:HH:MM or minutes; None for none. Raises InvalidInput."""
    if value in (None, "", 0):
        return None
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10_080:
        return timedelta(minutes=value)
    parts = value.split(":") if isinstance(value, str) and len(value) <= 10 else []
    if not 2 <= len(parts) <= 3 or not all(part.isascii() and part.isdigit() for part in parts):
        raise InvalidInput(_("“%(value)s” is no length of time.", value=str(value)[:20]))
    *days, hours, minutes = map(int, parts)
    return timedelta(days=days[0] if days else 0, hours=hours, minutes=minutes)


def words(value: object) -> str:
    """Return a text, or one in several languages: in English, else in the first."""
    if isinstance(value, dict):
        value = value.get("en") or next(iter(value.values()), "")
    return value if isinstance(value, str) else ""

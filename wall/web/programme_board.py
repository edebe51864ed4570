"""The sessions that a screen holds ready: room by room, with their times in words by the clocks of the venue.

Which of them run, the screen says by itself, so what is here stays the same for the whole of a day.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wall.core.modes import instant
from wall.core.programme import Programme, Session, same_room
from wall.core.words import ngettext
from wall.web.views import timestamp
from wall.web.when import weekday

AHEAD_DAYS = 2
MOST_SLOTS = 400
SPEAKERS = 3
ENDED_FOR = timedelta(hours=3)
"""How long a screen goes on saying that the programme is over."""


def board_view(
    programme: Programme, timezone: str, now: datetime, *, room: str = "", rooms: Sequence[str] = ()
) -> dict[str, Any] | None:
    """Return the sessions of today and tomorrow for a screen in a room, or of some rooms only; None for none.

    `until` is when there is nothing more to show of them.
    """
    ends = programme.ends()
    sessions = [one for one in window(programme, timezone, now) if wanted(one, rooms)]
    if not sessions:
        return None
    until = max(ends[one.id] for one in sessions) + ENDED_FOR
    if until <= now:
        return None
    zone = ZoneInfo(timezone)
    names = ["", *programme.rooms]
    kept = [(name, [one for one in sessions if one.room == name]) for name in names]
    return {
        "zone": timezone.rpartition("/")[2].replace("_", " "),
        "until": until,
        "rooms": [
            {
                "name": name,
                "own": bool(name and room and same_room(name, room)),
                "slots": [slot_view(one, ends, zone) for one in found],
            }
            for name, found in kept
            if found
        ],
    }


def window(programme: Programme, timezone: str, now: datetime) -> list[Session]:
    """Return the sessions of the venue's day and the next; of very many, those from this hour on."""
    zone = ZoneInfo(timezone)
    today = instant(datetime.combine(now.astimezone(zone).date(), time()), zone)
    # From the evening before: what ran past midnight, and what has just ended.
    first, last = today - timedelta(hours=6), today + timedelta(days=AHEAD_DAYS)
    ends = programme.ends()
    found = [one for one in programme.sessions if one.starts < last and ends[one.id] > first]
    if len(found) > MOST_SLOTS:
        hour = now.replace(minute=0, second=0, microsecond=0)
        found = [one for one in found if ends[one.id] > hour]
    return found[:MOST_SLOTS]


def wanted(one: Session, rooms: Sequence[str]) -> bool:
    return not rooms or not one.room or any(same_room(one.room, room) for room in rooms)


def slot_view(one: Session, ends: Mapping[str, datetime], zone: ZoneInfo) -> dict[str, str]:
    starts = one.starts.astimezone(zone)
    more = len(one.speakers) - SPEAKERS
    speakers = ", ".join(one.speakers[:SPEAKERS])
    if more > 0:
        speakers = ngettext("%(names)s and %(num)s more", "%(names)s and %(num)s more", more, names=speakers)
    return {
        "title": one.title,
        "speakers": speakers,
        "starts": timestamp(one.starts),
        "ends": timestamp(ends[one.id]),
        "midnight": timestamp(instant(datetime.combine(starts.date(), time()), zone)),
        "from": f"{starts:%H:%M}",
        "to": f"{one.ends.astimezone(zone):%H:%M}" if one.ends else "",
        "weekday": weekday(starts),
    }

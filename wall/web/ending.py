"""Until when something holds, in the days and times of the event's own place."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput

ENDS = {"never": "until it is turned off", "today": "until midnight", "event": "until the event is over"}


def ending(choice: str, event: Event, now: datetime, *, at: str = "") -> datetime | None:
    """Return when something ends that holds “never”, “today”, “event”, or “at” a local time; None is no end.

    Raises InvalidInput naming the field `until`.
    """
    if choice in ("", "never"):
        return None
    if choice == "today":
        return midnight_after(local(now, event).date(), event)
    if choice == "event":
        if event.ends is None:
            raise InvalidInput(_("The event's last day is not known; set it first."), field="until")
        until = midnight_after(event.ends, event)
    elif choice == "at":
        until = parse_local(at, event)
    else:
        raise InvalidInput(_("Choose an end of the list."), field="until")
    if until <= now:
        raise InvalidInput(_("That time is over already; choose a later one, or none."), field="until")
    return until


def parse_local(text: str, event: Event) -> datetime:
    try:
        return datetime.fromisoformat(text.strip()).replace(tzinfo=ZoneInfo(event.timezone)).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise InvalidInput(_("A time is written like 2026-06-12T18:30."), field="until") from error


def midnight_after(day: date, event: Event) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(event.timezone)).astimezone(UTC)


def local(moment: datetime, event: Event) -> datetime:
    """Return a point in time as the clocks of the event's place show it."""
    return moment.astimezone(ZoneInfo(event.timezone))

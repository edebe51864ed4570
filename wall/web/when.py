"""Points in time in words, as far from now as people think of them."""

from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

JUST_NOW = timedelta(seconds=10)
UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def ago(then: datetime, now: datetime) -> str:
    """Return how long ago something was: “just now”, “3 minutes ago”."""
    return "just now" if now - then < JUST_NOW else f"{span(now - then)} ago"


def until(then: datetime, now: datetime) -> str:
    """Return how soon something will be: “in 40 seconds”, or “now” when it is due."""
    return f"in {span(then - now)}" if then - now >= timedelta(seconds=1) else "now"


def again(seconds: float) -> str:
    """Return how long one has to wait, rounded up: “in 40 seconds”, “in 3 minutes”."""
    unit = 1 if seconds <= 60 else 60
    return f"in {span(timedelta(seconds=ceil(seconds / unit) * unit))}"


def span(length: timedelta) -> str:
    """Return a length of time in its largest unit."""
    seconds = max(1, int(length.total_seconds()))
    name, size = next((name, size) for name, size in UNITS if seconds >= size)
    count = seconds // size
    return f"{count} {name}" if count == 1 else f"{count} {name}s"


def clock(then: datetime, now: datetime, timezone: str) -> str:
    """Return a time of day at the event, with the day unless it is today's: “14:03”, “12 June, 14:03”."""
    zone = ZoneInfo(timezone)
    local = then.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return f"{local.day} {local:%B, %H:%M}"


def days(first: date, last: date) -> str:
    """Return the days from the first to the last, as they would stand on a poster: “12–14 June 2026”."""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    return f"{first.day} {first:%B} – {end}" if first.year == last.year else f"{first.day} {first:%B %Y} – {end}"

"""Points in time in words, as far from now as people think of them, and in the language of the page."""

from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton

from wall import catalogs
from wall.core.words import Words, _, ngettext
from wall.web import language

JUST_NOW = timedelta(seconds=10)
DAY, HOUR, MINUTE = 86_400, 3_600, 60


def ago(then: datetime, now: datetime) -> Words:
    """Return how long ago something was: “just now”, “3 minutes ago”."""
    seconds = whole(now - then)
    if now - then < JUST_NOW:
        return _("just now")
    if seconds >= DAY:
        return ngettext("%(num)s day ago", "%(num)s days ago", seconds // DAY)
    if seconds >= HOUR:
        return ngettext("%(num)s hour ago", "%(num)s hours ago", seconds // HOUR)
    if seconds >= MINUTE:
        return ngettext("%(num)s minute ago", "%(num)s minutes ago", seconds // MINUTE)
    return ngettext("%(num)s second ago", "%(num)s seconds ago", seconds)


def until(then: datetime, now: datetime) -> Words:
    """Return how soon something will be: “in 40 seconds”, or “now” when it is due."""
    return within(whole(then - now)) if then - now >= timedelta(seconds=1) else _("now")


def again(seconds: float) -> Words:
    """Return how long one has to wait, rounded up: “in 40 seconds”, “in 3 minutes”."""
    unit = 1 if seconds <= MINUTE else MINUTE
    return within(max(1, ceil(seconds / unit) * unit))


def within(seconds: int) -> Words:
    if seconds >= DAY:
        return ngettext("in %(num)s day", "in %(num)s days", seconds // DAY)
    if seconds >= HOUR:
        return ngettext("in %(num)s hour", "in %(num)s hours", seconds // HOUR)
    if seconds >= MINUTE:
        return ngettext("in %(num)s minute", "in %(num)s minutes", seconds // MINUTE)
    return ngettext("in %(num)s second", "in %(num)s seconds", seconds)


def span(length: timedelta) -> Words:
    """Return a length of time in its largest unit."""
    seconds = whole(length)
    if seconds >= DAY:
        return ngettext("%(num)s day", "%(num)s days", seconds // DAY)
    if seconds >= HOUR:
        return ngettext("%(num)s hour", "%(num)s hours", seconds // HOUR)
    if seconds >= MINUTE:
        return ngettext("%(num)s minute", "%(num)s minutes", seconds // MINUTE)
    return ngettext("%(num)s second", "%(num)s seconds", seconds)


def whole(length: timedelta) -> int:
    return max(1, int(length.total_seconds()))


def clock(then: datetime, now: datetime, timezone: str) -> str:
    """Return a time of day at the event, with the day unless it is today's: “14:03”, “12 June, 14:03”."""
    zone = ZoneInfo(timezone)
    local = then.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return f"{local:%H:%M}"
    return f"{day_and_month(local)}, {local:%H:%M}"


def day_and_month(day: date) -> str:
    """Return a day of any year: “12 June”."""
    return str(format_skeleton("MMMMd", day, locale=locale()))


def whole_day(day: date) -> str:
    """Return a day as a heading has it: “Friday, 12 June 2026”."""
    return format_date(day, "full", locale=locale())


def weekday(day: date) -> str:
    return format_date(day, "EEEE", locale=locale())


def days(first: date, last: date) -> str:
    """Return the days from the first to the last, as they would stand on a poster: “12–14 June 2026”."""
    end = format_date(last, "long", locale=locale())
    if first == last:
        return end
    if first.year != last.year:
        return f"{format_date(first, 'long', locale=locale())} – {end}"
    if first.month != last.month:
        return f"{day_and_month(first)} – {end}"
    dot = "." if end.startswith(f"{last.day}.") else ""
    return f"{first.day}{dot}–{end}"


def locale() -> Locale:
    return catalogs.locale(language.current())

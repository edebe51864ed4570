"""What repeats: the beginnings of one entry within a window, by the clocks of its zone (RRULE of RFC 5545).

Only rules that a programme can mean are followed, so that each is at an end after a bounded number of steps.
"""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any

from dateutil.rrule import rrulestr

from wall.core.words import _
from wall.errors import InvalidInput

KNOWN = {
    "FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS", "WKST",
}  # fmt: skip
EVERY = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
MOST_INTERVAL = 1_000
MOST_TIMES = 500
OLDEST = timedelta(days=20 * 366)


def beginnings(rule: Mapping[str, Any], starts: datetime, first: date, last: date) -> list[datetime]:
    """Return when something begins by a rule, from day to day, at the same hour of its own clocks.

    `starts` is the first time, aware. Raises InvalidInput for a rule that is not followed.
    """
    check(rule)
    local = starts.replace(tzinfo=None)
    if datetime.combine(first, time()) - local > OLDEST:
        raise InvalidInput(_("It began to repeat more than 20 years ago."))
    until = min(limit for limit in (datetime.combine(last, time.max), ends(rule, starts)) if limit)
    if until < local:
        return []
    text = ";".join(
        f"{name}={','.join(map(written, values))}"
        for name, values in rule.items()
        if name not in ("COUNT", "UNTIL")
    )
    try:
        times = iter(rrulestr(f"{text};UNTIL={until:%Y%m%dT%H%M%S}", dtstart=local))
        every = islice(times, number(rule, "COUNT", None))
        found = [one for one in every if one.date() >= first]
    except (ValueError, OverflowError, TypeError) as error:
        raise InvalidInput(_("Its rule for repeating cannot be read.")) from error
    if len(found) > MOST_TIMES:
        raise InvalidInput(_("It repeats more than %(most_times)s times.", most_times=MOST_TIMES))
    return [one.replace(tzinfo=starts.tzinfo) for one in found]


def check(rule: Mapping[str, Any]) -> None:
    every = str(rule.get("FREQ", [""])[0])
    if every not in EVERY or set(rule) - KNOWN:
        raise InvalidInput(_("It repeats within a day, or by a rule that no programme has."))
    if not 1 <= (number(rule, "INTERVAL", 1) or 0) <= MOST_INTERVAL or number(rule, "COUNT", 1) == 0:
        raise InvalidInput(_("Its rule for repeating never comes to an end, or never begins."))
    if any(len(values) > 100 for values in rule.values()):
        raise InvalidInput(_("Its rule for repeating is too long."))


def number(rule: Mapping[str, Any], name: str, missing: int | None) -> int | None:
    values = rule.get(name)
    if not values:
        return missing
    value = values[0]
    return min(int(value), 100_000) if isinstance(value, int) and value >= 0 else 0


def ends(rule: Mapping[str, Any], starts: datetime) -> datetime | None:
    """Return when a rule ends, by the clocks of the beginning's zone; None for never."""
    values = rule.get("UNTIL")
    if not values:
        return None
    until = values[0]
    if not isinstance(until, datetime):
        return datetime.combine(until, time.max)
    return until.astimezone(starts.tzinfo or UTC).replace(tzinfo=None) if until.tzinfo else until


def written(value: object) -> str:
    to_ical = getattr(value, "to_ical", None)
    return to_ical().decode() if to_ical else str(value)

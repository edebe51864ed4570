"""The form of an event's modes: the usual one, the schedule, the delay, and what earns trust."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from typing import Any, cast
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.modes import (
    CONSEQUENCES,
    DELAYS,
    MODES,
    MOST_APPROVALS,
    MOST_SPANS,
    NAMES,
    Mode,
    Modes,
    Span,
    is_skipped,
)
from wall.core.suspicion import DEFINITION
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.day_field import parse_day
from wall.web.event_form import one_of
from wall.web.lookout import modes_view
from wall.web.when import day_and_month

BLANK_ROWS = 2
FIRST_YEAR, LAST_YEAR = 2000, 2200


def parse_modes(values: Mapping[str, str], before: Event) -> Event:
    """Return an event with its modes as filled in; raises InvalidInput naming the field.

    What a moderator chose by hand goes on until the next boundary, unless the usual mode is changed.
    """
    mode = cast(Mode, one_of(MODES, values.get("mode", ""), field="mode"))
    modes = Modes(
        schedule=parse_schedule(values, ZoneInfo(before.timezone)),
        sessions=before.modes.sessions,
        by_hand=before.modes.by_hand if mode == before.mode else None,
        delay_seconds=parse_number(values, "delay_seconds", *DELAYS),
        approvals=parse_number(values, "approvals", 0, MOST_APPROVALS),
    )
    return replace(before, mode=mode, modes=modes)


def parse_schedule(values: Mapping[str, str], zone: ZoneInfo) -> tuple[Span, ...]:
    """Return the spans of the rows that are filled in, in their order in time."""
    spans = sorted(parse_rows(values, zone), key=lambda span: span.starts)
    for one, other in pairwise(spans):
        if other.starts < one.ends:
            raise InvalidInput(
                _(
                    "Two rows of the schedule hold at %(time)s on %(day)s.",
                    time=f"{other.starts:%H:%M}",
                    day=day_and_month(other.starts),
                ),
                field="schedule",
            )
    return tuple(spans)


def parse_rows(values: Mapping[str, str], zone: ZoneInfo) -> Iterator[Span]:
    for row in range(MOST_SPANS):
        parts = [values.get(f"{name}_{row}", "").strip() for name in ("day", "from", "to")]
        if not any(parts):
            continue
        day = parse_day({"schedule": parts[0]}, "schedule")
        if day is None or not all(parts) or not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise InvalidInput(_("A row of the schedule wants a day, a beginning and an end."), field="schedule")
        starts, ends = (datetime.combine(day, parse_time(part)) for part in parts[1:])
        if ends <= starts:
            ends += timedelta(days=1)  # past midnight
        for when in (starts, ends):
            if is_skipped(when, zone):
                raise InvalidInput(
                    _(
                        "%(time)s does not exist on %(day)s: clocks go forward then.",
                        time=f"{when:%H:%M}",
                        day=day_and_month(when),
                    ),
                    field="schedule",
                )
        mode = cast(Mode, one_of(MODES, values.get(f"mode_{row}", ""), field="schedule"))
        yield Span(starts=starts, ends=ends, mode=mode)


def parse_time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise InvalidInput(_("A time is written like 14:30."), field="schedule") from error


def parse_number(values: Mapping[str, str], field: str, least: int, most: int) -> int:
    text = values.get(field, "").strip()
    if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
        raise InvalidInput(_("A whole number from %(least)s to %(most)s.", least=least, most=most), field=field)
    return int(text)


def modes_section(event: Event, now: datetime) -> dict[str, Any]:
    """Return what the section of an event's page about its modes shows."""
    rows = [
        {
            "day": span.starts.date().isoformat(),
            "from": f"{span.starts:%H:%M}",
            "to": f"{span.ends:%H:%M}",
            "mode": span.mode,
        }
        for span in event.modes.schedule
    ]
    blank = {"day": "", "from": "", "to": "", "mode": event.mode}
    return {
        "usual": event.mode,
        "all": CONSEQUENCES,
        "names": NAMES,
        "suspicious": DEFINITION,
        "holding": modes_view(event, now),
        "delay_seconds": str(event.modes.delay_seconds),
        "approvals": str(event.modes.approvals),
        "rows": [*rows, *[blank] * min(BLANK_ROWS, MOST_SPANS - len(rows))],
    }

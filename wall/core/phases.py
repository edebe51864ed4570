"""Before, during and after an event: when each of them is, by its programme or else by its days."""

from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.programme import Programme

Phase = Literal["before", "during", "after"]
PHASES: tuple[Phase, ...] = get_args(Phase)


def spans(event: Event, programme: Programme) -> dict[Phase, tuple[int | None, int | None]]:
    """Return from when to when each phase is, in seconds, None where it is open; none of an event without times.

    The programme says it if there is one, from its first session's beginning to the last one's end.
    """
    found = times(event, programme)
    if found is None:
        return {}
    begins, ends = (int(moment.timestamp()) for moment in found)
    return {"before": (None, begins), "during": (begins, ends), "after": (ends, None)}


def times(event: Event, programme: Programme) -> tuple[datetime, datetime] | None:
    """Return when an event begins and ends, None when nobody said so."""
    if programme.sessions:
        return min(one.starts for one in programme.sessions), max(programme.ends().values())
    if event.starts is None:
        return None
    zone = ZoneInfo(event.timezone)
    last = event.ends or event.starts
    return datetime.combine(event.starts, time(), zone), datetime.combine(last + timedelta(days=1), time(), zone)

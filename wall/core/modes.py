"""The modes of an event: what becomes of a post that no rule holds, and which mode holds at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

Mode = Literal["everything waits", "trusted go through", "hold the suspicious", "open with delay"]
MODES: tuple[Mode, ...] = get_args(Mode)

CONSEQUENCES: dict[Mode, str] = {
    "everything waits": "Nothing is shown to anyone until a moderator approves it.",
    "trusted go through": "Posts of trusted authors are on the wall at once. All others wait here.",
    "hold the suspicious": "Posts are on the wall at once, unless something about them is suspicious.",
    "open with delay": "Posts go on the wall by themselves after a delay, unless a moderator stops them.",
}
"""What each mode means, in words for the staff. Whatever it is, what a rule holds and what is sensitive waits."""

DELAYS = (5, 600)  # seconds
MOST_APPROVALS = 50
MOST_SPANS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of the schedule: from and until when, as the clocks of the venue show it, and the mode that holds.

    A time that comes twice, when clocks are put back, means the first.
    """

    starts: datetime
    ends: datetime
    mode: Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A mode that a moderator chose, and when: it holds until the schedule's next boundary after that."""

    mode: Mode
    at: datetime
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Modes:
    """What is set for the modes of an event.

    `delay_seconds` is for “open with delay”. An author is trusted after so many `approvals`, 0 for never.
    """

    schedule: tuple[Span, ...] = ()
    by_hand: ByHand | None = None
    delay_seconds: int = 30
    approvals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The mode that holds, until when if the schedule ends it, and who chose it if that was done by hand."""

    mode: Mode
    until: datetime | None = None
    by: str | None = None


def holding(usual: Mode, modes: Modes, timezone: str, now: datetime) -> Holding:
    """Return which mode holds: the schedule's, else the usual one, unless one was chosen by hand since."""
    times = boundaries(modes.schedule, timezone)
    last = max((time for time in times if time <= now), default=None)
    ahead = [time for time in times if time > now]

    def planned(time: datetime) -> Mode:
        return next(
            (mode for start, end, mode in instants(modes.schedule, timezone) if start <= time < end), usual
        )

    by_hand = modes.by_hand
    if by_hand is None or (last is not None and by_hand.at < last):
        by_hand = None
    mode = by_hand.mode if by_hand else planned(now)
    until = next((time for time in ahead if planned(time) != mode), None)
    return Holding(mode=mode, until=until, by=by_hand.by if by_hand else None)


def boundaries(schedule: tuple[Span, ...], timezone: str) -> list[datetime]:
    """Return when a span begins or ends, in order."""
    return sorted({time for start, end, _ in instants(schedule, timezone) for time in (start, end)})


@lru_cache(maxsize=256)
def instants(schedule: tuple[Span, ...], timezone: str) -> tuple[tuple[datetime, datetime, Mode], ...]:
    zone = ZoneInfo(timezone)
    return tuple((instant(span.starts, zone), instant(span.ends, zone), span.mode) for span in schedule)


def instant(local: datetime, zone: ZoneInfo) -> datetime:
    """Return when the clocks of a zone show a time; one that they skip is as long after the gap as it was into it."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def is_skipped(local: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the clocks of a zone never show a time, because they are put forward over it."""
    return instant(local, zone).astimezone(zone).replace(tzinfo=None, fold=0) != local

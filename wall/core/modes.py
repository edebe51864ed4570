"""The modes of an event: what becomes of a post that no rule holds, and which mode holds at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from wall.core.words import _

Mode = Literal["everything waits", "trusted go through", "hold the suspicious", "open with delay"]
MODES: tuple[Mode, ...] = get_args(Mode)

NAMES: dict[Mode, str] = {
    "everything waits": _("Everything waits"),
    "trusted go through": _("Trusted go through"),
    "hold the suspicious": _("Hold the suspicious"),
    "open with delay": _("Open with delay"),
}
"""What each mode is called by people."""

CONSEQUENCES: dict[Mode, str] = {
    "everything waits": _("Nothing is shown to anyone until a moderator approves it."),
    "trusted go through": _("Posts of trusted authors are on the wall at once. All others wait here."),
    "hold the suspicious": _("Posts are on the wall at once, unless something about them is suspicious."),
    "open with delay": _("Posts go on the wall by themselves after a delay, unless a moderator stops them."),
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
class SessionSpan:
    """A session of the programme that has a mode of its own: from and until when, and what it is called."""

    starts: datetime
    ends: datetime
    mode: Mode
    title: str


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
    `sessions` are those of the programme that have a mode; what changes the programme writes them here in one step.
    """

    schedule: tuple[Span, ...] = ()
    sessions: tuple[SessionSpan, ...] = ()
    by_hand: ByHand | None = None
    delay_seconds: int = 30
    approvals: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """The mode that holds, until when if that is planned, and why: who chose it by hand, or the session it is for."""

    mode: Mode
    until: datetime | None = None
    by: str | None = None
    session: str | None = None


@dataclass(frozen=True, slots=True)
class Planned:
    """What is planned at a time, and for which session."""

    mode: Mode
    session: str | None = None


def holding(usual: Mode, modes: Modes, timezone: str, now: datetime) -> Holding:
    """Return which mode holds: the session's, else the schedule's, else the usual one, unless chosen by hand since."""
    times = boundaries(modes, timezone)
    last = max((time for time in times if time <= now), default=None)
    ahead = [time for time in times if time > now]
    by_hand = modes.by_hand
    if by_hand is None or (last is not None and by_hand.at < last):
        by_hand = None
    plan = planned(usual, modes, timezone, now)
    mode = by_hand.mode if by_hand else plan.mode
    until = next((time for time in ahead if planned(usual, modes, timezone, time).mode != mode), None)
    return Holding(
        mode=mode,
        until=until,
        by=by_hand.by if by_hand else None,
        session=None if by_hand else plan.session,
    )


def planned(usual: Mode, modes: Modes, timezone: str, time: datetime) -> Planned:
    """Return what is planned at a time; of several sessions in different rooms, the mode that lets least through."""
    running = [one for one in modes.sessions if one.starts <= time < one.ends]
    if running:
        one = min(running, key=lambda one: MODES.index(one.mode))
        return Planned(one.mode, one.title)
    spans = instants(modes.schedule, timezone)
    return Planned(next((mode for start, end, mode in spans if start <= time < end), usual))


def boundaries(modes: Modes, timezone: str) -> list[datetime]:
    """Return when a span of the schedule or a session with a mode begins or ends, in order."""
    scheduled = {time for start, end, _ in instants(modes.schedule, timezone) for time in (start, end)}
    return sorted(scheduled | {time for one in modes.sessions for time in (one.starts, one.ends)})


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

"""The course of an event, out of its ledger: how much there was when, by the clocks of the venue."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

import numpy as np

from wall.core.ledger import ANSWER, EVERYTHING, ROW, STATUSES, VOID, Chosen, Columns, Ledger, Rows, Scope
from wall.core.moderation import Status

Grain = Literal["hour", "day", "week", "month"]
HOURS_UP_TO, DAYS_UP_TO, WEEKS_UP_TO = timedelta(days=3), timedelta(days=70), timedelta(days=600)
MOST_PERIODS = 1_200
"""A clock that is wrong writes of the year 1970 or 2038; what does not fit is in the first or the last month."""
OUTCOMES: tuple[tuple[Status, ...], ...] = (
    (Status.APPROVED,),
    (Status.REJECTED, Status.REMOVED),
    (Status.WAITING, Status.STASHED, Status.GROUPED, Status.WITHDRAWN),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """An hour, a day, a week or a month: when it begins (seconds), and what was written in it.

    `posts` are those on the wall, `new` is how many people were heard in it for the first time of all, and `outcomes`
    are all posts that came, by what became of them: on the wall, refused, neither.
    """

    begins: int
    posts: int = 0
    new: int = 0
    outcomes: tuple[int, ...] = (0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """Periods from the first post to the last, without holes; `heat` is posts by weekday (0: Monday) and hour."""

    grain: Grain = "hour"
    periods: tuple[Period, ...] = ()
    heat: Mapping[tuple[int, int], int] = field(default_factory=dict)

    @property
    def busiest(self) -> Period | None:
        """The period with most posts, the first of several; None where there are none."""
        best = max(self.periods, key=lambda one: one.posts, default=None)
        return best if best and best.posts else None


def course(ledger: Ledger, scope: Scope = EVERYTHING, timezone: str = "UTC") -> Course:
    """Return the course of what was written within a scope, by the clocks of a time zone."""
    came = ledger.within(scope) & ~ledger.flagged(ANSWER)
    chosen = came & ledger.on_wall
    rows = ledger.rows[came]
    if not rows.size:
        return Course()
    zone = ZoneInfo(timezone)
    first, last = int(rows["written"].min()), int(rows["written"].max())
    grain = grain_of(last - first)
    begins = beginnings(first, last, grain, zone)
    shown = ledger.rows[chosen]
    posts = counted(shown, begins)
    new = counted(ledger.rows[firsts(ledger) & chosen], begins)
    outcomes = [counted(rows[within(rows, statuses)], begins) for statuses in OUTCOMES]
    return Course(
        grain=grain,
        periods=tuple(
            Period(begins=begin, posts=number, new=fresh, outcomes=tuple(became))
            for begin, number, fresh, *became in zip(begins, posts, new, *outcomes, strict=True)
        ),
        heat=heat(shown, zone),
    )


def as_of(ledger: Ledger, moment: int) -> Ledger:
    """Return what of a ledger was there at a moment: without what came, was shown or was decided only later.

    What was taken away since then stays away, for of that there is no row that stands on the wall.
    """
    rows = ledger.rows
    later = (rows["status"] == STATUSES.index(Status.APPROVED)) & (rows["shown"] > moment)
    status = np.where(later, np.uint8(STATUSES.index(Status.WAITING)), rows["status"])
    undecided = rows["decided"] > moment
    then = {
        "status": np.where(rows["received"] > moment, np.uint8(VOID), status),
        "decided": np.where(undecided, 0, rows["decided"]),
        "decider": np.where(undecided, 0, rows["decider"]),
    }
    columns = {name: rows[name] for name in ROW.names or ()} | then
    return Ledger(Columns(columns), ledger.ties, ledger.names, ledger.version, ledger.during)


def grain_of(seconds: int) -> Grain:
    """Return by what a span is counted, so that there are enough bars and not too many."""
    span = timedelta(seconds=seconds)
    if span <= HOURS_UP_TO:
        return "hour"
    if span <= DAYS_UP_TO:
        return "day"
    return "week" if span <= WEEKS_UP_TO else "month"


def beginnings(first: int, last: int, grain: Grain, zone: ZoneInfo) -> list[int]:
    """Return when each hour, day, week or month begins, from that of the first post to that of the last."""
    begin = beginning(datetime.fromtimestamp(first, zone), grain)
    found: list[int] = []
    while (moment := int(begin.timestamp())) <= last and len(found) < MOST_PERIODS:
        found.append(moment)
        begin = following(begin, grain)
    return found


def beginning(moment: datetime, grain: Grain) -> datetime:
    if grain == "hour":
        return moment.replace(minute=0, second=0, microsecond=0)
    day = moment.replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if grain == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if grain == "month" else day


def following(begin: datetime, grain: Grain) -> datetime:
    """Return when the next period begins; an hour is one of the sun's, also when clocks change."""
    if grain == "hour":
        return (begin.astimezone(UTC) + timedelta(hours=1)).astimezone(begin.tzinfo)
    if grain == "month":
        return (begin + timedelta(days=32)).replace(day=1)
    return begin + timedelta(days=7 if grain == "week" else 1)


def counted(rows: Rows, begins: list[int]) -> list[int]:
    places = np.searchsorted(np.asarray(begins), rows["written"], side="right") - 1
    return [int(number) for number in np.bincount(np.clip(places, 0, None), minlength=len(begins))]


def within(rows: Rows, statuses: tuple[Status, ...]) -> Chosen:
    return np.isin(rows["status"], [STATUSES.index(one) for one in statuses])


def firsts(ledger: Ledger) -> Chosen:
    """Return which rows are the first of their authors that stand on the wall."""
    shown = np.flatnonzero(ledger.on_wall)
    order = shown[np.argsort(ledger.rows["written"][shown], kind="stable")]
    _, places = np.unique(ledger.rows["author"][order], return_index=True)
    chosen = np.zeros(len(ledger.rows), dtype=np.bool_)
    chosen[order[places]] = True
    return chosen


def heat(rows: Rows, zone: ZoneInfo) -> dict[tuple[int, int], int]:
    """Return posts by weekday and hour, as the clocks there showed them: quarters of hours are counted first."""
    quarters, numbers = np.unique(rows["written"] // 900, return_counts=True)
    found: dict[tuple[int, int], int] = {}
    for quarter, number in zip(quarters.tolist(), numbers.tolist(), strict=True):
        local = datetime.fromtimestamp(quarter * 900, zone)
        place = (local.weekday(), local.hour)
        found[place] = found.get(place, 0) + number
    return found

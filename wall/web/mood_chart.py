"""The chart of which way an event's mood goes: an hour a column, above or below the hours before it, never how high."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from wall.core.mood_figures import Course, Direction, Hour, Movement
from wall.core.programme import Programme
from wall.web.mood_view import DIRECTIONS, clock

WIDTH, HEIGHT, MIDDLE = 720, 228, 84
REACH = 60
"""Units of the drawing from the line of the hours before to the farthest mark."""
WIDEST = 0.4
"""The change that reaches so far, on a scale of two; what changes more is drawn as much."""
COVERAGE_FOOT, COVERAGE = 196, 30
MOST_HOURS = 48
EVERY = 8
"""Clocks that have room below the hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One hour as it is drawn: where its mark stands, how far off it may be, and how many of its posts were scored."""

    x: float
    width: float
    y: float | None
    low: float
    high: float
    posts: float
    scored: float
    clock: str
    day: str
    direction: Direction
    movement: Movement
    labelled: bool

    @property
    def words(self) -> str:
        return DIRECTIONS[self.direction]


def columns(course: Course, timezone: str, *, from_right: bool = False) -> list[Column]:
    """Return the newest hours of a course as they are drawn: in the direction in which the page is read."""
    hours = course.hours[-MOST_HOURS:]
    width = WIDTH / max(len(hours), 6)
    most = max((one.movement.posts for one in hours), default=1)
    every = -(-len(hours) // EVERY)
    return [
        column(
            hour,
            WIDTH - (place + 1) * width if from_right else place * width,
            width,
            most,
            timezone,
            labelled=place % every == 0,
        )
        for place, hour in enumerate(hours)
    ]


def column(hour: Hour, x: float, width: float, most: int, timezone: str, *, labelled: bool) -> Column:
    told, zone = hour.movement, ZoneInfo(timezone)
    change, off = told.change, 2 * (told.error or 0.0)
    return Column(
        x=round(x, 1),
        width=round(width, 1),
        y=None if change is None else height(change),
        low=height((change or 0.0) - off),
        high=height((change or 0.0) + off),
        posts=round(COVERAGE * told.posts / most, 1),
        scored=round(COVERAGE * told.scored / most, 1),
        clock=clock(hour.begins, timezone),
        day=datetime.fromtimestamp(hour.begins, zone).date().isoformat(),
        direction=told.direction,
        movement=told,
        labelled=labelled,
    )


def height(change: float) -> float:
    """Return where a change is drawn: up is better."""
    return round(MIDDLE - REACH * max(-1.0, min(1.0, change / WIDEST)), 1)


def sessions(
    found: dict[str, Movement], programme: Programme, timezone: str
) -> list[tuple[str, str, Movement, str]]:
    """Return the sessions of a programme that posts are of, in order of time: when, title, movement and its words."""
    return [
        (
            clock(int(one.starts.timestamp()), timezone),
            one.title,
            found[one.id],
            DIRECTIONS[found[one.id].direction],
        )
        for one in sorted(programme.sessions, key=lambda one: one.starts)
        if one.id in found
    ]

"""All figures of one scope together, as pages and reports show them."""

from collections.abc import Collection
from dataclasses import dataclass

from wall.core.course import Course, as_of, course
from wall.core.event_figures import DeskFigures, EventFigures, desk_figures, event_figures
from wall.core.ledger import Ledger, Scope


@dataclass(frozen=True, slots=True)
class Counted:
    """What there is to tell of a scope: of the posts on the wall, of the desk, and of both over time."""

    figures: EventFigures
    desk: DeskFigures
    course: Course


def counted(
    ledger: Ledger, scope: Scope, timezone: str, *, own: Collection[str] = (), moment: int | None = None
) -> Counted:
    """Return the figures of a scope by the clocks of a time zone, as they were at a moment if one is given.

    `own` are the event's hashtag keys, which most posts have and no list names.
    """
    there = ledger if moment is None else as_of(ledger, moment)
    return Counted(
        event_figures(there, scope, own=own), desk_figures(there, scope), course(there, scope, timezone)
    )

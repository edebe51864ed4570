"""The team at the desk: who is there, which waiting posts each holds, and how they stand with what they decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wall.core.decision import Kind
from wall.core.moderation import Standing, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One open page of the desk, the person at it, and the waiting posts it holds for them.

    It is there until `here`, and its person is at work until `busy`; both are renewed by the page.
    """

    id: str
    person_id: str
    name: str
    here: datetime
    busy: datetime
    posts: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Team:
    """The desks that are open, by name. `turn` grows with each change; `until` is when the first lease here ends."""

    turn: int
    desks: Sequence[Desk]
    until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A decision that somebody took: what the post was before it, and what it came to by it."""

    id: str
    post_id: str
    kind: Kind
    was: Status
    status: Status
    version: int
    at: datetime


def may_undo(taken: Taken, standing: Standing) -> bool:
    """Tell whether nobody, not even who took it, changed the post since a decision."""
    return taken.kind != "undo" and standing.version == taken.version and standing.before is not None

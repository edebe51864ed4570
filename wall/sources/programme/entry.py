"""One entry of a foreign programme, checked and cleaned into a session; and the reasons of those that were not."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from wall.core.link import safe_href
from wall.core.programme import LONGEST, MOST_ROOMS, MOST_SESSIONS, Draft, Session
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidInput

FIRST_YEAR, LAST_YEAR = 2000, 2200
TITLE = 200  # graphemes
ABSTRACT = 300
MOST_SPEAKERS = 12
MOST_ENTRIES = 5_000
MOST_REASONS = 50
READ = 4_000  # characters of any text; more is cut before anybody looks at it


def session_id(*parts: object) -> str:
    """Return an id that is the same whenever these parts are."""
    return hashlib.sha256(repr(parts).encode("utf-8", "replace")).hexdigest()[:16]


def session(
    *,
    id: str,
    title: str,
    starts: datetime,
    ends: datetime | None,
    room: str = "",
    speakers: Sequence[str] = (),
    track: str = "",
    url: str = "",
    abstract: str = "",
    by_hand: bool = False,
) -> Session:
    """Return a session of what somebody wrote; raises InvalidInput saying what is wrong with it."""
    named = line(title, TITLE)
    if not named:
        raise InvalidInput(_("It has no title."), field="title")
    if not FIRST_YEAR <= starts.year <= LAST_YEAR:
        raise InvalidInput(_("The year %(year)s cannot be meant.", year=starts.year), field="day")
    starts, ends = starts.astimezone(UTC), ends.astimezone(UTC) if ends else None
    if ends is not None and ends < starts:
        raise InvalidInput(_("It ends before it begins."), field="ends")
    if ends is not None and ends - starts > LONGEST:
        raise InvalidInput(_("It lasts longer than %(days)s days.", days=LONGEST.days), field="ends")
    return Session(
        id=id,
        title=named,
        starts=starts,
        ends=ends if ends != starts else None,
        room=clean_name(room),
        speakers=tuple(name for one in speakers[:MOST_SPEAKERS] if (name := clean_name(one))),
        track=clean_name(track),
        url=safe_href(url) or "",
        abstract=line(abstract, ABSTRACT),
        by_hand=by_hand,
    )


def line(text: str, limit: int) -> str:
    return clean(" ".join(text[:READ].split()), limit=limit, lines=1)


@dataclass(slots=True)
class Found:
    """What was found in a file so far."""

    sessions: list[Session] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    reasons: list[str] = field(default_factory=list)
    count: int = 0

    def take(self, one: Session) -> None:
        """Take a session; one whose id is taken gets the next that is free. Raises InvalidInput for too many."""
        id, number = one.id, 1
        while id in self.ids:
            number += 1
            id = session_id(one.id, number)
        self.ids.add(id)
        self.sessions.append(replace(one, id=id))
        if len(self.sessions) > MOST_SESSIONS:
            raise TooMuch(
                f"There are more than {MOST_SESSIONS:,} sessions in it; that is no programme of one event."
            )

    def leave_out(self, place: str, title: str, reason: str) -> None:
        self.count += 1
        if len(self.reasons) < MOST_REASONS:
            name = line(title, 60)
            self.reasons.append(f"{place} (“{name}”): {reason}" if name else f"{place}: {reason}")

    def draft(self, kind: str, *, rooms: Sequence[str] = (), zones: Sequence[str] = ()) -> Draft:
        used = {one.room for one in self.sessions if one.room}
        if len(used) > MOST_ROOMS:
            raise TooMuch(f"There are {len(used)} rooms in it; at most {MOST_ROOMS} are taken.")
        ordered = tuple(sorted(self.sessions, key=lambda one: (one.starts, one.room, one.id)))
        return Draft(
            kind=kind,
            sessions=ordered,
            rooms=tuple(dict.fromkeys(name for room in rooms if (name := clean_name(room)) in used)),
            zones=tuple(dict.fromkeys(zones)),
            left_out=tuple(self.reasons),
            left_out_count=self.count,
        )


class TooMuch(InvalidInput):
    """A file holds more than any programme does, and nothing of it is taken."""

"""Which posts are in a transcript, and in which order: sections, and threads in them. Holds no words of any post."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from wall.core.excerpt import Span, spans
from wall.core.programme import OVERRUN, Programme, Session


@dataclass(frozen=True, slots=True)
class Row:
    """A post in the plan: when it was written, its id, and that of the post it answers."""

    at: datetime
    id: str
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Posts under one heading: a day, what ran at the time, or a question of a chat.

    `number` is its place, from 1 on. With `opens_day`, the day is told before it. `question` is the number of a
    question in its chat, 0 for what answers none, None where there is no chat; `text` is its words.
    """

    number: int
    day: date
    opens_day: bool = False
    sessions: tuple[Session, ...] = ()
    question: int | None = None
    text: str = ""
    rows: tuple[Row, ...] = ()

    def threads(self) -> Iterator[Row]:
        """Yield its posts by time, each followed by what answers it and was written later."""
        here = {row.id: place for place, row in enumerate(self.rows)}
        answers: dict[str, list[Row]] = defaultdict(list)
        first = []
        for place, row in enumerate(self.rows):
            if row.answers is not None and here.get(row.answers, place) < place:
                answers[row.answers].append(row)
            else:
                first.append(row)
        for one in first:
            ahead = [one]
            while ahead:
                row = ahead.pop()
                yield row
                ahead += reversed(answers.get(row.id, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The sections of a transcript. `letters` are all those in its posts, which says what fonts it takes."""

    sections: tuple[Section, ...] = ()
    people: int = 0
    letters: frozenset[str] = field(default_factory=frozenset)

    @property
    def posts(self) -> int:
        return sum(len(section.rows) for section in self.sections)

    @property
    def first(self) -> datetime | None:
        """When the first of its posts was written."""
        return min((section.rows[0].at for section in self.sections if section.rows), default=None)

    @property
    def last(self) -> datetime | None:
        return max((section.rows[-1].at for section in self.sections if section.rows), default=None)

    def numbers(self) -> dict[str, int]:
        """Return the place of each post by time, from 1 on, by its id."""
        rows = sorted((row.at, row.id) for section in self.sections for row in section.rows)
        return {id: place for place, (_at, id) in enumerate(rows, start=1)}


class Timetable:
    """Which sessions of a programme ran when, and which of them a post is of."""

    def __init__(self, programme: Programme) -> None:
        self.spans = spans(programme, list(programme.sessions))
        self.times = sorted(
            {time for one in self.spans for time in (one.session.starts, one.ends, one.ends + OVERRUN)}
        )
        self.near: dict[int, list[Span]] = {}

    def running(self, at: datetime) -> tuple[Session, ...]:
        """Return the sessions that ran by the clock."""
        return tuple(one.session for one in self._near(at) if one.session.starts <= at < one.ends)

    def of(self, at: datetime, tags: Collection[str]) -> list[Session]:
        """Return the sessions that something written then, with the keys of these hashtags, is of."""
        return [one.session for one in self._near(at) if one.covers(at, tags)]

    def _near(self, at: datetime) -> list[Span]:
        slot = bisect_right(self.times, at)
        if slot not in self.near:
            self.near[slot] = [one for one in self.spans if one.session.starts <= at < one.ends + OVERRUN]
        return self.near[slot]


def by_time(
    rows: Iterable[Row], timetable: Timetable, zone: ZoneInfo, *, only: Session | None = None
) -> tuple[Section, ...]:
    """Return sections of posts by time: another one with each day, and whenever another set of sessions runs.

    Where `only` one session is asked for, it is the heading of all.
    """

    def heading(row: Row) -> tuple[date, tuple[Session, ...]]:
        return row.at.astimezone(zone).date(), (only,) if only else timetable.running(row.at)

    found: list[Section] = []
    for (day, sessions), some in groupby(sorted(rows, key=lambda row: (row.at, row.id)), heading):
        found.append(
            Section(
                number=len(found) + 1,
                day=day,
                opens_day=not found or found[-1].day != day,
                sessions=sessions,
                rows=tuple(some),
            )
        )
    return tuple(found)


def by_question(parts: Sequence[tuple[int, str, Sequence[Row]]], zone: ZoneInfo) -> tuple[Section, ...]:
    """Return sections of an edition of a chat: the number of each question, its words, and what was said to it."""
    kept = [part for part in parts if part[2]]
    return tuple(
        Section(
            number=number,
            day=rows[0].at.astimezone(zone).date(),
            opens_day=number == 1,
            question=question,
            text=text,
            rows=tuple(rows),
        )
        for number, (question, text, rows) in enumerate(kept, start=1)
    )

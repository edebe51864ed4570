"""The figures of an event, or of a part of it, out of its ledger: what a sponsor, a team and an organiser ask."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np

from wall.core.counts import (
    Count,
    Numbers,
    Wait,
    by,
    counted,
    distinct,
    gini,
    most,
    most_used,
    reaching,
    wait,
)
from wall.core.ledger import (
    ANSWER,
    ASKS,
    EVERYTHING,
    NAMES_OF,
    PICTURED,
    STATUSES,
    WHERE,
    Chosen,
    Ledger,
    NameKind,
    Rows,
    Scope,
    TieKind,
)

__all__ = ["Count", "DeskFigures", "EventFigures", "Wait", "desk_figures", "event_figures"]

DAY, HOUR = 86_400, 3_600
MOST_PEOPLE = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFigures:
    """What is counted of the posts on the wall within a scope; `first` and `last` are when they were written.

    People are authors. `new` are those of whom nothing stood on the wall before the scope begins, `half` is how many
    people wrote half of all posts, `eighty` how many wrote eighty of a hundred. `top` are the most active. `hours` are
    posts by the hour that began then. What is listed most used comes with its people; what was most answered, passed
    on or reacted to comes as the post's id. A post may be of several sessions that run at once.
    """

    posts: int = 0
    people: int = 0
    new: int = 0
    first: int = 0
    last: int = 0
    replies: int = 0
    questions: int = 0
    pictured: int = 0
    mentioning: int = 0
    several_hashtags: int = 0
    linking: int = 0
    reposts: int = 0
    reactions: int = 0
    top: tuple[tuple[str, int], ...] = ()
    half: int = 0
    eighty: int = 0
    gini: float = 0
    hours: Mapping[int, int] = field(default_factory=dict)
    networks: Mapping[str, Count] = field(default_factory=dict)
    languages: Mapping[str, Count] = field(default_factory=dict)
    sessions: Mapping[str, Count] = field(default_factory=dict)
    where: Mapping[str, Count] = field(default_factory=dict)
    hashtags: tuple[tuple[str, Count], ...] = ()
    links: tuple[tuple[str, Count], ...] = ()
    mentioned: tuple[tuple[str, Count], ...] = ()
    most_replied: tuple[tuple[str, int], ...] = ()
    most_reposted: tuple[tuple[str, int], ...] = ()
    most_reacted: tuple[tuple[str, int], ...] = ()
    to_screen: Wait = Wait()

    @property
    def days(self) -> int:
        """How many days of twenty-four hours the posts span, begun ones counted."""
        return (self.last - self.first) // DAY + 1 if self.posts else 0

    @property
    def top_posts(self) -> int:
        """How many posts are of the most active."""
        return sum(number for _, number in self.top)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskFigures:
    """What moderators did with the posts that came within a scope; `decided` are by a person, by who that was."""

    came: int = 0
    statuses: Mapping[str, int] = field(default_factory=dict)
    decided: Mapping[str, int] = field(default_factory=dict)
    to_decision: Wait = Wait()

    @property
    def approval_rate(self) -> float | None:
        """The share that went on the wall of all that somebody or something decided, None before the first."""
        no = self.statuses.get("rejected", 0) + self.statuses.get("removed", 0)
        yes = self.statuses.get("approved", 0)
        return yes / (yes + no) if yes + no else None


def event_figures(ledger: Ledger, scope: Scope = EVERYTHING, *, own: Collection[str] = ()) -> EventFigures:
    """Return the figures of the posts on the wall within a scope; `own` are hashtag keys not listed among the used."""
    chosen = ledger.within(scope) & ledger.on_wall
    rows = ledger.rows[chosen]
    if not rows.size:
        return EventFigures()
    authors = rows["author"]
    people, each = counted(authors)
    descending = np.sort(each)[::-1]
    return EventFigures(
        posts=int(rows.size),
        people=int(people.size),
        new=int(people.size - np.isin(people, earlier_authors(ledger, scope)).sum()),
        first=int(rows["written"].min()),
        last=int(rows["written"].max()),
        replies=posts_with(ledger, "answers", chosen),
        questions=int(((rows["flags"] & ASKS) != 0).sum()),
        pictured=int(((rows["flags"] & PICTURED) != 0).sum()),
        mentioning=posts_with(ledger, "mentions", chosen),
        several_hashtags=posts_with(ledger, "hashtag", chosen, least=2),
        linking=posts_with(ledger, "link", chosen),
        reposts=int(rows["reposts"].sum(dtype=np.int64)),
        reactions=int(rows["reactions"].sum(dtype=np.int64)),
        top=tuple((ledger.name("author", place), number) for place, number in most(people, each)),
        half=reaching(descending, 50),
        eighty=reaching(descending, 80),
        gini=gini(descending),
        hours=by_hour(rows["written"]),
        networks=parts(ledger, rows, "network"),
        languages=parts(ledger, rows, "language"),
        sessions=sessions(ledger, rows, chosen),
        where={WHERE[place]: count for place, count in by(rows["where"], authors).items()},
        hashtags=used(ledger, "hashtag", chosen, leaving_out=own),
        links=used(ledger, "link", chosen),
        mentioned=used(ledger, "mentions", chosen),
        most_replied=leading(rows, "replies"),
        most_reposted=leading(rows, "reposts"),
        most_reacted=leading(rows, "reactions"),
        to_screen=wait(rows["shown"].astype(np.int64) - rows["received"]),
    )


def desk_figures(ledger: Ledger, scope: Scope = EVERYTHING) -> DeskFigures:
    """Return the figures of the desk for the posts that came within a scope."""
    rows = ledger.rows[ledger.within(scope) & ~ledger.flagged(ANSWER)]
    places, numbers = counted(rows["status"])
    done = rows[(rows["decided"] > 0) & (rows["decider"] > 0)]
    by_person = most(*counted(done["decider"]), many=MOST_PEOPLE)
    return DeskFigures(
        came=int(rows.size),
        statuses={STATUSES[place].value: number for place, number in most(places, numbers)},
        decided={ledger.name("person", place): number for place, number in by_person},
        to_decision=wait(done["decided"].astype(np.int64) - done["received"]),
    )


def by_hour(written: Numbers) -> dict[int, int]:
    hours, numbers = counted(written // HOUR)
    return dict(zip((hours * HOUR).tolist(), numbers.tolist(), strict=True))


def parts(ledger: Ledger, rows: Rows, kind: NameKind) -> dict[str, Count]:
    return {ledger.name(kind, place): count for place, count in by(rows[kind], rows["author"]).items()}


def sessions(ledger: Ledger, rows: Rows, chosen: Chosen) -> dict[str, Count]:
    """Return posts and people of each session, and under the empty name those of none."""
    ties = ledger.of_kind("during", chosen)
    in_one = np.zeros(chosen.size, dtype=bool)
    in_one[ties["row"]] = True
    none = ~in_one[chosen]
    places = np.concatenate((ties["to"], np.zeros(int(none.sum()), dtype=np.uint32)))
    authors = np.concatenate((ledger.rows["author"][ties["row"]], rows["author"][none]))
    return {ledger.name("session", place): count for place, count in by(places, authors).items()}


def used(
    ledger: Ledger, kind: TieKind, chosen: Chosen, *, leaving_out: Collection[str] = ()
) -> tuple[tuple[str, Count], ...]:
    """Return what most people used: names, with posts and people."""
    ties, names = ledger.of_kind(kind, chosen), NAMES_OF[kind]
    rows, places = distinct(ties["row"], ties["to"])
    without = [place for name in leaving_out if (place := ledger.place(names, name)) is not None]
    leaders = most_used(places, ledger.rows["author"][rows], leaving_out=without)
    return tuple((ledger.name(names, place), count) for place, count in leaders)


def posts_with(ledger: Ledger, kind: TieKind, chosen: Chosen, *, least: int = 1) -> int:
    """Return how many posts have so many different ties of a kind."""
    ties = ledger.of_kind(kind, chosen)
    if not ties["row"].size:
        return 0
    rows = ties["row"] if least == 1 else distinct(ties["row"], ties["to"])[0]
    return int((np.bincount(rows) >= least).sum())


def leading(rows: Rows, column: str) -> tuple[tuple[str, int], ...]:
    """Return the posts with the highest numbers in a column, those with none left out."""
    found = np.flatnonzero(rows[column] > 0)
    leaders = most(found, rows[column][found].astype(np.int64))
    return tuple((rows["id"][row].decode(), number) for row, number in leaders)


def earlier_authors(ledger: Ledger, scope: Scope) -> Numbers:
    """Return whose posts stood on the wall before a scope begins."""
    if scope.begins is None:
        return np.array([], dtype=np.int64)
    earlier = ledger.on_wall & (ledger.rows["written"] < scope.begins)
    return counted(ledger.rows["author"][earlier])[0]

"""Figures of some posts: who wrote how many, and when. Signed counters, so that posts come and go, and parts add up."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wall.core.continent import Continent

TOP = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What figures need to know of one post: whose it is, in which minute it came, what it answers, 0 for nothing."""

    author: str
    minute: int
    answers: int = 0
    host: bool = False
    continent: Continent = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Figures as they are shown. `new` are people of whom nothing came before, `top` the ten with most posts.

    `minutes` and `answers` are posts by minute and by number of the question; `continents` people.
    """

    posts: int = 0
    people: int = 0
    new: int = 0
    by_hosts: int = 0
    top: tuple[tuple[str, int], ...] = ()
    minutes: Mapping[int, int] = field(default_factory=dict)
    answers: Mapping[int, int] = field(default_factory=dict)
    continents: Mapping[str, int] = field(default_factory=dict)

    @property
    def top_share(self) -> int:
        """How many of a hundred posts are by the ten who wrote most."""
        return round(100 * sum(number for _, number in self.top) / self.posts) if self.posts else 0

    @property
    def placed(self) -> int:
        """Of how many people the continent is known."""
        return sum(self.continents.values())

    def minute_rows(self) -> list[tuple[int, int]]:
        """Return posts for each minute from the first to the last, also those without any."""
        if not self.minutes:
            return []
        span = range(min(self.minutes), max(self.minutes) + 1)
        return [(minute, self.minutes.get(minute, 0)) for minute in span]


class Tally:
    """Counts facts at a constant cost for each. `put` and `drop` come in any order; two tallies add up to one."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.people: Counter[str] = Counter()
        self.minutes: Counter[int] = Counter()
        self.answers: Counter[int] = Counter()
        self.where: Counter[tuple[str, Continent]] = Counter()

    def put(self, fact: Fact, by: int = 1) -> None:
        self.counts["posts"] += by
        self.counts["hosts"] += by * fact.host
        self.people[fact.author] += by
        self.minutes[fact.minute] += by
        self.answers[fact.answers] += by
        self.where[fact.author, fact.continent] += by

    def drop(self, fact: Fact) -> None:
        self.put(fact, -1)

    def __add__(self, other: "Tally") -> "Tally":
        both = Tally()
        for one in (self, other):
            both.counts.update(one.counts)
            both.people.update(one.people)
            both.minutes.update(one.minutes)
            both.answers.update(one.answers)
            both.where.update(one.where)
        return both

    def figures(self, before: Iterable[str] = ()) -> Figures:
        """Return what it comes to; `before` are the people of whom something came earlier."""
        people = +self.people
        known = {author: where for (author, where), number in self.where.items() if number > 0 and where}
        return Figures(
            posts=self.counts["posts"],
            people=len(people),
            new=len(people.keys() - set(before)),
            by_hosts=self.counts["hosts"],
            top=tuple(ranked(people)[:TOP]),
            minutes=dict(+self.minutes),
            answers={number: many for number, many in (+self.answers).items() if number},
            continents=dict(Counter(where for author, where in known.items() if author in people)),
        )


def ranked(people: Mapping[str, int]) -> list[tuple[str, int]]:
    """Return people by how many posts are theirs, those with most first."""
    return sorted(people.items(), key=lambda row: (row[1], row[0]), reverse=True)

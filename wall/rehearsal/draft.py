"""A post before it has its place in the record, and who writes it."""

from collections import Counter
from dataclasses import dataclass
from random import Random

from wall.rehearsal.people import Person
from wall.rehearsal.script import Remark

MOST_OF_ONE = 24


@dataclass(eq=False, slots=True)
class Draft:
    """One post: who, what, and seconds from midnight of the first day."""

    time: float
    person: Person
    remark: Remark
    answers: "Draft | None" = None
    edited: str | None = None
    deleted: bool = False

    @property
    def network(self) -> str:
        return "feed" if self.remark.network == "feed" else self.person.network


class Company:
    """Hands out authors: everyone writes at least once, and a few write far more than the rest."""

    def __init__(self, people: tuple[Person, ...], random: Random) -> None:
        self._by_key = {person.key: person for person in people}
        self._random = random
        self._posts = Counter[str]()
        self._choices: dict[str, tuple[list[Person], list[float]]] = {}
        self._crowd = [person for person in people if person.part in ("crowd", "named")]

    def author(self, remark: Remark, *, answers: Draft | None = None) -> Person:
        """Return who writes this: as the script says, who was answered, or anybody who speaks that language."""
        person = self._named(remark) or self._returning(remark, answers) or self._anybody(remark, answers)
        self._posts[person.key] += 1
        return person

    def posts(self, key: str) -> int:
        return self._posts[key]

    def wrote(self, key: str) -> Person:
        """Count a post of this author and return them."""
        self._posts[key] += 1
        return self._by_key[key]

    def _named(self, remark: Remark) -> Person | None:
        key = remark.author
        return self._by_key.get(key) or self._by_key.get(f"on-site-{key}")

    def _returning(self, remark: Remark, answers: Draft | None) -> Person | None:
        asked = answers.answers.person if answers and answers.answers else None
        if asked is None or asked.part in ("top", "speaker"):
            return None
        on_site = asked.network == "form"
        if on_site != (remark.network == "form") or remark.language not in asked.languages:
            return None
        return asked

    def _anybody(self, remark: Remark, answers: Draft | None) -> Person:
        people, weights = self._pool("form" if remark.network == "form" else remark.language)
        there = {answers.person.key} if answers else set[str]()
        free = [person for person in people if person.key not in there] or people
        new = [person for person in free if not self._posts[person.key]]
        if new and self._random.random() < 0.6:
            return self._random.choice(new)
        for person in self._random.choices(people, weights, k=40):
            if person.key not in there and self._posts[person.key] < MOST_OF_ONE:
                return person
        return self._random.choice(free)

    def _pool(self, language: str) -> tuple[list[Person], list[float]]:
        if language not in self._choices:
            people = [person for person in self._crowd if self._fits(person, language)] or self._pool("en")[0]
            shuffled = self._random.sample(people, len(people))
            self._choices[language] = shuffled, [1 / (rank + 3) for rank in range(len(shuffled))]
        return self._choices[language]

    @staticmethod
    def _fits(person: Person, language: str) -> bool:
        if person.network == "form":
            return language == "form"
        return language in person.languages

"""Where a post of a chat is gathered: in which edition, under which question, and what its figures count it as."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wall.core.answering import is_answer
from wall.core.continent import Continent, of_language
from wall.core.edition import Edition, at_time
from wall.core.figures import Fact
from wall.core.moderation import Standing, answered_id
from wall.core.numbered import label
from wall.core.participant import participant_of

Part = Literal["question", "answer", "said"]
REST = 0
"""The number of what answers no question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A post in its place: a host's asking of a question, an answer to one, or what was also said.

    `minute` is counted from the edition's opening. `own` says that `continent` is its author's word, not a guess by
    language.
    """

    edition: int
    part: Part
    question: int
    author: str
    at: datetime
    minute: int
    host: bool = False
    continent: Continent = ""
    own: bool = False

    @property
    def fact(self) -> Fact:
        return Fact(
            author=self.author,
            minute=self.minute,
            answers=self.question if self.part == "answer" else REST,
            host=self.host,
            continent=self.continent,
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a moderator put a post: an edition and a question of it, or REST."""

    edition: int
    question: int


def gather(
    standing: Standing,
    editions: Sequence[Edition],
    *,
    answers: Gathered | None,
    place: Place | None,
    continents: Mapping[str, Continent] | None,
) -> Gathered | None:
    """Return where a post goes as it stands; None for one that is not on the wall, or not of any edition.

    `answers` is where the post goes that this one replies to, `place` where a moderator put it. `continents` are those
    that participants gave, by author; None where the chat does not ask.
    """
    if not standing.visible or is_answer(standing.post):
        return None
    post = standing.post
    asked = answers if answers and answers.part == "question" else None
    number = place.edition if place else asked.edition if asked else None
    edition = (
        next((one for one in editions if one.number == number), None)
        if number is not None
        else at_time(editions, post.created_at)
    )
    if edition is None:
        return None
    host = edition.has_host(post)
    part, question = where(standing, host=host, asked=asked, place=place)
    own = participant_of(post.author.uid) is not None
    given = (continents or {}).get(post.author.uid, "")
    return Gathered(
        edition=edition.number,
        part=part,
        question=question,
        author=post.author.uid,
        at=post.created_at,
        minute=int((post.created_at - edition.opens).total_seconds() // 60),
        host=host,
        continent="" if continents is None else given if own else of_language(post.language),
        own=own,
    )


def where(standing: Standing, *, host: bool, asked: Gathered | None, place: Place | None) -> tuple[Part, int]:
    """Return as what a post counts, and under which number. A moderator's word comes first, then the post's own."""
    if place:
        return ("answer" if place.question else "said"), place.question
    said = label(standing.post.text)
    if said and said[0] == "Q" and host:
        return "question", said[1]
    if said and said[0] == "A":
        return "answer", said[1]
    return ("answer", asked.question) if asked else ("said", REST)


def replied_to(standing: Standing) -> str | None:
    """Return the id of the post that one replies to."""
    return answered_id(standing.post)

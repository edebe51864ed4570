"""Letters that warn staff: of what is about to be erased, and of new ways into their account."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal

from wall.core.languages import Language
from wall.core.people import Person

LetterKind = Literal["retention", "erasure", "browser", "way", "moved"]

FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=1)
GIVEN_UP = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """What somebody is to be told by mail, in their language; its id is the same for the same thing told.

    `about` is the last day of what is kept, when an erasure was wished for, the browser, or the way in. A “moved”
    letter goes to the address that somebody had until then.
    """

    id: str
    kind: LetterKind
    person: str
    to: str
    language: Language
    at: datetime
    slug: str = ""
    about: str = ""
    tries: int = 0
    next_at: datetime | None = None

    def due(self, now: datetime) -> bool:
        return self.next_at is None or self.next_at <= now

    def later(self, now: datetime) -> "Letter | None":
        """Return the letter after one more try that failed, None when it was tried for long enough."""
        if now - self.at >= GIVEN_UP:
            return None
        pause = min(FIRST_PAUSE * 2 ** min(self.tries, 10), LONGEST_PAUSE)
        return replace(self, tries=self.tries + 1, next_at=now + pause)


def letter(
    who: Person, kind: LetterKind, *, now: datetime, slug: str = "", about: str = "", drawn: str = ""
) -> Letter | None:
    """Return a letter to a person, None for one who gave no address; `drawn` tells it from others of its kind."""
    if who.mailbox is None:
        return None
    words = " ".join((kind, who.id, who.mailbox.address, slug, about, drawn))
    return Letter(
        id=hashlib.sha256(words.encode()).hexdigest()[:32],
        kind=kind,
        person=who.id,
        to=who.mailbox.address,
        language=who.mailbox.language,
        at=now,
        slug=slug,
        about=about,
    )


def in_charge(people: Iterable[Person], slug: str) -> list[Person]:
    """Return who organises an event, or owns all, and wants letters."""
    return [one for one in people if one.mailbox and one.may(slug, "organiser")]

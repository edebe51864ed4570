"""Stories: posts of the wall in an order of the team's choosing, with words of its own between them."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from wall.core.text import GRAPHEME, clean, clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

MOST_PARTS = 200
LONGEST_WORDS = 5_000  # graphemes
LONGEST_RAW = 50_000  # characters, before anything is looked at
LONGEST_NAME = 60
NO_NAME = "story"
OUTSIDE_NAMES = re.compile(r"[^a-z0-9]+")
Way = Literal["up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a story: words of the team's own, or the id of a post."""

    id: str
    words: str = ""
    post: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story. Its `name` is given when it is published first, and stays: that is its address for good."""

    id: str
    title: str
    parts: tuple[Part, ...] = ()
    name: str = ""
    published: bool = False
    published_at: datetime | None = None
    changed_at: datetime | None = None
    by_name: str = ""

    @property
    def posts(self) -> list[str]:
        return [part.post for part in self.parts if part.post]

    def part(self, id: str) -> Part:
        """Return a part; raises NotFound."""
        found = next((part for part in self.parts if part.id == id), None)
        if found is None:
            raise NotFound(_("This part is no longer in the story; somebody took it out."))
        return found

    # Changes

    def titled(self, title: str) -> "Story":
        return replace(self, title=checked_title(title))

    def added(self, part: Part) -> "Story":
        """Return the story with one part more at its end; one that is there already stays where it is."""
        if any(one.id == part.id or (part.post and one.post == part.post) for one in self.parts):
            return self
        if len(self.parts) >= MOST_PARTS:
            raise InvalidInput(_("A story has %(most_parts)s parts at most.", most_parts=MOST_PARTS))
        return replace(self, parts=(*self.parts, part))

    def reworded(self, id: str, words: str, *, seen: str) -> "Story":
        """Return the story with other words in a part; raises ChangedMeanwhile when they are not as `seen`."""
        part = self.part(id)
        if part.words != seen:
            raise ChangedMeanwhile(_("Somebody changed these words meanwhile. Look again, then write."))
        after = replace(part, words=checked_words(words))
        return replace(self, parts=tuple(after if one.id == id else one for one in self.parts))

    def moved(self, id: str, way: Way) -> "Story":
        """Return the story with a part one place further up or down; at its end it stays."""
        place = self.parts.index(self.part(id))
        to = place - 1 if way == "up" else place + 1
        if not 0 <= to < len(self.parts):
            return self
        parts = list(self.parts)
        parts[place], parts[to] = parts[to], parts[place]
        return replace(self, parts=tuple(parts))

    def without(self, id: str) -> "Story":
        return replace(self, parts=tuple(part for part in self.parts if part.id != id))

    def opened(self, taken: Collection[str], now: datetime) -> "Story":
        """Return the story as it is once published, under a name that is not `taken`; raises InvalidInput."""
        if not self.parts:
            raise InvalidInput(_("Put a post or words of your own into it first."))
        return replace(
            self,
            name=self.name or free_name(self.title, taken),
            published=True,
            published_at=self.published_at or now,
        )

    def closed(self) -> "Story":
        return replace(self, published=False)


def checked_title(title: str) -> str:
    """Return a title as it is kept; raises InvalidInput."""
    cleaned = clean_name(title)
    if not cleaned:
        raise InvalidInput(_("Give the story a title."), field="title")
    return cleaned


def checked_words(words: str) -> str:
    """Return words of the team's own as they are kept; raises InvalidInput."""
    cleaned = clean(words[:LONGEST_RAW], limit=LONGEST_WORDS + 1, lines=500)
    if not cleaned:
        raise InvalidInput(_("Write something first."), field="words")
    if len(words) > LONGEST_RAW or sum(1 for _ in GRAPHEME.finditer(cleaned)) > LONGEST_WORDS:
        raise InvalidInput(
            _(
                "This is longer than %(longest_words)s characters; part it in two.",
                longest_words=f"{LONGEST_WORDS:,}",
            ),
            field="words",
        )
    return cleaned


def free_name(title: str, taken: Collection[str]) -> str:
    """Return a name for an address: the letters and digits of the title, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = OUTSIDE_NAMES.sub("-", plain).strip("-")[:LONGEST_NAME].strip("-") or NO_NAME
    if name not in taken:
        return name
    return next(one for number in range(2, len(taken) + 3) if (one := f"{name}-{number}") not in taken)

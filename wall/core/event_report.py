"""A report of an event: which part of its figures it shows, in whose words, and as of when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, get_args

from wall.core.ledger import EVERYTHING, Scope
from wall.core.text import clean, clean_name
from wall.core.words import _
from wall.errors import InvalidInput

Part = Literal["card", "course", "voices", "posts", "links", "talk", "parts", "screen", "team"]
PARTS: tuple[Part, ...] = get_args(Part)
OF_STAFF: tuple[Part, ...] = ("team",)
"""What nobody outside of the team reads unless an organiser says so."""
LONGEST_WORDS, MOST_LINES = 4_000, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class EventReport:
    """A report that everybody may read who has its link, whose end the `token` is.

    It holds no name, no post and no list: all of it is looked up when somebody reads it, within its scope and as they
    were at `made_at`, so that what was erased or removed since is in it no more. `posts` is how many it counted then,
    for its readers to be told that some are gone. Of an `edition` of the chat, it tells where people are.
    """

    token: str
    title: str
    words: str = ""
    parts: tuple[Part, ...] = PARTS
    scope: Scope = EVERYTHING
    edition: int = 0
    made_at: datetime
    made_by: str = ""
    posts: int = 0


def parse_title(text: str) -> str:
    """Return the title of a report; raises InvalidInput."""
    title = clean_name(text)
    if not title:
        raise InvalidInput(_("Give the report a title."), field="title")
    return title


def parse_words(text: str) -> str:
    """Return what an organiser says at the head of a report; raises InvalidInput."""
    words = clean(text[: 4 * LONGEST_WORDS], limit=LONGEST_WORDS + 1, lines=MOST_LINES)
    if len(words) > LONGEST_WORDS:
        raise InvalidInput(
            _("The introduction has %(most)s characters at most.", most=LONGEST_WORDS), field="words"
        )
    return words


def parse_parts(chosen: set[str]) -> tuple[Part, ...]:
    """Return the parts that were ticked, in their order; raises InvalidInput where there is none."""
    parts = tuple(part for part in PARTS if part in chosen)
    if not parts:
        raise InvalidInput(_("Choose at least one part."), field="parts")
    return parts

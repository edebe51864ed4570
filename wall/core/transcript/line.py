"""What a writer of a transcript is given: what all of it is about, and one post after the other."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from wall.core.languages import Language
from wall.core.moderation import Standing
from wall.core.post import Author, Post
from wall.core.programme import Session
from wall.core.transcript.plan import Section
from wall.core.words import ngettext


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What a transcript is of. `title` is that of the event, `about` the part of it, `days` its days in words.

    `address` is where the wall is, without a slash at its end; `say` says words in the transcript's language, `day` a
    date. `styles` and `accent` are for a page, `recording` for captions, `mark` for a table.
    """

    title: str
    about: str = ""
    days: str = ""
    hashtags: Sequence[str] = ()
    sections: Sequence[Section] = ()
    posts: int = 0
    people: int = 0
    zone: ZoneInfo = ZoneInfo("UTC")
    language: Language = "en"
    address: str = ""
    made: datetime
    say: Callable[[str], str] = str
    day: Callable[[date], str] = date.isoformat
    networks: Mapping[str, str] = field(default_factory=dict)
    accent: str = "#ffb000"
    styles: str = ""
    recording: datetime | None = None
    initials: bool = False
    mark: bool = False

    def local(self, at: datetime) -> datetime:
        return at.astimezone(self.zone)

    @property
    def size(self) -> str:
        """How much it holds, in words: “212 posts by 61 people”."""
        return self.say(held(self.posts, self.people))

    def network(self, post: Post) -> str:
        return self.say(self.networks.get(post.source.kind, post.source.kind))


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A post as it stands on the wall at this moment, at its place in the transcript.

    `key` is its id, or its number where nobody is named; `answers` is the key of the post that it answers, where that
    is on the wall, and `within` tells whether it is in the transcript, too. `depth` is 0 for what begins a thread.
    `url` is its page on the wall, "" where nobody is named, for that page names its author. `kept` are the pictures
    whose files are there to be shown.
    """

    standing: Standing
    key: str
    url: str = ""
    answers: str | None = None
    within: bool = False
    depth: int = 0
    sessions: Sequence[Session] = ()
    question: int | None = None
    kept: frozenset[str] = frozenset()

    @property
    def post(self) -> Post:
        return self.standing.post

    @property
    def covered(self) -> bool:
        """Whether its author had it covered, by a warning or as sensitive."""
        return bool(self.post.content_warning) or self.post.sensitive

    @property
    def answered_name(self) -> str | None:
        """Whom it answers, while that post is on the wall."""
        answered = self.standing.answers
        return answered.name if answered and answered.visible else None

    @property
    def reposts(self) -> int:
        """How often it was passed on, on all networks that it is on."""
        return self.post.reposts + sum(copy.reposts for copy in self.standing.copies)

    @property
    def tags(self) -> list[str]:
        return list(dict.fromkeys(tag.raw for tag in self.post.tags))


class Writer(Protocol):
    """Writes a transcript in one format: `begin`, then each section before its lines, then `end`."""

    def begin(self) -> str: ...

    def section(self, section: Section, /) -> str: ...

    def line(self, line: Line, /) -> str: ...

    def end(self) -> str: ...


def held(posts: int, people: int) -> str:
    """Return in words how much a transcript holds."""
    return ngettext(
        "%(num)s post by %(people)s",
        "%(num)s posts by %(people)s",
        posts,
        people=ngettext("%(num)s person", "%(num)s people", people),
    )


def called(author: Author) -> str:
    """Return the name of an author."""
    return author.name or author.handle


def handle_of(author: Author) -> str:
    """Return the handle of an author, "" where it says no more than the name."""
    return author.handle if author.handle != called(author) else ""

"""One edition of a chat: its topic, its hosts, and the questions that are asked in it, each at its minute."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wall.core.numbered import MOST_NUMBERS
from wall.core.post import Author, Post
from wall.core.text import GRAPHEME, clean, clean_name
from wall.core.words import _
from wall.errors import ChangedMeanwhile, InvalidInput, NotFound

EARLY = timedelta(minutes=15)
"""So long before its beginning people say hello, and that belongs to it."""
LATE = timedelta(hours=1)
"""So long after its end it still goes on."""
LONGEST = timedelta(days=8)
LONGEST_QUESTION = 280  # graphemes
LONGEST_RAW = 20_000  # characters, before anything is looked at
MOST_EDITIONS = 1_000
MOST_HOSTS = 12
MOST_NAMES = 8

SURE = frozenset(
    "mastodon misskey bluesky nostr x threads telegram discord matrix slack webhook replay".split()  # noqa: SIM905 - a table
)
"""Kinds of sources that vouch for handles: nobody has that of somebody else."""
OWN = "blog"


@dataclass(frozen=True, slots=True, kw_only=True)
class Host:
    """Who leads an edition: their name, and the handles, ids or checked addresses that they are known by elsewhere.

    `person` is their id where they are of the staff, whose posts are those in the wall's own name.
    """

    name: str
    known_as: tuple[str, ...] = ()
    person: str = ""

    def wrote(self, post: Post) -> bool:
        """Tell whether a post is theirs: by what its network vouches for, never by what anybody may call themselves."""
        if self.person and post.source.kind == OWN:
            return True
        if post.forgeable or not self.known_as:
            return False
        return bool(names(post.author, post.source.kind) & {folded(name) for name in self.known_as})


def names(author: Author, kind: str) -> set[str]:
    """Return what is surely of an author."""
    if kind not in SURE:
        return set()
    key = (author.url or "").rpartition("/")[2] if kind == "nostr" else ""
    return {folded(name) for name in (author.handle, author.uid, key, *author.links) if name}


def folded(name: str) -> str:
    return name.strip().removeprefix("@").removeprefix("https://").rstrip("/").casefold()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChatQuestion:
    """One question of an edition: after how many minutes it is asked, or when it was asked by a moderator's hand."""

    number: int
    text: str
    minute: int
    by_hand: datetime | None = None
    dropped: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition. Its `number` never changes: that is its address. `version` grows with each change."""

    number: int
    topic: str
    starts: datetime
    ends: datetime
    hosts: tuple[Host, ...] = ()
    questions: tuple[ChatQuestion, ...] = ()
    by_name: str = ""
    version: int = 1

    @property
    def opens(self) -> datetime:
        return self.starts - EARLY

    @property
    def closes(self) -> datetime:
        return self.ends + LATE

    def runs(self, now: datetime) -> bool:
        return self.starts <= now < self.ends

    def has_host(self, post: Post) -> bool:
        return any(host.wrote(post) for host in self.hosts)

    def question(self, number: int) -> ChatQuestion:
        """Return a question; raises NotFound."""
        found = next((one for one in self.questions if one.number == number), None)
        if found is None:
            raise NotFound(_("There is no such question in this edition any more."))
        return found

    def planned(self, question: ChatQuestion) -> datetime:
        """Return when a question is asked, unless a host asks it earlier."""
        return question.by_hand or self.starts + timedelta(minutes=question.minute)

    # What a moderator does while it runs

    def asking(self, number: int, now: datetime) -> "Edition":
        """Return the edition with a question asked now; one that was asked already stays."""
        question = self.question(number)
        if self.planned(question) <= now and not question.dropped:
            return self
        return self._with(replace(question, by_hand=now, dropped=False))

    def put_off(self, number: int, minutes: int, now: datetime) -> "Edition":
        """Return the edition with a question, and those after it that are still to come, asked so much later."""
        first = self.planned(self.question(number))
        after = self
        for one in self.questions:
            planned = self.planned(one)
            if planned >= first and planned > now and one.by_hand is None:
                after = after._with(replace(one, minute=one.minute + minutes))
        return after

    def dropping(self, number: int, *, dropped: bool) -> "Edition":
        return self._with(replace(self.question(number), dropped=dropped))

    def _with(self, question: ChatQuestion) -> "Edition":
        return replace(
            self, questions=tuple(question if one.number == question.number else one for one in self.questions)
        )

    def edited(self, after: "Edition", *, seen: int) -> "Edition":
        """Return the edition as filled in anew, what was done with its questions kept; raises ChangedMeanwhile."""
        if self.version != seen:
            raise ChangedMeanwhile(_("Somebody changed this edition meanwhile. Look again, then save."))
        kept = {one.number: one for one in self.questions}
        questions = tuple(
            replace(one, by_hand=kept[one.number].by_hand, dropped=kept[one.number].dropped)
            if one.number in kept
            else one
            for one in after.questions
        )
        return replace(after, number=self.number, questions=questions)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that was asked: its number, its words where planned, since when, and by which post of a host."""

    number: int
    text: str
    at: datetime
    post: str = ""


def asked(edition: Edition, posts: Mapping[int, tuple[datetime, str]], now: datetime) -> list[Asked]:
    """Return the questions asked until now, by number; `posts` are when hosts asked which, and the post they did it by.

    What a host asks is asked, planned or not, and from then on if that is earlier.
    """
    found = {}
    for one in edition.questions:
        at, post = edition.planned(one), ""
        if one.number in posts:
            said, post = posts[one.number]
            at = min(at, max(said, edition.opens))
        if at <= now and not one.dropped:
            found[one.number] = Asked(one.number, one.text, at, post)
    known = {one.number for one in edition.questions}
    for number, (at, post) in posts.items():
        if number not in known and at <= now:
            found[number] = Asked(number, "", at, post)
    return [found[number] for number in sorted(found)]


def standing(edition: Edition, questions: Sequence[Asked], now: datetime) -> Asked | None:
    """Return the question that stands now: the one asked last, while the edition runs."""
    if not edition.opens <= now < edition.ends:
        return None
    return max(questions, key=lambda one: (one.at, one.number), default=None)


def next_time(edition: Edition, questions: Sequence[Asked], now: datetime) -> datetime:
    """Return when the question that stands gives way: to the next one, or to the end."""
    known = {one.number for one in questions}
    coming = [edition.planned(one) for one in edition.questions if one.number not in known and not one.dropped]
    return min([time for time in coming if time > now] + [edition.ends])


def changes_at(edition: Edition) -> list[datetime]:
    """Return the moments at which readers see something else: its beginning, each question, its end."""
    times = {edition.opens, edition.starts, edition.ends, edition.closes}
    return sorted(times | {edition.planned(one) for one in edition.questions if not one.dropped})


def at_time(editions: Sequence[Edition], time: datetime) -> Edition | None:
    """Return the edition that something written then belongs to: of two that overlap, the one that opened last."""
    found = [one for one in editions if one.opens <= time < one.closes]
    return max(found, key=lambda one: (one.opens, one.number), default=None)


def checked(edition: Edition) -> Edition:
    """Return an edition as it is kept; raises InvalidInput naming the field."""
    topic = clean_name(edition.topic)
    if not topic:
        raise InvalidInput(_("Give the edition a topic."), field="topic")
    if not timedelta(0) < edition.ends - edition.starts <= LONGEST:
        raise InvalidInput(
            _("It has to end after it begins, within %(days)s days.", days=LONGEST.days), field="ends"
        )
    if len(edition.hosts) > MOST_HOSTS:
        raise InvalidInput(_("An edition has %(most)s hosts at most.", most=MOST_HOSTS), field="hosts")
    if any(not host.name or len(host.known_as) > MOST_NAMES for host in edition.hosts):
        raise InvalidInput(
            _("Each host has a name, and %(most)s handles at most.", most=MOST_NAMES), field="hosts"
        )
    if len(edition.questions) > MOST_NUMBERS:
        raise InvalidInput(_("An edition has %(most)s questions at most.", most=MOST_NUMBERS), field="questions")
    last = (edition.ends - edition.starts).total_seconds() / 60
    questions = tuple(checked_question(one, last) for one in edition.questions)
    return replace(edition, topic=topic, questions=questions)


def checked_question(question: ChatQuestion, last: float) -> ChatQuestion:
    words = clean(question.text[:LONGEST_RAW])
    if not words or sum(1 for _ in GRAPHEME.finditer(words)) > LONGEST_QUESTION:
        raise InvalidInput(_("A question has 1 to %(most)s characters.", most=LONGEST_QUESTION), field="questions")
    if not 0 <= question.minute < last:
        raise InvalidInput(_("A question is asked between the beginning and the end."), field="questions")
    return replace(question, text=words)

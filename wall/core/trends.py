"""What people talk about: words and phrases by how many people used them lately, against the day before.

Somebody who repeats themselves counts once, and a text that many copied is one text. What makes a phrase a trend is how
unlikely its number of people would be if it were used as ever: the signed log-likelihood ratio of Dunning (1993).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from math import log

from wall.core.duplicates import Duplicates, sketch
from wall.core.moderation import Standing
from wall.core.phrases import phrases

BACKGROUND = timedelta(hours=24)
MOST_POSTS = 5_000
"""Posts that are listened to, the newest: a busy day of a large conference."""
MORE_POSTS = 500
"""So many more are kept before the oldest are forgotten together."""
LEAST_PEOPLE = 3
LEAST_TEXTS = 3
"""Texts that are not nearly the same: what a hundred people pass on is one voice."""
UNLIKELY = 15.1
"""A ratio that chance reaches once in 10,000: many phrases are looked at."""
SAME = 0.8
"""Share of a word's people who said it in one phrase, from which on that phrase stands for it."""


@dataclass(frozen=True, slots=True)
class Uttered:
    """What a post adds to the talk: its phrases as they are compared, each as it was written."""

    at: datetime
    author: str
    text: str
    phrases: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Trend:
    """A phrase as it is compared, how most wrote it, how many people did lately and in the day before, and where."""

    phrase: str
    written: str
    people: int
    before: int
    posts: frozenset[str]


class Speech:
    """The newest posts of a wall, and who said what in them. `put` posts in any order."""

    def __init__(self) -> None:
        self.uttered: dict[str, Uttered] = {}
        self.windows: dict[timedelta, Window] = {}
        self._since: datetime | None = None
        self._alike = Duplicates(most=MOST_POSTS)

    def put(self, standing: Standing) -> None:
        """Take in a post as it stands: what is not on the wall, or stands behind a warning, is not heard."""
        post = standing.post
        self.drop(post.id)
        at = standing.approved_at or post.received_at
        heard = standing.visible and not post.sensitive and not post.content_warning
        if not heard or (self._since and at < self._since):
            return
        self._alike.join(post.id, sketch(post))
        text = self._alike.leaders.get(post.id, post.id)
        self.uttered[post.id] = uttered = Uttered(at, post.author.uid, text, phrases(post))
        for window in self.windows.values():
            window.put(post.id, uttered)
        if len(self.uttered) > MOST_POSTS + MORE_POSTS:
            self._trim()

    def drop(self, id: str) -> None:
        uttered = self.uttered.pop(id, None)
        if uttered:
            for window in self.windows.values():
                window.drop(id, uttered)

    def trends(self, span: timedelta, now: datetime, *, most: int, allows: Callable[[str], bool]) -> list[Trend]:
        """Return what is talked about within a span before now, what most people say first.

        `allows` is asked about each phrase, as it is compared, before it is chosen.
        """
        if span not in self.windows:
            self.windows[span] = Window(span)
            for id, uttered in self.uttered.items():
                self.windows[span].put(id, uttered)
        return self.windows[span].trends(self.uttered, now, most=most, allows=allows)

    def _trim(self) -> None:
        newest_first = sorted(self.uttered, key=lambda id: self.uttered[id].at, reverse=True)
        self._since = self.uttered[newest_first[MOST_POSTS - 1]].at
        for id in newest_first[MOST_POSTS:]:
            self.drop(id)


class Window:
    """Two crowds: that of a span up to now, and that of the day before it. Posts pass from one to the other."""

    def __init__(self, span: timedelta) -> None:
        self.span = span
        self.now = Crowd()
        self.before = Crowd()
        self._where: dict[str, Crowd] = {}

    def put(self, id: str, uttered: Uttered) -> None:
        self.now.add(id, uttered)
        self._where[id] = self.now

    def drop(self, id: str, uttered: Uttered) -> None:
        if crowd := self._where.pop(id, None):
            crowd.take(id, uttered)

    def trends(
        self, uttered: Mapping[str, Uttered], now: datetime, *, most: int, allows: Callable[[str], bool]
    ) -> list[Trend]:
        self._pass(uttered, now)
        found = sorted(
            stands_out(self.now, self.before, uttered), key=lambda one: (-one[1].people, -one[0], one[1].phrase)
        )
        ranked = (trend for _, trend in found if allows(trend.phrase))
        return list(islice(apart(ranked), most))

    def _pass(self, uttered: Mapping[str, Uttered], now: datetime) -> None:
        """Let posts pass into the day before, and out of it, as time does."""
        for id, crowd in list(self._where.items()):
            one = uttered[id]
            if crowd is self.now and one.at <= now - self.span:
                self.now.take(id, one)
                self.before.add(id, one)
                self._where[id] = crowd = self.before
            if crowd is self.before and one.at <= now - self.span - BACKGROUND:
                self.drop(id, one)


class Crowd:
    """Who wrote the posts of a stretch of time, and which of them hold which phrase."""

    def __init__(self) -> None:
        self.authors: Counter[str] = Counter()
        self.holding: dict[str, set[str]] = {}

    def add(self, id: str, uttered: Uttered) -> None:
        self.authors[uttered.author] += 1
        for phrase in uttered.phrases:
            self.holding.setdefault(phrase, set()).add(id)

    def take(self, id: str, uttered: Uttered) -> None:
        self.authors[uttered.author] -= 1
        if not self.authors[uttered.author]:
            del self.authors[uttered.author]
        for phrase in uttered.phrases:
            self.holding[phrase].discard(id)
            if not self.holding[phrase]:
                del self.holding[phrase]


def stands_out(here: Crowd, there: Crowd, uttered: Mapping[str, Uttered]) -> Iterator[tuple[float, Trend]]:
    """Yield what one crowd talks about more than another, each with how unlikely that is."""
    of_here, of_there = len(here.authors), len(there.authors)
    for phrase, ids in here.holding.items():
        if len(ids) < LEAST_PEOPLE:
            continue
        people = len({uttered[id].author for id in ids})
        if people < LEAST_PEOPLE or len({uttered[id].text for id in ids}) < LEAST_TEXTS:
            continue
        others = len({uttered[id].author for id in there.holding.get(phrase, ())})
        ratio = unlikely(people, of_here, others, of_there)
        if ratio >= UNLIKELY:
            written = Counter(uttered[id].phrases[phrase] for id in sorted(ids)).most_common(1)[0][0]
            yield ratio, Trend(phrase, written, people, others, frozenset(ids))


def unlikely(here: int, of_here: int, there: int, of_there: int) -> float:
    """Return how unlikely it is that a phrase is used as much in one crowd as in another; 0 if it is not used more.

    `here` of `of_here` people used it now, `there` of `of_there` before.
    """
    if not of_there or here / of_here <= there / of_there:
        return 0.0
    share = (here + there) / (of_here + of_there)
    return 2 * (
        likelihood(here, of_here, here / of_here)
        + likelihood(there, of_there, there / of_there)
        - likelihood(here, of_here, share)
        - likelihood(there, of_there, share)
    )


def likelihood(some: int, of: int, share: float) -> float:
    """Return the logarithm of how likely it is that `some` of a number do what a share of all do."""
    return (some * log(share) if some else 0.0) + ((of - some) * log(1 - share) if of > some else 0.0)


def apart(trends: Iterable[Trend]) -> Iterator[Trend]:
    """Yield trends that are said apart: of a word and a phrase that holds it, said by the same people, one."""
    ranked = list(trends)
    dropped: set[str] = set()
    for trend in ranked:
        for other in ranked:
            if within(trend.phrase, other.phrase) and len(trend.posts & other.posts) >= SAME * len(trend.posts):
                dropped.add(trend.phrase)
    yield from (trend for trend in ranked if trend.phrase not in dropped)


def within(word: str, phrase: str) -> bool:
    """Tell whether a word is a part of a phrase of several, hashtags by what they say."""
    parts = phrase.split()
    return len(parts) > 1 and (word in parts or word.replace("#", "") == "".join(parts))

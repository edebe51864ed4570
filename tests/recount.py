"""Figures counted anew, post by post in plain Python, to hold the ledger's against."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from wall.core.event_figures import Count, EventFigures, Wait
from wall.core.ledger import EVERYTHING

HOUR = 3_600


@dataclass(frozen=True)
class Fact:
    """What there is to be counted of a post; `ties` are names by kind, `sessions` the ids of those it is of."""

    id: str
    author: str
    written: int
    approved: bool = True
    received: int = 0
    shown: int = 0
    network: str = "mastodon"
    language: str = ""
    where: str = ""
    replies: int = 0
    reposts: int = 0
    reactions: int = 0
    asks: bool = False
    pictured: bool = False
    sessions: tuple[str, ...] = ()
    ties: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, kind):
        return set(self.ties.get(kind, ()))


def within(fact, scope):
    return (
        (scope.begins is None or fact.written >= scope.begins)
        and (scope.ends is None or fact.written < scope.ends)
        and scope.session in ("", *fact.sessions)
        and scope.network in ("", fact.network)
        and scope.language in ("", fact.language)
        and scope.where in ("", fact.where)
    )


def recount(facts, scope=EVERYTHING, *, own=(), order=lambda kind, name: name):
    """Return the figures of facts; `order` tells by kind and name which of two that are equal comes first."""
    shown = [one for one in facts if one.approved]
    posts = [one for one in shown if within(one, scope)]
    if not posts:
        return EventFigures()
    by_author = Counter(one.author for one in posts)
    descending = sorted(by_author.values(), reverse=True)
    before = {one.author for one in shown if scope.begins is not None and one.written < scope.begins}
    return EventFigures(
        posts=len(posts),
        people=len(by_author),
        new=len(set(by_author) - before),
        first=min(one.written for one in posts),
        last=max(one.written for one in posts),
        replies=sum("answers" in one.ties for one in posts),
        questions=sum(one.asks for one in posts),
        pictured=sum(one.pictured for one in posts),
        mentioning=sum(bool(one.of("mentions")) for one in posts),
        several_hashtags=sum(len(one.of("hashtag")) > 1 for one in posts),
        linking=sum(bool(one.of("link")) for one in posts),
        reposts=sum(one.reposts for one in posts),
        reactions=sum(one.reactions for one in posts),
        top=tuple(sorted(by_author.items(), key=lambda one: (-one[1], order("author", one[0])))[:10]),
        half=reaching(descending, 50),
        eighty=reaching(descending, 80),
        gini=gini(descending),
        hours=dict(sorted(Counter(one.written // HOUR * HOUR for one in posts).items())),
        networks=parts(posts, lambda one: [one.network]),
        languages=parts(posts, lambda one: [one.language]),
        sessions=parts(posts, lambda one: one.sessions or [""]),
        where=parts(posts, lambda one: [one.where]),
        hashtags=used(posts, "hashtag", "hashtag", order, own),
        links=used(posts, "link", "link", order),
        mentioned=used(posts, "mentions", "handle", order),
        most_replied=leading(facts, posts, "replies"),
        most_reposted=leading(facts, posts, "reposts"),
        most_reacted=leading(facts, posts, "reactions"),
        to_screen=wait([max(0, one.shown - one.received) for one in posts]),
    )


def reaching(descending, percent):
    return next(k for k in range(1, len(descending) + 1) if sum(descending[:k]) * 100 >= percent * sum(descending))


def gini(numbers):
    apart = sum(abs(one - other) for one in numbers for other in numbers)
    return apart / (2 * len(numbers) * sum(numbers))


def counts(posts, names):
    found = defaultdict(list)
    for one in posts:
        for name in names(one):
            found[name].append(one.author)
    return {name: Count(len(authors), len(set(authors))) for name, authors in found.items()}


def parts(posts, names):
    return counts(posts, names)


def used(posts, kind, names, order, own=()):
    found = counts(posts, lambda one: one.of(kind) - set(own)).items()
    return tuple(sorted(found, key=lambda one: (-one[1].people, -one[1].posts, order(names, one[0])))[:10])


def leading(facts, posts, column):
    places = {one.id: place for place, one in enumerate(facts)}
    having = [(one.id, getattr(one, column)) for one in posts if getattr(one, column)]
    return tuple(sorted(having, key=lambda one: (-one[1], places[one[0]]))[:10])


def wait(seconds):
    return Wait(len(seconds), percentile(sorted(seconds), 0.5), percentile(sorted(seconds), 0.9))


def percentile(ascending, share):
    at = (len(ascending) - 1) * share
    low = int(at)
    high = min(low + 1, len(ascending) - 1)
    return ascending[low] + (ascending[high] - ascending[low]) * (at - low)

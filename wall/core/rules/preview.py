"""What a rule would have done to posts that are here already, so that it can be seen before it is turned on."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from wall.core.duplicates import Duplicates, sketch
from wall.core.post import Post
from wall.core.rules.judge import first_caught
from wall.core.rules.rule import Chain, Facts, Rule
from wall.core.rules.words import Found

MINUTE = timedelta(minutes=1)
MOST_EXAMPLES = 10


@dataclass(frozen=True, slots=True)
class Example:
    """A post that would have been caught, the rule that would have, and why in words.

    `found` is the entry of a word list that it was.
    """

    post: Post
    rule: Rule
    reason: str
    found: Found | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """How many of how many posts would have been caught, with the newest of them."""

    caught: int
    of: int
    examples: tuple[Example, ...]


def preview(rule: Rule | Chain, posts: Iterable[Post], *, now: datetime) -> Preview:
    """Return what a rule, on or not, or a chain as it stands would have caught of these posts.

    A post that a chain skips the rules for is not caught.
    """
    chain = rule if isinstance(rule, Chain) else Chain((replace(rule, on=True, until=None),))
    alone = isinstance(rule, Rule)
    examples: deque[Example] = deque(maxlen=MOST_EXAMPLES)
    caught = seen = 0
    sketched = any(rule.kind == "copies" for rule in chain.rules)
    for post, facts in with_facts(posts, sketched=sketched):
        seen += 1
        found = first_caught(chain, post, facts, now)
        if found and (alone or found.rule.effect != "skip"):
            caught += 1
            examples.append(Example(post, found.rule, found.reason, found.found))
    return Preview(caught, seen, tuple(reversed(examples)))


def with_facts(posts: Iterable[Post], *, sketched: bool) -> Iterator[tuple[Post, Facts]]:
    """Yield posts in the order they came, each with what would have been known of it then.

    Copies are counted only when posts are to be `sketched`, which takes as long as all the rest.
    """
    duplicates = Duplicates()
    arrivals: dict[str, deque[datetime]] = {}
    for post in sorted(posts, key=lambda post: post.received_at):
        times = arrivals.setdefault(post.author.uid, deque())
        times.append(post.received_at)
        while times[0] <= post.received_at - MINUTE:
            times.popleft()
        yield post, Facts(pace=len(times), copies=duplicates.join(post.id, sketch(post) if sketched else ()))

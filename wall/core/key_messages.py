"""What an organiser wants people to hear, and whether they do: who said it, in their own posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from wall.core.moderation import Standing
from wall.core.rules.rule import Rule
from wall.core.rules.words import TooLong, Words
from wall.core.watch import KeyMessage, Watch, is_ours

Verdict = Literal["hit", "missed", "early", "unsaid"]
"""Whether others took it up, or did not within the time, or had no time yet, or nobody said it at all."""
MANY = 3
SOON = 2 * 3_600
"""Seconds within which a message is taken up, or missed."""


@dataclass(frozen=True, slots=True)
class Echo:
    """A post that says a message: whose it is and when, whether it is the team's, and how often it was passed on."""

    post: str
    author: str
    at: int
    ours: bool
    reposts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a message: `people` and `posts` are of others, `passed_on` is how often any of it was.

    `said` is when the team said it first, `first` and `last` are when others did. `echoes` are theirs, newest first.
    """

    message: KeyMessage
    verdict: Verdict
    people: int = 0
    posts: int = 0
    passed_on: int = 0
    said: int | None = None
    first: int | None = None
    last: int | None = None
    echoes: Sequence[Echo] = ()


class Sayings:
    """The posts of a wall that say one of some messages. `put` posts as they stand, in any order."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.echoes: list[dict[str, Echo]] = [{} for _message in watch.messages]
        self._words = Words(
            [
                Rule(id=str(number), kind="words", entries=message.phrases, places=("text",))
                for number, message in enumerate(watch.messages)
            ]
        )

    def put(self, standing: Standing) -> None:
        """Take in a post: one that is not on the wall says nothing."""
        post = standing.post
        self.drop(post.id)
        if not standing.visible or not self.echoes:
            return
        try:
            found = self._words.found(post)
        except TooLong:
            return
        if found:
            at = int(post.created_at.timestamp())
            echo = Echo(post.id, post.author.uid, at, is_ours(self.watch, post), post.reposts)
            for number in found:
                self.echoes[int(number)][post.id] = echo

    def drop(self, id: str) -> None:
        for echoes in self.echoes:
            echoes.pop(id, None)

    def outcomes(self, now: int) -> list[Outcome]:
        """Return what became of each message until now."""
        pairs = zip(self.watch.messages, self.echoes, strict=True)
        return [outcome(message, echoes, now) for message, echoes in pairs]


def outcome(message: KeyMessage, echoes: Mapping[str, Echo], now: int) -> Outcome:
    ours = [one for one in echoes.values() if one.ours]
    others = sorted((one for one in echoes.values() if not one.ours), key=lambda one: (-one.at, one.post))
    said = min((one.at for one in ours), default=None)
    return Outcome(
        message=message,
        verdict=verdict(said, ours, others, now),
        people=len({one.author for one in others}),
        posts=len(others),
        passed_on=sum(one.reposts for one in echoes.values()),
        said=said,
        first=others[-1].at if others else None,
        last=others[0].at if others else None,
        echoes=others,
    )


def verdict(said: int | None, ours: Iterable[Echo], others: Sequence[Echo], now: int) -> Verdict:
    """Return whether a message was taken up: repeated by three people, or passed on three times."""
    since = said if said is not None else min((one.at for one in others), default=0)
    soon = {one.author for one in others if since <= one.at <= since + SOON}
    if max(len(soon), sum(one.reposts for one in ours)) >= MANY:
        return "hit"
    if said is None:
        return "hit" if len({one.author for one in others}) >= MANY else "unsaid"
    return "missed" if now - said >= SOON else "early"

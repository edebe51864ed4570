"""A rule and a chain of them, as an organiser sets them. What each kind looks at is in kinds.py."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from wall.core.trust import Trust
from wall.core.words import _

Effect = Literal["wait", "reject", "skip"]
EFFECTS: dict[Effect, str] = {
    "wait": _("Wait for a moderator"),
    "reject": _("Reject"),
    "skip": _("Skip the rules below"),
}
"""What becomes of a post that a rule catches. None of them puts anything on the wall; the event's mode alone may."""

Place = Literal["text", "name", "handle", "warning", "alt", "links", "server"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule. Which of its settings count follows from its kind; `settings.checked` says whether they are usable.

    `entries` are words, authors, domains, sources or languages, one each; with `others`, it is about posts of none
    of them. What contains one of `exceptions` only as part of that is not caught. `whole_words` is about words.
    `limit` is a number in the kind's own unit. A rule counts while it is `on`, before `until`.
    """

    id: str
    kind: str
    name: str = ""
    effect: Effect = "wait"
    entries: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    others: bool = False
    whole_words: bool = True
    limit: float | None = None
    on: bool = True
    until: datetime | None = None
    note: str = ""
    by: str | None = None
    by_name: str | None = None
    changed_at: datetime | None = None

    def counts(self, now: datetime) -> bool:
        return self.on and (self.until is None or now < self.until)


@dataclass(frozen=True, slots=True, eq=False)
class Chain:
    """The rules of an event in their order; the first that catches a post and does not skip decides.

    One chain is equal to itself only: what is compiled of it is kept by identity, for comparing thousands of words
    would take longer than looking for them. One that is not `readable` lets everything wait.
    """

    rules: tuple[Rule, ...] = ()
    version: int = 0
    readable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a post does not carry itself: how many of its author came in the last minute, it included, how many
    earlier posts were nearly the same, and how its author stands with the moderators."""

    pace: int = 1
    copies: int = 0
    trust: Trust = Trust()

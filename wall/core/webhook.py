"""Webhooks out: which updates an address is told of, how far it was told, and when it is tried again."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

from wall.core.feed import Cursor, Update
from wall.core.words import _

CHOICES: Mapping[str, str] = {
    "posted": _("A post came onto the wall"),
    "edited": _("Its author changed it, and the change is approved"),
    "pinned": _("It was pinned"),
    "unpinned": _("It is pinned no longer"),
    "counted": _("Others did something: replies, reactions, reposts, or the wall's own answer"),
    "arranged": _("Polls, questions, a chat or the screens are arranged anew"),
}
"""What an organiser may choose. Removals are told to everybody: whoever was given a post must be told to drop it."""
USUAL = ("posted", "edited", "pinned", "unpinned")
ALWAYS = "removed"
Off = Literal["", "hand", "gone", "failing"]
WHY_OFF: Mapping[Off, str] = {
    "hand": _("An organiser turned it off."),
    "gone": _("The address says that it wants no more (410). Turn the webhook on again when it does."),
    "failing": _("The address took nothing for more than a day. Turn the webhook on again to go on where it was."),
}
"""Why nothing is sent."""
MOST = 10
"""Webhooks of one event."""
MOST_SECRETS = 2
ATTEMPTS_KEPT = 20

PAUSES = tuple(
    timedelta(seconds=seconds) for seconds in (5, 5 * 60, 30 * 60, 2 * 3600, 5 * 3600, 10 * 3600, 10 * 3600)
)
"""How long to wait after each failure in a row; after as many and one more, a day and more, it is given up."""
JITTER = 0.2
"""By how much of itself a pause may be longer, so that those who failed together do not come back together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """An address that is told of updates of an event's public feed.

    `base` is the address of this wall as the organiser had it, which what is relative in posts is relative to. `off`
    names why nothing is sent, and is empty while it is.
    """

    id: str
    name: str
    address: str
    base: str
    kinds: tuple[str, ...] = USUAL
    secrets: tuple[str, ...] = ()
    off: Off = ""

    def wants(self, kind: str) -> bool:
        return kind == ALWAYS or kind in self.kinds

    def with_secret(self, secret: str) -> "Webhook":
        """Return it with one more secret, which goes first; the one before stays valid."""
        return replace(self, secrets=(secret, *self.secrets)[:MOST_SECRETS])


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a webhook was told, and how often in a row the next message failed.

    With `resync`, that message says that what came before this cursor is gone.
    """

    epoch: str
    offset: int
    resync: bool = False
    failures: int = 0
    next_at: datetime | None = None

    @property
    def cursor(self) -> Cursor:
        return Cursor(self.epoch, self.offset)

    def waits(self, now: datetime) -> bool:
        return self.next_at is not None and now < self.next_at

    def told(self, offset: int) -> "Progress":
        """Return how far it was told once everything up to an offset was taken."""
        return Progress(epoch=self.epoch, offset=offset)

    def failed(self, now: datetime, random: Callable[[], float], *, retry_after: float | None) -> "Progress":
        """Return it after one more failure; `retry_after` is how many seconds the other side asked us to wait."""
        pause = PAUSES[min(self.failures, len(PAUSES) - 1)] * (1 + JITTER * random())
        asked = timedelta(seconds=retry_after or 0)
        return replace(self, failures=self.failures + 1, next_at=now + max(pause, asked))

    @property
    def hopeless(self) -> bool:
        return self.failures > len(PAUSES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What is sent. `id` is the same however often it is tried; `offset` is where the feed tells of it."""

    id: str
    type: str
    at: datetime
    offset: int
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try to deliver: when, of what, how it was answered (0: not at all), in words, and how long it took."""

    at: datetime
    type: str
    cursor: str
    status: int
    words: str
    seconds: float

    @property
    def taken(self) -> bool:
        return 200 <= self.status < 300


def told_of(webhook: Webhook, epoch: str, update: Update, data: Mapping[str, Any]) -> Message:
    """Return the message of an update."""
    subject = "posts" if update.post_id else "event"
    return Message(
        id=f"msg_{webhook.id}_{epoch}_{update.offset}",
        type=f"{subject}.{update.kind}",
        at=update.at,
        offset=update.offset,
        data=data,
    )


def resync(webhook: Webhook, progress: Progress, slug: str, now: datetime) -> Message:
    """Return the message that history is gone: who gets it fetches the feed, and goes on from there."""
    return Message(
        id=f"msg_{webhook.id}_{progress.epoch}_{progress.offset}_resync",
        type="resync",
        at=now,
        offset=progress.offset,
        data={"cursor": str(progress.cursor), "feed": f"{webhook.base}/{slug}/feed"},
    )

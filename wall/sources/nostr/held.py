"""Notes that wait until it is known what their authors are called, and for how long they do."""

from dataclasses import dataclass
from datetime import timedelta

from wall.sources.nostr.event import NostrEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a note waits for its author's profile, how long we wait for an answer, and when we ask once more."""

    profile: timedelta
    answer: timedelta
    again: timedelta


@dataclass(frozen=True, slots=True)
class Held:
    """A note that waits, and the keys of its author and of those it names."""

    event: NostrEvent
    people: tuple[str, ...]

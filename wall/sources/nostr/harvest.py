"""What the relays of one source have brought in together: each note once, whose it is, and what became of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from wall.core.post import Author, Post
from wall.errors import InvalidPost
from wall.sources.base import Amplified, Delete, SourceEvent, Upsert
from wall.sources.nostr.event import NostrEvent
from wall.sources.nostr.handle import Handles
from wall.sources.nostr.note import deleted, passed_on
from wall.sources.nostr.profile import Profile, author, parse_profile
from wall.sources.remembered import Remembered
from wall.sources.threads import Threads

MOST_WATCHED = 200  # newest notes whose deletion is looked for
MOST_EXPIRING = 500
MOST_ASKED_ABOUT = 100  # notes on the wall whose answers are listened for
MOST_REPOSTERS = 1000  # counted of one note
REMEMBERED = 5000


@dataclass(slots=True)
class Harvest:
    """`watched` are the notes whose deletion matters, `asked_about` those that are on the wall.

    Of these it matters who passes them on and, with `replies`, who answers them. `expiring` says when notes end, in
    seconds since the epoch.
    """

    handles: Handles
    threads: Threads
    replies: bool = True
    seen: Remembered[str, None] = field(default_factory=lambda: Remembered(REMEMBERED))
    profiles: Remembered[str, Profile] = field(default_factory=lambda: Remembered(REMEMBERED))
    watched: Remembered[str, None] = field(default_factory=lambda: Remembered(MOST_WATCHED))
    posts: Remembered[str, Post] = field(default_factory=lambda: Remembered(MOST_WATCHED))
    reposters: Remembered[str, frozenset[str]] = field(default_factory=lambda: Remembered(MOST_WATCHED))
    untold: Remembered[tuple[str, str], None] = field(default_factory=lambda: Remembered(REMEMBERED))
    gone: Remembered[tuple[str, str], None] = field(default_factory=lambda: Remembered(REMEMBERED))
    expiring: dict[str, int] = field(default_factory=dict)
    watches: int = 0
    asked_about: Remembered[str, None] = field(default_factory=lambda: Remembered(MOST_ASKED_ABOUT))
    askings: int = 0

    def watch(self, note_id: str) -> None:
        self.watched[note_id] = None
        self.watches += 1

    def ask_about(self, note_id: str) -> None:
        """Have relays tell who answers a note or passes it on: what they have, and from now on."""
        self.asked_about[note_id] = None
        self.askings += 1

    def keep(self, event: NostrEvent, post: Post) -> list[SourceEvent]:
        """Return a note as it is passed on, or nothing when its author has deleted it already.

        Raises InvalidPost when its end could not be remembered.
        """
        if (event.id, event.pubkey) in self.gone:
            return []
        if event.expires_at is not None:
            if len(self.expiring) >= MOST_EXPIRING:
                raise InvalidPost("It is to expire, and too many others are, too.")
            self.expiring[event.id] = event.expires_at
        self.watch(event.id)
        self.posts[event.id] = post
        self.threads.note(post)
        return [Upsert(post)]

    def learn(self, event: NostrEvent) -> None:
        known = self.profiles.get(event.pubkey)
        if known is None or known.created_at < event.created_at:
            self.profiles[event.pubkey] = parse_profile(event)

    def deletes(self, event: NostrEvent) -> Iterator[Delete]:
        """Yield what a deletion takes away of what is watched; who asks must be who wrote it.

        It may name notes that come only later, from another relay.
        """
        for note in deleted(event):
            self.gone[note, event.pubkey] = None
            if note in self.watched:
                yield Delete(f"nostr:{note}", f"nostr:{event.pubkey}")

    def count(self, event: NostrEvent) -> str | None:
        """Count a repost; returns the id of the note if that is news of one we have."""
        note = passed_on(event)
        if note is None or not (note in self.posts or note in self.watched or note in self.asked_about):
            return None
        by = self.reposters.get(note, frozenset())
        if event.pubkey in by or len(by) >= MOST_REPOSTERS:
            return None
        self.reposters[note] = by | {event.pubkey}
        self.untold[note, event.pubkey] = None
        return note

    def amplifiers(self) -> list[str]:
        """Return the keys of who passed on notes on the wall, and was not told of yet."""
        return [key for note, key in self.untold if note in self.asked_about]

    def amplified(self, knows: Callable[[str], bool]) -> list[SourceEvent]:
        """Return who passed on notes on the wall, each once, of whom all is known that can be."""
        told: dict[str, list[Author]] = {}
        for note, key in list(self.untold):
            if note in self.asked_about and knows(key):
                del self.untold[note, key]
                told.setdefault(note, []).append(author(key, self.profiles.get(key)))
        return [Amplified(f"nostr:{note}", by) for note, by in told.items()]

    def recounted(self, notes: Mapping[str, None]) -> list[SourceEvent]:
        """Return notes with their reposts as counted by now."""
        known = [note for note in notes if note in self.posts]
        for note in known:
            self.posts[note] = replace(self.posts[note], reposts=len(self.reposters[note]))
        return [Upsert(self.posts[note]) for note in known]

    def ended(self, now: datetime) -> list[Delete]:
        """Return the notes whose time is over by now, and forget them."""
        over = [note for note, ends in self.expiring.items() if ends <= now.timestamp()]
        for note in over:
            del self.expiring[note]
        return [Delete(f"nostr:{note}") for note in over]

"""The conversation with one relay (NIP-01): frames in, requests and events out. No socket, no clock in here."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from wall.core.post import SourceRef
from wall.errors import InvalidPost, SourceError
from wall.sources.base import Delete, SetAside, SourceEvent, Upsert
from wall.sources.nostr_event import NostrEvent, verified
from wall.sources.nostr_note import DELETION, NOTE, PROFILE, Profile, deleted, parse_note, parse_profile
from wall.sources.payload import loads, mapping
from wall.sources.remembered import Remembered

NOTES, PROFILES, DELETIONS = "notes", "profiles", "deletions"
MOST_STORED = 500  # notes a relay is asked for on connecting
MOST_WATCHED = 200  # newest notes whose deletion is looked for
MOST_AUTHORS = 200  # authors asked for at once
WATCH_EVERY = timedelta(seconds=5)  # a deletion is stored, so asking a little later misses none
MOST_HELD = 500  # notes waiting for their authors' names
REMEMBERED = 5000


@dataclass(slots=True)
class Harvest:
    """What the relays of one source have brought in together. `watched` are the notes whose deletion matters."""

    seen: Remembered[str, None] = field(default_factory=lambda: Remembered(REMEMBERED))
    profiles: Remembered[str, Profile] = field(default_factory=lambda: Remembered(REMEMBERED))
    watched: Remembered[str, None] = field(default_factory=lambda: Remembered(MOST_WATCHED))
    watches: int = 0

    def watch(self, note_id: str) -> None:
        self.watched[note_id] = None
        self.watches += 1


class Dialog:
    """One connection's conversation: send what `requests` returns, give it each frame, pass on what it harvests.

    A note waits for its author's profile, at most `patience`. All methods take the time from the caller.
    """

    def __init__(
        self, source: SourceRef, harvest: Harvest, spellings: Sequence[str], since: int | None, patience: timedelta
    ) -> None:
        self.source = source
        self.shared = harvest
        self.filter: dict[str, object] = {"kinds": [NOTE], "#t": list(spellings), "limit": MOST_STORED}
        if since is not None:
            self.filter["since"] = since
        self.patience = patience
        self.opened = False
        self.caught_up = False
        self.held: dict[str, NostrEvent] = {}
        self.asked: Remembered[str, None] = Remembered(REMEMBERED)
        self.asking_until: datetime | None = None
        self.watching = 0
        self.watch_after: datetime | None = None
        self.done: list[SourceEvent] = []

    def requests(self, now: datetime) -> list[str]:
        """Return the frames to send now."""
        frames = []
        if not self.opened:
            self.opened = True
            frames.append(json.dumps(["REQ", NOTES, self.filter]))
        if self.caught_up and self.asking_until is None and (unknown := self.unknown_authors()):
            self.asked.update(dict.fromkeys(unknown))
            self.asking_until = now + self.patience
            frames.append(json.dumps(["REQ", PROFILES, {"kinds": [PROFILE], "authors": unknown}]))
        if self.watching != self.shared.watches and (self.watch_after is None or now >= self.watch_after):
            self.watching = self.shared.watches
            self.watch_after = now + WATCH_EVERY
            frames.append(json.dumps(["REQ", DELETIONS, {"kinds": [DELETION], "#e": list(self.shared.watched)}]))
        return frames

    def receive(self, frame: str | bytes) -> None:
        """Take in a frame; what cannot be read is set aside. Raises SourceError when the relay refuses."""
        try:
            message = loads(frame)
            if not isinstance(message, list) or not message:
                raise InvalidPost("A relay sent something that is no message of Nostr.")
            self.understand(*message[:3])
        except InvalidPost as error:
            self.done.append(SetAside(error.message))

    def harvest(self, now: datetime) -> list[SourceEvent]:
        """Return what can be passed on by now: deletions at once, notes with their authors' names."""
        if self.asking_until is not None and now >= self.asking_until:
            self.asking_until = None
        ready = self.caught_up and self.asking_until is None and not self.unknown_authors()
        if ready or len(self.held) > MOST_HELD:
            self.release(now)
        done, self.done = self.done, []
        return done

    def understand(self, verb: object = None, subscription: object = None, content: object = None) -> None:
        if verb == "EVENT":
            self.take(content)
        elif verb == "EOSE" and subscription == NOTES:
            self.caught_up = True
        elif verb in ("EOSE", "CLOSED") and subscription == PROFILES:
            self.asking_until = None
        elif verb == "CLOSED" and subscription == NOTES:
            raise SourceError(f"It refuses to be read: {str(content)[:200]}")

    def take(self, raw: object) -> None:
        claimed = mapping(raw).get("id")
        if isinstance(claimed, str) and (claimed in self.shared.seen or claimed in self.held):
            return
        event = verified(raw)
        if event.kind == NOTE:
            self.held[event.id] = event
            return
        self.shared.seen[event.id] = None
        if event.kind == PROFILE:
            self.learn(event)
        elif event.kind == DELETION:
            author = f"nostr:{event.pubkey}"
            notes = [note for note in deleted(event) if note in self.shared.watched]
            self.done += [Delete(f"nostr:{note}", author) for note in notes]

    def learn(self, event: NostrEvent) -> None:
        known = self.shared.profiles.get(event.pubkey)
        if known is None or known.created_at < event.created_at:
            self.shared.profiles[event.pubkey] = parse_profile(event)

    def unknown_authors(self) -> list[str]:
        authors = dict.fromkeys(event.pubkey for event in self.held.values())
        unknown = [one for one in authors if one not in self.shared.profiles and one not in self.asked]
        return unknown[:MOST_AUTHORS]

    def release(self, now: datetime) -> None:
        held, self.held = self.held, {}
        for event in sorted(held.values(), key=lambda event: event.created_at):
            if event.id in self.shared.seen:
                continue
            self.shared.seen[event.id] = None
            try:
                post = parse_note(event, self.shared.profiles.get(event.pubkey), source=self.source, now=now)
            except InvalidPost as error:
                self.done.append(SetAside(error.message))
                continue
            if post is not None:
                self.shared.watch(event.id)
                self.done.append(Upsert(post))

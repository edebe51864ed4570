"""The conversation with one relay (NIP-01): frames in, requests and events out. No socket, no clock in here."""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from wall.core.post import SourceRef
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.base import SetAside, SourceEvent
from wall.sources.nostr.event import NostrEvent, verified
from wall.sources.nostr.filters import continuations, fates, reactions
from wall.sources.nostr.harvest import Harvest
from wall.sources.nostr.held import Held, Patience
from wall.sources.nostr.note import DELETION, NOTES, PROFILE, REPOSTS, UID, parse_note, reply_to
from wall.sources.nostr.refusal import deafness, refusal
from wall.sources.nostr.text import people
from wall.sources.payload import loads, mapping
from wall.sources.remembered import Remembered

LIVE, OLDER, AGAIN, PROFILES, DELETIONS, THREADS = "notes", "older", "again", "profiles", "deletions", "threads"
REPLIES = "replies"
MOST_STORED = 500  # notes a relay is asked for at once
MOST_PAGES = 20  # of stored notes, when it was left for long
MOST_AGAIN = 100  # newest notes that are asked for once more, in case the relay did not send them by itself
MOST_AUTHORS = 200  # authors asked for at once
WATCH_EVERY = timedelta(seconds=5)  # a deletion is stored, so asking a little later misses none
MOST_HELD = 500  # notes waiting for their authors' names
REMEMBERED = 5000


class Dialog:
    """One connection's conversation: send what `requests` returns, give it each frame, pass on what it harvests.

    `since` is from when notes are wanted, in seconds since the epoch, and `most` how many the relay gives at once. All
    methods take the time from the caller. `shortfall` says what the relay keeps from us, in words.
    """

    def __init__(
        self,
        source: SourceRef,
        harvest: Harvest,
        spellings: Sequence[str],
        since: int | None,
        patience: Patience,
        most: int = MOST_STORED,
    ) -> None:
        self.source = source
        self.shared = harvest
        self.wanted: dict[str, object] = {"kinds": list(NOTES), "#t": list(spellings)}
        self.since = {} if since is None else {"since": since}
        self.patience = patience
        self.most = min(most, MOST_STORED)
        self.opened = False
        self.caught_up = False
        self.pages = 0
        self.page: list[int] = []
        self.next_page = False
        self.answer_by: datetime | None = None
        self.ask_again: datetime | None = None
        self.flowing = False
        self.notice = ""
        self.wants_sign_in = False
        self.shortfall = ""
        self.held: dict[str, Held] = {}
        self.asked: Remembered[str, None] = Remembered(REMEMBERED)
        self.asking: list[str] = []
        self.asking_until: datetime | None = None
        self.watching = 0
        self.listening = 0
        self.watch_after: datetime | None = None
        self.threads = 0
        self.threads_after: datetime | None = None
        self.counted: dict[str, None] = {}
        self.done: list[SourceEvent] = []
        self.endings: list[str] = []

    # What is asked

    def requests(self, now: datetime) -> list[str]:
        """Return the frames to send now. Raises SourceError when the relay has long owed an answer."""
        self.check_answered(now)
        frames = [json.dumps(["CLOSE", name]) for name in self.endings]
        self.endings = []
        if not self.opened:
            self.opened = True
            frames.append(self.question(LIVE, now, {**self.wanted, **self.since, "limit": self.most}))
        if self.next_page:
            frames.append(self.question(OLDER, now, self.older()))
        if self.caught_up and self.ask_again is not None and now >= self.ask_again:
            frames.append(self.question(AGAIN, now, {**self.wanted, "limit": min(self.most, MOST_AGAIN)}))
        if self.flowing and self.asking_until is None and (unknown := self.unknown_people()):
            self.asked.update(dict.fromkeys(unknown))
            self.asking, self.asking_until = unknown, now + self.patience.profile
            frames.append(json.dumps(["REQ", PROFILES, {"kinds": [PROFILE], "authors": unknown}]))
        if self.watching != self.shared.watches and is_past(self.watch_after, now):
            self.watching = self.shared.watches
            self.watch_after = now + WATCH_EVERY
            frames.append(json.dumps(["REQ", DELETIONS, *fates(self.shared.watched, self.most)]))
        if self.caught_up and self.threads != self.shared.threads.changes and is_past(self.threads_after, now):
            self.threads = self.shared.threads.changes
            self.threads_after = now + WATCH_EVERY
            frames.append(json.dumps(["REQ", THREADS, continuations(self.shared.threads, now, self.most)]))
        if self.listening != self.shared.askings:
            self.listening = self.shared.askings
            wanted = reactions(self.shared.asked_about, self.most, replies=self.shared.replies)
            frames.append(json.dumps(["REQ", REPLIES, *wanted]))
        return frames

    def question(self, name: str, now: datetime, wanted: dict[str, object]) -> str:
        self.answer_by = now + self.patience.answer
        self.ask_again = None
        self.next_page = False
        return json.dumps(["REQ", name, wanted])

    def older(self) -> dict[str, object]:
        until, self.page = min(self.page), []
        self.pages += 1
        return {**self.wanted, **self.since, "until": until, "limit": self.most}

    def check_answered(self, now: datetime) -> None:
        if self.ask_again is None and self.caught_up and self.answer_by is None:
            self.ask_again = now + self.patience.again
        if self.answer_by is None or now < self.answer_by:
            return
        if self.caught_up or not self.page:
            raise deafness(self.notice, wants_sign_in=self.wants_sign_in)
        # It sends notes and no end of them: they are passed on, and next time it is asked for the same once more.
        self.flowing, self.answer_by = True, None

    # What is answered

    def receive(self, frame: str | bytes) -> None:
        """Take in a frame; what cannot be read is set aside. Raises SourceError when the relay refuses."""
        try:
            message = loads(frame)
            if not isinstance(message, list) or not message:
                raise InvalidPost("A relay sent something that is no message of Nostr.")
            self.understand(*message[:3])
        except InvalidPost as error:
            self.done.append(SetAside(error.message))

    def understand(self, verb: object = None, name: object = None, content: object = None) -> None:
        if verb == "EVENT":
            self.take(name, content)
        elif verb == "EOSE" and name in (LIVE, OLDER, AGAIN):
            self.answered(name)
        elif verb in ("EOSE", "CLOSED") and name == PROFILES:
            self.asking, self.asking_until = [], None
        elif verb == "CLOSED" and name in (LIVE, OLDER):
            raise refusal(content)
        elif verb == "CLOSED" and name == AGAIN:
            self.answer_by = None
        elif verb == "CLOSED" and name == DELETIONS:
            self.shortfall = f"{self.source.place} does not tell of deletes. {refusal(content).message}"
        elif verb == "NOTICE" and isinstance(name, str):
            self.notice = clean_name(name[:500])
        elif verb == "AUTH":
            self.wants_sign_in = True

    def answered(self, name: object) -> None:
        """Note the end of what a relay has stored; older notes are asked for until there is nothing new."""
        self.flowing, self.answer_by = True, None
        if name != LIVE:
            self.endings.append(str(name))
        if name != AGAIN and self.since and self.page and self.pages < MOST_PAGES:
            self.next_page = True
        else:
            self.caught_up = True

    def take(self, name: object, raw: object) -> None:
        claimed = mapping(raw).get("id")
        if isinstance(claimed, str) and (claimed in self.shared.seen or claimed in self.held):
            return
        event = verified(raw)
        answers = name == REPLIES and event.kind in NOTES
        if answers and (reply_to(event) or "").removeprefix(UID) not in self.shared.asked_about:
            return  # it answers an answer, of which nobody knows yet whether that is for the wall
        if event.kind in NOTES:
            self.held[event.id] = Held(event, (event.pubkey, *people(event.content)))
            if not self.caught_up and name != REPLIES:
                self.page.append(event.created_at)
            return
        self.shared.seen[event.id] = None
        if event.kind == PROFILE:
            self.shared.learn(event)
        elif event.kind == DELETION:
            self.done += self.shared.deletes(event)
        elif event.kind in REPOSTS and (note := self.shared.count(event)):
            self.counted[note] = None

    # What is passed on

    def harvest(self, now: datetime) -> list[SourceEvent]:
        """Return what can be passed on by now: deletions at once, notes with their authors' names."""
        if self.asking_until is not None and now >= self.asking_until:
            self.asking, self.asking_until = [], None
        if self.flowing or len(self.held) > MOST_HELD:
            self.release(now, all_of_them=len(self.held) > MOST_HELD)
        self.done += self.shared.recounted(self.counted)
        self.counted = {}
        self.done += self.shared.amplified(self.knows)
        done, self.done = self.done, []
        return done

    def unknown_people(self) -> list[str]:
        named = [person for note in self.held.values() for person in note.people] + self.shared.amplifiers()
        unknown = [
            one for one in dict.fromkeys(named) if one not in self.shared.profiles and one not in self.asked
        ]
        return unknown[:MOST_AUTHORS]

    def is_settled(self, note: Held) -> bool:
        """Tell whether everything is known of the people of a note that can be, or was waited for long enough."""
        profiles, key = self.shared.profiles, note.event.pubkey
        if not all(map(self.knows, note.people)):
            return False
        return key not in profiles or self.shared.handles.settled(key, profiles[key].claim)

    def knows(self, person: str) -> bool:
        return person in self.shared.profiles or (person in self.asked and person not in self.asking)

    def release(self, now: datetime, *, all_of_them: bool) -> None:
        settled = [note.event for note in self.held.values() if all_of_them or self.is_settled(note)]
        for event in sorted(settled, key=lambda event: event.created_at):
            del self.held[event.id]
            if event.id in self.shared.seen:
                continue
            self.shared.seen[event.id] = None
            try:
                self.done += self.parsed(event, now)
            except InvalidPost as error:
                self.done.append(SetAside(error.message))

    def parsed(self, event: NostrEvent, now: datetime) -> list[SourceEvent]:
        profiles = self.shared.profiles
        author = profiles.get(event.pubkey)
        handle = self.shared.handles.of(event.pubkey, author.claim) if author else None
        post = parse_note(event, profiles, source=self.source, now=now, handle=handle)
        return self.shared.keep(event, post) if post else []


def is_past(time: datetime | None, now: datetime) -> bool:
    return time is None or now >= time

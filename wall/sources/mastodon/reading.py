"""What one source has read from all its servers of the fediverse: each post once, each edit once. Pure."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Protocol

from wall.core.event import Event
from wall.core.post import Post, SourceRef
from wall.core.source import Place
from wall.core.words import _, all_of
from wall.errors import InvalidPost
from wall.sources.base import Asked, Checkpoint, Delete, SetAside, SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.mastodon.hearing import Hearing
from wall.sources.mastodon.status import LOCAL, alias, is_hidden, parse_status
from wall.sources.payload import loads, mapping, moment, string
from wall.sources.remembered import Remembered
from wall.sources.threads import Threads

REMEMBERED = 10_000
RECOUNTED = timedelta(minutes=1)
"""How long a post's count of reposts stands at least before it is told again."""
FEWEST_REPOSTS = 2
NOTABLE = 0.1
"""Share by which a count must have grown to be told again."""


class Parse(Protocol):
    """What reads a status of some kind of server; returns None for what is not for the wall."""

    def __call__(
        self,
        payload: object,
        *,
        host: str,
        domain: str,
        uids: Mapping[str, str],
        source: SourceRef,
        now: datetime,
    ) -> Post | None: ...


class Reading:
    """Turns what servers send into events, and remembers which server calls which post what."""

    def __init__(self, source: SourceRef, parse: Parse = parse_status, *, threads: Threads | None = None) -> None:
        self.source = source
        self.parse = parse
        self.threads = threads
        self.revisions: Remembered[str, int] = Remembered(REMEMBERED)
        self.reposts: Remembered[str, tuple[int, datetime]] = Remembered(REMEMBERED)
        self.uids: dict[str, Remembered[str, str]] = {}
        self.whereabouts: Remembered[str, tuple[str, str]] = Remembered(REMEMBERED)
        self.broken: Remembered[str, None] = Remembered(REMEMBERED)
        self.domains: dict[str, str] = {}
        self.newest: dict[str, str] = {}
        self.reposted_by: Remembered[str, tuple[str, ...]] = Remembered(REMEMBERED)
        self.counts: Remembered[str, int] = Remembered(REMEMBERED)
        self.hearings: defaultdict[str, Hearing] = defaultdict(Hearing)

    def knows(self, host: str, payload: object) -> bool:
        """Tell whether a server's status was read before, in whatever version."""
        local_id = str(mapping(payload).get("id"))
        return local_id in self.uids.get(host, ()) or fingerprint(host, payload) in self.broken

    def take(
        self,
        host: str,
        payload: object,
        now: datetime,
        *,
        by: str | None = None,
        event: Event | None = None,
        again: bool = False,
    ) -> list[SourceEvent]:
        """Return what a status means: a post, new, edited or passed on more, nothing, or something to set aside.

        `by` is the account of the team that passed it on; with an `event`, it need not name that one's hashtag.
        With `again`, what was told before is told once more.
        """
        uids = self.uids.setdefault(host, Remembered(REMEMBERED))
        domain = self.domains.get(host, host)
        try:
            post = self.parse(payload, host=host, domain=domain, uids=uids, source=self.source, now=now)
        except InvalidPost as error:
            return self.set_aside(host, payload, f"{host}: {error.message}")
        local_id = str(mapping(payload)["id"])
        before = uids.get(local_id)
        uids[local_id] = post.uid if post else ""
        if post is None:
            return [Delete(before)] if before and is_hidden(payload) else []
        if post.uid not in self.whereabouts or post.uid.startswith(f"ap:https://{host}/"):
            self.whereabouts[post.uid] = (host, local_id)  # best asked at home, where deletes are known first
        self.counts[post.uid] = post.reposts
        boosted = self.boosted(post.uid, by)
        tags = implied(event, post.tags) if event else post.tags
        post = replace(post, reposted_by=self.reposted_by.get(post.uid, ()), tags=tags)
        if self.threads:
            self.threads.note(post, replies=replies(payload))
        if self.revisions.get(post.uid, -1) >= post.revision:
            return [Upsert(post)] if self.recounts(post, now) or boosted or again else []
        self.reposts[post.uid] = (post.reposts, now)
        self.revisions[post.uid] = post.revision
        self.newest[host] = post.created_at.isoformat()
        return [Upsert(post)]

    def boosted(self, uid: str, by: str | None) -> bool:
        """Note that an account of the team passed a post on, if one did; tells whether that is news."""
        known = self.reposted_by.get(uid, ())
        if by is None or by in known:
            return False
        self.reposted_by[uid] = (*known, by)
        return True

    def recounts(self, post: Post, now: datetime) -> bool:
        """Tell whether a post was passed on so much more often that it is worth telling: now and then, at most."""
        before, at = self.reposts.get(post.uid, (0, now - RECOUNTED))
        grown = post.reposts > before and post.reposts - before >= before * NOTABLE
        if not grown or post.reposts < FEWEST_REPOSTS or now - at < RECOUNTED:
            return False
        self.reposts[post.uid] = (post.reposts, now)
        return True

    def take_all(self, host: str, payloads: Iterable[object], now: datetime) -> list[SourceEvent]:
        """Return what statuses given newest first mean, oldest first, with where to go on from."""
        events = [event for payload in reversed(list(payloads)) for event in self.take(host, payload, now)]
        return [*events, self.checkpoint()] if events else []

    def take_thread(self, host: str, post: Post, payloads: Iterable[object], now: datetime) -> list[SourceEvent]:
        """Return what statuses that answer a post mean, told before or not, and that it was asked about."""
        events = [event for payload in payloads for event in self.take(host, payload, now, again=True)]
        return [*events, Asked(post.uid)]

    def was_amplified(self, post: Post) -> bool:
        """Tell whether somebody passed a post on, or may have: what was never read lately may have been."""
        return self.counts.get(post.uid, 1) > 0

    def find(self, post: Post, hosts: Collection[str]) -> tuple[str, str] | None:
        """Return at which of some servers to ask about a post, and its id there; learnt of the post, if need be."""
        for name in post.aliases:
            host, _, local_id = name.removeprefix(LOCAL).partition("/")
            if name.startswith(LOCAL) and host in hosts:
                self.uids.setdefault(host, Remembered(REMEMBERED)).setdefault(local_id, post.uid)
                if post.uid not in self.whereabouts:
                    self.whereabouts[post.uid] = (host, local_id)
        found = self.whereabouts.get(post.uid)
        return found if found and found[0] in hosts else None

    def take_frame(self, host: str, frame: str | bytes, now: datetime) -> list[SourceEvent]:
        """Return what a frame of the live stream means."""
        try:
            message = mapping(loads(frame))
            verb, content = string(message, "event"), message.get("payload")
            if verb == "delete" and isinstance(content, (str, int)):
                return [Delete(self.uid(host, str(content)))]
            if verb in ("update", "status.update"):
                payload = loads(content) if isinstance(content, str) else content
                self.hearings[host].hear(str(mapping(payload).get("id")), now)
                return self.take_all(host, [payload], now)
        except InvalidPost as error:
            return [SetAside(f"{host}: {error.message}")]
        return []

    def found(self, host: str, hashtag: str, payloads: Iterable[object], now: datetime) -> None:
        """Note that polling found these statuses with a hashtag, which the live stream ought to bring, too."""
        written = [(str(mapping(one).get("id")), moment(mapping(one).get("created_at"))) for one in payloads]
        uids: Mapping[str, str] = self.uids.get(host, {})
        self.hearings[host].find(hashtag, [(one, at) for one, at in written if at and uids.get(one)], now)

    def uid(self, host: str, local_id: str) -> str:
        """Return a post's uid by a server's own id; failing that, the alias that the post may be known by."""
        known = self.uids.get(host)
        return (known and known.get(local_id)) or alias(host, local_id)

    def is_not_for_all(self, host: str, local_id: str) -> bool:
        """Tell whether a server's status was, when it was last read, none for the wall."""
        known = self.uids.get(host)
        return known is not None and known.get(local_id) == ""

    def set_aside(self, host: str, payload: object, reason: str) -> list[SourceEvent]:
        mark = fingerprint(host, payload)
        if mark in self.broken:
            return []
        self.broken[mark] = None
        return [SetAside(reason)]

    def newest_id(self, host: str, *, but: Collection[str] = ()) -> str | None:
        """Return a server's own id of the post read last, if there is one besides those given."""
        known = self.uids.get(host)
        found = reversed(known.items()) if known else ()
        return next((local_id for local_id, uid in found if uid and local_id not in but), None)

    def checkpoint(self) -> Checkpoint:
        """Return how far each server was read. For people only: a restart reads the window again."""
        return Checkpoint(json.dumps(self.newest))

    def to_look_for(self, uids: Sequence[str]) -> dict[str, dict[str, str]]:
        """Return the uids of these posts by host and that host's id, as far as known."""
        found: dict[str, dict[str, str]] = {}
        for uid in uids:
            if uid in self.whereabouts:
                host, local_id = self.whereabouts[uid]
                found.setdefault(host, {})[local_id] = uid
        return found


def replies(payload: object) -> int:
    """Return how many replies a server counts to a status; Misskey calls it otherwise."""
    status = mapping(payload)
    told = status.get("replies_count", status.get("repliesCount"))
    return told if type(told) is int else 0


def fingerprint(host: str, payload: Any) -> str:
    """Return what a broken status is known by when it comes again with the next poll."""
    return hashlib.sha256(f"{host} {payload!r:.5000}".encode(errors="replace")).hexdigest()


def described(position: str) -> Place | None:
    """Return how far the servers were read, by the times of their newest posts."""
    try:
        saved = mapping(loads(position or "{}"))
    except InvalidPost:
        return None
    read = {host: time for host, written in saved.items() if (time := moment(written))}
    return (
        Place(_("the newest of %(servers)s", servers=all_of(sorted(read))), max(read.values())) if read else None
    )

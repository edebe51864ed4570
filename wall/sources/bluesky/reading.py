"""What one Bluesky source knows of the posts it told of: which to follow, and which are gone for a while. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.post import Post, SourceRef
from wall.errors import InvalidPost
from wall.sources.base import Delete, SetAside, SourceEvent
from wall.sources.bluesky.hosts import MOST_HIDDEN
from wall.sources.bluesky.profile import label_values
from wall.sources.bluesky.record import HIDDEN, at, at_uri, parse_record, record_of, self_labels, viewed, warning
from wall.sources.bluesky.sieve import Sieve
from wall.sources.bluesky.wire import Account, Commit, revision
from wall.sources.payload import mapping, milliseconds, moment, string
from wall.sources.remembered import Remembered

REMEMBERED = 5000
MOST_HIDDEN_OF_ONE = 50
MOST_TRIES = 20
"""How often the posts of an account that is back are looked for."""
CREATED = 1
"""The revision of a post that was never changed; later ones are times."""
MISSES, MISSES_UNSEEN = 2, 4
"""How often in a row an AppView must not show a post that it showed before, or never did, until it counts as gone."""


@dataclass(frozen=True, slots=True)
class Found:
    """A post that waits for its author's profile; `returned` if it was taken back and is there again."""

    post: Post
    returned: bool = False


class Reading:
    """Turns what is heard into posts and deletes. `watched` are the posts whose fate matters, by uid."""

    def __init__(self, event: Event, source: SourceRef, hidden: Mapping[str, Sequence[str]]) -> None:
        self.event = event
        self.source = source
        self.sieve = Sieve(event.keys)
        self.watched: Remembered[str, str] = Remembered(REMEMBERED)
        self.gone: Remembered[str, None] = Remembered(REMEMBERED)
        self.kept_back: Remembered[str, None] = Remembered(REMEMBERED)
        self.broken: Remembered[int, None] = Remembered(REMEMBERED)
        self.misses: Remembered[str, int] = Remembered(REMEMBERED)
        self.seen: Remembered[str, None] = Remembered(REMEMBERED)
        self.hidden: Remembered[str, Sequence[str]] = Remembered(MOST_HIDDEN)
        self.hidden.update(hidden)
        self.returning: dict[str, int] = dict.fromkeys(hidden, 0)
        self.told: Remembered[str, None] = Remembered(REMEMBERED)

    # What a Jetstream tells

    def watch(self, uids: Iterable[str]) -> None:
        for uid in uids:
            if uid not in self.watched and uid not in self.gone and at_uri(uid):
                self.keep(uid, "")
                self.told[uid] = None

    def keep(self, uid: str, version: str) -> None:
        self.watched[uid] = version
        if self.event.terms.continuations:
            self.sieve.followed[author_of(uid).encode()] = None

    def take(self, commit: Commit, now: datetime) -> Found | Delete | None:
        """Return what a commit means to us, if anything. Raises InvalidPost for a record that is no post."""
        known = commit.uid in self.watched
        if commit.operation == "delete":
            return self.delete(commit.uid) if known else None
        if (known and self.watched[commit.uid].partition(" ")[0] == commit.cid) or commit.uid in self.gone:
            return None
        record = record_of(commit.record)
        edited = revision(commit.rev) or commit.time // 1000
        post = parse_record(
            record,
            did=commit.did,
            rkey=commit.rkey,
            revision=edited if commit.operation == "update" else CREATED,
            source=self.source,
            time=at(commit.time),
            now=now,
        )
        if not known and not self.is_ours(post):
            return None
        if not is_for_all(record):
            return self.keep_back(commit.uid)
        self.keep(commit.uid, version(commit.cid, self_labels(record)))
        return Found(post)

    def is_ours(self, post: Post) -> bool:
        """Tell whether a post has the hashtag, or may go on from one of its author's that has."""
        own = post.reply_to in self.watched and author_of(post.reply_to or "") == post.author.uid
        return self.event.may_want(post) if own else self.event.names(post)

    def delete(self, uid: str) -> Delete:
        self.watched.pop(uid, None)
        self.gone[uid] = None
        return Delete(uid, author_of(uid))

    def account(self, change: Account) -> list[SourceEvent]:
        """Return the deletes of all posts of an account that went away; one that is back is looked for again."""
        if change.active:
            if change.did in self.hidden:
                self.returning[change.did] = 0
            return []
        own = [uid for uid in self.watched if uid.startswith(f"at://{change.did}/")]
        self.returning.pop(change.did, None)
        if not own:
            return []
        for uid in own:
            del self.watched[uid]
        self.hidden[change.did] = list(dict.fromkeys((*self.hidden.get(change.did, ()), *own)))[
            -MOST_HIDDEN_OF_ONE:
        ]
        return [Delete(uid, change.did) for uid in own]

    def expects(self, found: Found, view: Mapping[str, Any]) -> bool:
        """Have the fate of an answer matter from now on; tells whether it may be shown, for all we know."""
        uid = found.post.uid
        if uid not in self.gone:
            self.watched.setdefault(uid, version_of(view))
        return uid in self.watched

    def set_aside(self, frame: bytes, error: InvalidPost) -> list[SourceEvent]:
        """Return what could not be read, once, and only if it may have been meant for this wall."""
        mark = hash(frame)
        if mark in self.broken or not self.sieve.names(frame):
            return []
        self.broken[mark] = None
        return [SetAside(f"Bluesky: {error.message}")]

    # What an AppView tells

    def is_gone(self, found: Found) -> bool:
        """Tell whether a post was deleted, or hidden with its account, while it waited for its author's profile."""
        return found.post.uid not in self.watched and not found.returned

    def keep_back(self, uid: str) -> Delete | None:
        """Leave out a post that is not for everybody; if it was told of before, it is taken back."""
        self.kept_back[uid] = None
        delete = self.delete(uid)
        return delete if uid in self.told else None

    def sweep(
        self, asked: Sequence[str], views: Mapping[str, Mapping[str, Any]], now: datetime
    ) -> Iterator[Found | Delete]:
        """Yield what has become of posts: hidden by a label, gone, changed, or warned of."""
        for uid in asked:
            view = views.get(uid)
            if view is None:
                self.misses[uid] = self.misses.get(uid, 0) + 1
                enough = MISSES if uid in self.seen else MISSES_UNSEEN
                # An AppView that never showed any post of ours says nothing by leaving one out.
                if self.misses[uid] >= enough and (views or self.seen):
                    yield self.delete(uid)
                continue
            self.misses.pop(uid, None)
            self.seen[uid] = None
            if not HIDDEN.isdisjoint((*label_values(view), *label_values(mapping(view.get("author"))))):
                yield self.delete(uid)
            elif self.changed(uid, view) and (found := self.view(view, now, milliseconds(now))):
                yield found

    def changed(self, uid: str, view: Mapping[str, Any]) -> bool:
        """Tell whether an AppView shows another version than we told of, or warns of it as its author does not.

        Of a post that was told of in another life it is not known which version that was; a warning is told again.
        """
        shown, known = version_of(view), self.watched.get(uid, "")
        told = known or version(string(view, "cid"), self_labels(mapping(view.get("record"))))
        self.watched[uid] = shown
        return shown != told

    def sought(self) -> list[str]:
        """Return the posts of accounts that are back, or may be; after a while they are looked for no more."""
        for did, tries in list(self.returning.items()):
            self.returning[did] = tries + 1
            if tries >= MOST_TRIES or not self.hidden.get(did):
                del self.returning[did]
        return [uid for did in self.returning for uid in self.hidden.get(did, ())]

    def back(self, views: Mapping[str, Mapping[str, Any]], now: datetime) -> Iterator[Found]:
        """Yield the posts of accounts that are back, as far as they are shown again."""
        for uid, view in views.items():
            found = self.view(view, now, milliseconds(now))
            if found is None:
                continue
            did = author_of(uid)
            self.hidden[did] = [one for one in self.hidden.get(did, ()) if one != uid]
            if not self.hidden[did]:
                del self.hidden[did]
            self.watched[uid] = version_of(view)
            yield replace(found, returned=True)

    def view(self, view: Mapping[str, Any], now: datetime, revision: int) -> Found | None:
        """Return the post that an AppView shows, or None when it is not for everybody or no post at all."""
        uid = at_uri(view.get("uri"))
        if uid is None or not HIDDEN.isdisjoint(label_values(view)):
            return None
        try:
            post = parse_record(
                mapping(view.get("record")),
                did=author_of(uid),
                rkey=uid.rpartition("/")[2],
                revision=revision,
                source=self.source,
                time=moment(view.get("indexedAt")) or now,
                now=now,
            )
        except InvalidPost:
            return None
        return Found(shown(post, view))


def version(cid: str, labels: Sequence[str]) -> str:
    """Return what tells versions of a post apart: its content, and what labels warn of."""
    return f"{cid} {warning(labels) or ''}".rstrip()


def version_of(view: Mapping[str, Any]) -> str:
    own = self_labels(mapping(view.get("record")))
    return version(string(view, "cid"), [*own, *label_values(view)])


def shown(post: Post, view: Mapping[str, Any]) -> Post:
    """Return a post with its pictures' addresses at an AppView, and with what labels there warn of."""
    return warned(replace(post, media=viewed(post.media, view)), label_values(view))


def warned(post: Post, labels: Sequence[str]) -> Post:
    """Return a post with what an AppView's labels warn of."""
    words = warning(labels)
    if words is None:
        return post
    return replace(post, sensitive=True, content_warning=post.content_warning or words)


def author_of(uid: str) -> str:
    return uid.split("/")[2]


def is_for_all(record: Mapping[str, Any]) -> bool:
    """Tell whether its author lets people see a record who are not signed in."""
    return HIDDEN.isdisjoint(self_labels(record))

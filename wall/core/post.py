"""A post and what belongs to it, the same for every network. How it stands with moderators is in moderation.py."""

import hashlib
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Literal

from wall.core.participant import Place

SpanKind = Literal["tag", "mention", "link", "emoji", "bold", "italic", "code"]
MediaKind = Literal["image", "video", "audio"]
Where = Literal["text", "meta", "warning", "sent", "thread"]


LEFT = "left:"
"""How the uid of a post begins whose author left: what follows is our own id of it, and all that is known."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of `text`, in code points, end excluded.

    `value` is the tag without its hash, the handle, the address or the emoji's shortcode; `href` an https
    address or nothing.
    """

    start: int
    end: int
    kind: SpanKind
    value: str = ""
    href: str | None = None


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag as written, its key for comparing, and where in the post it stood.

    `meta` is beside its words, for programs. It stands nowhere when the post was `sent` to the event itself, or goes on
    from a post of a `thread` that has it.
    """

    raw: str
    key: str
    where: Where = "text"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as we keep and serve it: its content hash, and its size in pixels.

    `likeness` is what it looks like (core/likeness.py), "" where that says nothing; `codes` what is written in the
    codes in it that phones read.
    """

    id: str
    width: int
    height: int
    likeness: str = ""
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Remark:
    """Words of the team about a post, never its author's: who wrote them, and when."""

    text: str
    by: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Media:
    """Something attached to a post. `url` is the author's original address and is never shown to anyone.

    `preview_url` is a still of a video. `picture` is our own copy; `problem` says in words why there is none. `alt` is
    the author's, `description` the team's, which is heard instead.
    """

    kind: MediaKind
    url: str
    preview_url: str | None = None
    alt: str | None = None
    picture: Picture | None = None
    problem: str | None = None
    description: Remark | None = None

    @property
    def heard(self) -> str | None:
        """What it shows, in words, for who cannot see it."""
        return self.description.text if self.description else self.alt


@dataclass(frozen=True, slots=True, kw_only=True)
class Author:
    """Who wrote a post. `uid` tells them apart everywhere; `handle` and `name` are what they call themselves.

    `bot`, `followers` and `created_at`, the age of the account, are what the network says, None where it does not.
    `wishes` are what their profile asks of programs, such as `nobot`, `links` the addresses that their network has
    checked to be theirs.
    """

    uid: str
    handle: str
    name: str
    url: str | None = None
    avatar_url: str | None = None
    avatar: Picture | None = None
    bot: bool | None = None
    followers: int | None = None
    created_at: datetime | None = None
    wishes: tuple[str, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """Which configured source a post came through, of what kind that is, and which server or relay told of it.

    `brought_by` is the moderator who brought it in by hand; None for what came by itself.
    """

    id: str
    kind: str
    place: str | None = None
    brought_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """One message of one author: plain text and spans, never markup.

    `uid` is the canonical id on its network (`ap:…`, `nostr:…`, `feed:…`), the same from every server that tells
    of it. `aliases` are other names the source may use for it later, such as a server's own id in a delete.
    `revision` grows with each edit of the author (milliseconds), 0 where the network has none. `reposts` is how often
    others passed it on, as far as its network has told; it is no part of what is decided about. `reposted_by` are the
    handles of those of the team's accounts that did, which is for the team alone. Times are aware UTC.
    What is `forgeable` came by a way on which anybody can write in its author's name, and always waits for a person.
    `bridged_from` is the uid or the address of the post that this one says it was copied from by a bridge; nobody has
    checked that (core/bridges.py). `place` is where its author says they are, in the room or not.
    """

    uid: str
    source: SourceRef
    author: Author
    text: str
    created_at: datetime
    received_at: datetime
    url: str | None = None
    spans: tuple[Span, ...] = ()
    tags: tuple[Tag, ...] = ()
    media: tuple[Media, ...] = ()
    emojis: Mapping[str, Media] = field(default_factory=dict)
    content_warning: str | None = None
    sensitive: bool = False
    language: str | None = None
    reply_to: str | None = None
    revision: int = 0
    aliases: tuple[str, ...] = ()
    reposts: int = 0
    reposted_by: tuple[str, ...] = ()
    forgeable: bool = False
    bridged_from: str | None = None
    place: Place = ""

    @property
    def id(self) -> str:
        return post_id(self.uid)

    @property
    def content_hash(self) -> str:
        return content_hash(self)

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Our own copies of everything in the post that is drawn: what is attached, its author's face, its emojis."""
        kept = [self.author.avatar, *(media.picture for media in (*self.media, *self.emojis.values()))]
        return tuple(picture for picture in kept if picture)

    @property
    def shown(self) -> tuple[Picture, ...]:
        """Our own copies of what is attached."""
        return tuple(media.picture for media in self.media if media.picture)


@lru_cache(maxsize=10_000)  # asked for several times on each post's way
def post_id(uid: str) -> str:
    """Return the wall's own id of the post with this canonical network id.

    Derived, not drawn: the same post seen twice, by two workers at once, has one id without asking anybody.
    """
    if uid.startswith(LEFT):
        return uid.removeprefix(LEFT)
    return b32encode(hashlib.sha256(uid.encode()).digest()[:12]).decode().rstrip("=").lower()


def content_hash(post: Post) -> str:
    """Return what a decision is bound to: all that the author or the team can change and an audience would notice.

    Left out is what differs from server to server for one and the same post, such as where a picture is cached.
    """
    parts = [post.text, post.content_warning or "", "sensitive" if post.sensitive else ""]
    parts += [f"{span.kind} {span.value} {span.href}" for span in post.spans if span.kind == "link"]
    parts += [f"{media.kind} {media.url} {media.alt or ''}" for media in post.media]
    parts += [f"team {place} {media.heard}" for place, media in enumerate(post.media) if media.description]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]

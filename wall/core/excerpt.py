"""An excerpt of a wall: the posts that a viewer chose to read, by network, by session of the programme, with pictures.

The page chooses among what arrives by the same rules (static/js/models/excerpt.js); both are held to
tests/fixtures/excerpts.json.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wall.core.finding import Filter
from wall.core.hashtag import tagkey
from wall.core.moderation import Standing
from wall.core.post import Post
from wall.core.programme import OVERRUN, Programme, Session

LONGEST_NETWORK = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """When a session took place, and what its room is called in hashtags: `room`, and `others` of the programme."""

    session: Session
    ends: datetime
    room: str
    others: frozenset[str]

    def has(self, post: Post) -> bool:
        """Tell whether a post was written during the session, not about another room; or soon after, about its own."""
        return self.covers(post.created_at, {tag.key for tag in post.tags})

    def covers(self, written: datetime, tags: Collection[str]) -> bool:
        """Tell the same of what was written then and has the keys of these hashtags."""
        own = self.room in tags
        if not self.session.starts <= written < (self.ends + OVERRUN if own else self.ends):
            return False
        return own or self.others.isdisjoint(tags)


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Which posts are read: all that is said here must hold. `network` is a kind of source, "" for any."""

    network: str = ""
    pictured: bool = False
    span: Span | None = None

    def __bool__(self) -> bool:
        return bool(self.network or self.pictured or self.span)

    @classmethod
    def parse(cls, query: Mapping[str, str], programme: Programme) -> "Excerpt":
        """Return the excerpt that an address says. A session that the programme no longer has is passed over."""
        return cls(
            network=query.get("network", "")[:LONGEST_NETWORK],
            pictured=query.get("pictures", "") == "some",
            span=span_of(programme, query.get("session", "")),
        )

    def query(self) -> dict[str, str]:
        """Return what says this excerpt in an address."""
        said = {
            "network": self.network,
            "session": self.span.session.id if self.span else "",
            "pictures": "some" if self.pictured else "",
        }
        return {name: value for name, value in said.items() if value}

    def wants(self, standing: Standing) -> bool:
        found = Filter(pictures="some" if self.pictured else "")
        post = standing.post
        return (
            found.wants(standing)
            and (not self.network or self.network == post.source.kind)
            and (self.span is None or self.span.has(post))
        )

    def view(self) -> dict[str, Any]:
        """Return what the page is told, so that it chooses among what arrives as this does."""
        return {
            "network": self.network,
            "pictured": self.pictured,
            "session": span_view(self.span) if self.span else None,
        }


def span_of(programme: Programme, session_id: str) -> Span | None:
    """Return the span of a session, None where the programme has none of that id."""
    session = programme.session(session_id) if session_id else None
    return spans(programme, [session])[0] if session else None


def spans(programme: Programme, sessions: list[Session]) -> list[Span]:
    """Return the spans of sessions of a programme."""
    ends = programme.ends()
    keys = {room: tagkey(room) for room in programme.rooms}
    named = frozenset(keys.values()) - {""}
    return [
        Span(session=one, ends=ends[one.id], room=(room := keys.get(one.room, "")), others=named - {room})
        for one in sessions
    ]


def session_of(found: Sequence[Span], post: Post) -> str | None:
    """Return the id of the session that a post was written in; None where that could be several, or is none.

    Where its hashtags name a room, it is of what ran there then, or else of what had just ended there.
    """
    near = [one for one in found if one.session.starts <= post.created_at < one.ends + OVERRUN and one.has(post)]
    tags = {tag.key for tag in post.tags}
    named = [one for one in near if one.room in tags]
    for choice in ([one for one in named if post.created_at < one.ends], named, near):
        if choice:
            return choice[0].session.id if len(choice) == 1 else None
    return None


def span_view(span: Span) -> dict[str, Any]:
    """Return a span as the page knows it: times in milliseconds."""
    return {
        "from": milliseconds(span.session.starts),
        "until": milliseconds(span.ends),
        "over": milliseconds(span.ends + OVERRUN),
        "room": span.room,
        "others": sorted(span.others),
    }


def milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)

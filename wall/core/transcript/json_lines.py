"""A transcript as JSON Lines: one post a line, all that audiences may know of it, and the version of the schema."""

import json
from typing import Any

from wall.core.link import safe_href
from wall.core.post import Media
from wall.core.transcript.line import Head, Line
from wall.core.transcript.plan import Section
from wall.core.transcript.times import timestamp

VERSION = 1


class JsonLines:
    """Writes JSON Lines."""

    def __init__(self, head: Head) -> None:
        self.head = head

    def begin(self) -> str:
        return ""

    def section(self, _section: Section) -> str:
        return ""

    def line(self, line: Line) -> str:
        return json.dumps(record(line, self.head), ensure_ascii=False, separators=(",", ":")) + "\n"

    def end(self) -> str:
        return ""


def record(line: Line, head: Head) -> dict[str, Any]:
    """Return what audiences may know of a post. Positions of spans are code points of the text."""
    post, standing = line.post, line.standing
    return {
        "schema": VERSION,
        "id": line.key,
        "url": line.url or None,
        "original": post.url,
        "network": post.source.kind,
        "author": {"name": post.author.name, "handle": post.author.handle, "url": post.author.url},
        "text": post.text,
        "spans": [
            {"start": one.start, "end": one.end, "kind": one.kind, "value": one.value, "href": one.href}
            for one in post.spans
        ],
        "language": post.language,
        "warning": post.content_warning,
        "sensitive": post.sensitive,
        "hashtags": line.tags,
        "media": [media_record(line, one, head) for one in post.media],
        "written_at": timestamp(post.created_at),
        "shown_at": timestamp(standing.approved_at) if standing.approved_at else None,
        "pinned": standing.pinned,
        "answers": line.answers,
        "sessions": [{"id": one.id, "title": one.title, "room": one.room} for one in line.sessions],
        "question": line.question,
        "replies": standing.replies,
        "reposts": line.reposts,
        "reactions": {name: count for name, count in standing.reactions.items() if count},
        "also_on": sorted({copy.source for copy in standing.copies} - {post.source.kind}),
        "place": post.place or None,
    }


def media_record(line: Line, media: Media, head: Head) -> dict[str, Any]:
    return {
        "kind": media.kind,
        "src": picture_address(line, media, head),
        "width": media.picture.width if media.picture else None,
        "height": media.picture.height if media.picture else None,
        "description": media.heard,
        "described_by": "team" if media.description else "author" if media.alt else None,
    }


def picture_address(line: Line, media: Media, head: Head) -> str | None:
    """Return the address of our own copy of a picture, which ends when the post leaves the wall."""
    if media.picture is None or not line.url or media.picture.id not in line.kept:
        return None
    return safe_href(f"{head.address}/media/{line.key}/{media.picture.id}/screen")

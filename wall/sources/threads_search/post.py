"""What Threads finds as posts. Pure."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from wall.core import markup
from wall.core.hashtag import tagkey
from wall.core.link import safe_href
from wall.core.post import Author, Media, MediaKind, Post, SourceRef
from wall.core.text import clean
from wall.errors import InvalidPost
from wall.sources.payload import identifier, mapping, mappings, milliseconds, moment, string

SITE = "https://www.threads.com"
NAME = re.compile(r"[A-Za-z0-9._]{1,40}", re.ASCII)
KINDS: Mapping[str, MediaKind] = {"IMAGE": "image", "VIDEO": "video"}
REPOSTED = "REPOST_FACADE"


def parse_found(raw: Mapping[str, Any], hashtag: str, *, source: SourceRef, now: datetime) -> Post | None:
    """Return a post that was found by a hashtag, None where it only passes on another; raises InvalidPost.

    A post has one topic, which need not stand in its text: what was found by it is tagged with it.
    """
    if string(raw, "media_type") == REPOSTED:
        return None
    written = moment(string(raw, "timestamp"))
    handle = string(raw, "username")
    if written is None or not NAME.fullmatch(handle):
        raise InvalidPost("A post from Threads does not say who wrote it, or when.")
    marked = markup.from_text(string(raw, "text"))
    media = tuple(attached(raw))
    if not marked.text and not media:
        raise InvalidPost("A post without words came from Threads.")
    named = [tag for tag in (string(raw, "topic_tag"), hashtag) if tagkey(tag)]
    return Post(
        uid=f"threads:{identifier(raw, 'id')}",
        source=source,
        author=Author(uid=author_uid(handle), handle=handle, name=handle, url=f"{SITE}/@{handle}"),
        url=safe_href(string(raw, "permalink")),
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=named),
        media=media,
        created_at=min(written, now),
        received_at=now,
        # Threads tells of no edits. With a revision, the changing addresses of pictures are not taken for any.
        revision=milliseconds(written),
    )


def attached(raw: Mapping[str, Any]) -> Iterator[Media]:
    for one in [raw, *mappings(mapping(raw.get("children")).get("data"), limit=10)]:
        kind, url = KINDS.get(string(one, "media_type")), safe_href(string(one, "media_url"))
        if kind and url:
            still = safe_href(string(one, "thumbnail_url")) if kind == "video" else None
            yield Media(kind=kind, url=url, preview_url=still, alt=clean(string(one, "alt_text")) or None)


def author_uid(handle: str) -> str:
    """Return which author has a handle; Threads tells of nothing else."""
    return f"threads:@{handle.lower()}"

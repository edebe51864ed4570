"""A record of Bluesky as a post (lexicon app.bsky.feed.post). Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import quote

import msgspec

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.text import clean
from wall.errors import InvalidPost
from wall.sources.bluesky.wire import DID, POSTS, RKEY
from wall.sources.payload import mapping, mappings, moment, string, strings

HOME = "https://bsky.app/profile"
PICTURES = "https://cdn.bsky.app/img/feed_fullsize/plain"
VIDEOS = "https://video.bsky.app/watch"
LONGEST_TEXT = 30_000  # characters; more is cut before anybody looks at it
MOST_MEDIA = 8
MOST_FACETS = 100
SENSITIVE: Mapping[str, str] = {
    "porn": "Adult content",
    "sexual": "Sexual content",
    "nudity": "Nudity",
    "graphic-media": "Graphic pictures",
    "gore": "Graphic pictures",
}
NOT_FOR_THE_PUBLIC = "!no-unauthenticated"
HIDDEN = frozenset((NOT_FOR_THE_PUBLIC, "!hide", "!takedown"))
"""Labels with which a post or an author is not to be shown to people who are not signed in."""


def parse_record(
    record: Mapping[str, Any],
    *,
    did: str,
    rkey: str,
    revision: int,
    source: SourceRef,
    time: datetime,
    now: datetime,
) -> Post:
    """Return the record as a post of an author of whom only the identifier is known.

    `time` is when the network saw it. Raises InvalidPost for what is no post.
    """
    text = record.get("text")
    if not isinstance(text, str):
        raise InvalidPost("It has no text.", field="text")
    embeds = list(embedded(record.get("embed")))
    marked = markup.from_html(as_html(text[:LONGEST_TEXT], record.get("facets"), attached_links(embeds)))
    values = self_labels(record)
    claimed = moment(record.get("createdAt")) or time
    return Post(
        uid=f"at://{did}/{POSTS}/{rkey}",
        source=source,
        author=Author(uid=did, handle=did, name=did, url=f"{HOME}/{did}"),
        url=f"{HOME}/{did}/post/{rkey}",
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=named_tags(record)),
        media=tuple(attached(embeds, did))[:MOST_MEDIA],
        content_warning=warning(values),
        sensitive=warning(values) is not None,
        language=next((tag for tag in map(language, strings(record.get("langs"), limit=3)) if tag), None),
        reply_to=at_uri(mapping(mapping(record.get("reply")).get("parent")).get("uri")),
        created_at=min(claimed, time, now),
        received_at=now,
        revision=revision,
        bridged_from=safe_href(string(record, "bridgyOriginalUrl")),
    )


def record_of(raw: bytes) -> Mapping[str, Any]:
    try:
        record = msgspec.json.decode(raw)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidPost("A post's record cannot be read.") from error
    if not isinstance(record, dict):
        raise InvalidPost("A post has no record.")
    return record


def self_labels(record: Mapping[str, Any]) -> list[str]:
    """Return what the author says of a record by labels, such as `porn`."""
    return [string(label, "val") for label in mappings(mapping(record.get("labels")).get("values"), limit=20)]


def warning(values: Sequence[str]) -> str | None:
    """Return in words what labels warn of."""
    return ", ".join(dict.fromkeys(SENSITIVE[value] for value in values if value in SENSITIVE)) or None


def as_html(text: str, facets: object, links: Sequence[str]) -> str:
    """Return a text as markup in which its mentions and links are marked, and those of its cards follow.

    Facets count in bytes of UTF-8. One that cuts a character, overlaps another or leaves the text is passed over.
    """
    whole = text.encode("utf-8", "replace")
    parts: list[str] = []
    shown: set[str] = set()
    at = 0
    for start, end, kind, href in sorted(anchors(facets)):
        if start < at or end > len(whole) or cuts(whole, start) or cuts(whole, end):
            continue
        shown.add(href)
        parts += (
            plain(whole[at:start]),
            f'<a class="{kind}" href="{escape(href)}">',
            plain(whole[start:end]),
            "</a>",
        )
        at = end
    parts.append(plain(whole[at:]))
    added = [link for link in dict.fromkeys(links) if link not in shown and link not in text]
    parts += [f'<p><a href="{escape(link)}">{escape(link)}</a></p>' for link in added]
    return "".join(parts)


def plain(part: bytes) -> str:
    return escape(part.decode()).replace("\r\n", "\n").replace("\n", "<br>")


def cuts(whole: bytes, place: int) -> bool:
    """Tell whether a place in bytes of UTF-8 is inside a character."""
    return place < len(whole) and whole[place] & 0xC0 == 0x80


def anchors(facets: object) -> Iterator[tuple[int, int, str, str]]:
    """Yield start and end in bytes, kind and address of links and mentions."""
    for facet in mappings(facets, limit=MOST_FACETS):
        index = mapping(facet.get("index"))
        start, end = index.get("byteStart"), index.get("byteEnd")
        if type(start) is not int or type(end) is not int or not 0 <= start < end:
            continue
        for feature in mappings(facet.get("features"), limit=1):
            href = safe_href(string(feature, "uri"))
            mentioned = string(feature, "did")
            if href:
                yield start, end, "link", href
            elif DID.fullmatch(mentioned):
                yield start, end, "mention", f"{HOME}/{mentioned}"


def named_tags(record: Mapping[str, Any]) -> list[str]:
    """Return the hashtags that a record names beside its text, and those that its facets name in it."""
    found = strings(record.get("tags"), limit=20)
    for facet in mappings(record.get("facets"), limit=MOST_FACETS):
        found += [string(feature, "tag") for feature in mappings(facet.get("features"), limit=5)]
    return [tag for tag in found if tag]


def embedded(embed: object) -> Iterator[Mapping[str, Any]]:
    """Yield what is embedded in a record: itself, and the media beside a quoted record."""
    outer = mapping(embed)
    if outer:
        yield outer
    if media := mapping(outer.get("media")):
        yield media


def attached_links(embeds: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return the addresses of cards and of quoted posts, which may stand nowhere in the text."""
    found = []
    for embed in embeds:
        found.append(safe_href(string(mapping(embed.get("external")), "uri")))
        quoted = mapping(embed.get("record"))
        uri = at_uri(quoted.get("uri")) or at_uri(mapping(quoted.get("record")).get("uri"))
        if uri:
            _, _, did, _, rkey = uri.split("/")
            found.append(f"{HOME}/{did}/post/{rkey}")
    return [link for link in found if link]


def at_uri(value: object) -> str | None:
    """Return the address of a post on its network, or None for what is none."""
    parts = value.split("/") if isinstance(value, str) and len(value) < 1000 else []
    fits = len(parts) == 5 and parts[:2] == ["at:", ""] and parts[3] == POSTS
    return value if fits and DID.fullmatch(parts[2]) and RKEY.fullmatch(parts[4]) else None  # type: ignore[return-value]


def attached(embeds: Sequence[Mapping[str, Any]], did: str) -> Iterator[Media]:
    """Yield pictures and videos by the addresses that the network's own servers have for them."""
    for embed in embeds:
        for entry in (*mappings(embed.get("images")), *mappings(embed.get("items"))):
            if cid := blob(entry.get("image")):
                yield Media(kind="image", url=f"{PICTURES}/{did}/{cid}@jpeg", alt=described(entry))
        if cid := blob(embed.get("video")):
            base = f"{VIDEOS}/{quote(did, safe='')}/{cid}"
            yield Media(
                kind="video",
                url=f"{base}/playlist.m3u8",
                preview_url=f"{base}/thumbnail.jpg",
                alt=described(embed),
            )


def viewed(media: Sequence[Media], view: Mapping[str, Any]) -> tuple[Media, ...]:
    """Return media by the addresses that an AppView has for them, where it has as many; else as they are."""
    found = [one for embed in embedded(view.get("embed")) for one in shown_in(embed)]
    return tuple(found[:MOST_MEDIA]) if len(found) >= len(media) else tuple(media)


def shown_in(embed: Mapping[str, Any]) -> Iterator[Media]:
    for entry in (*mappings(embed.get("images")), *mappings(embed.get("items"))):
        if url := safe_href(string(entry, "fullsize")):
            yield Media(kind="image", url=url, alt=described(entry))
    if url := safe_href(string(embed, "playlist")):
        still = safe_href(string(embed, "thumbnail"))
        yield Media(kind="video", url=url, preview_url=still, alt=described(embed))


def described(entry: Mapping[str, Any]) -> str | None:
    return clean(string(entry, "alt")) or None


def blob(value: object) -> str | None:
    """Return the content identifier of a file in a record."""
    cid = string(mapping(mapping(value).get("ref")), "$link")
    return cid if cid.isalnum() and cid.isascii() and len(cid) < 200 else None


def at(microseconds: int) -> datetime:
    """Return a cursor's time as one of ours."""
    return datetime.fromtimestamp(microseconds / 1_000_000, UTC)

"""What a feed of any format says, as one shape (`Entry`), and an entry as a post. Pure."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from typing import Any
from urllib.parse import urlsplit

from wall.core import markup
from wall.core.event import Event
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.markup import Marked
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.text import clean, clean_name, cut
from wall.errors import InvalidPost, SourceError
from wall.sources.implied import implied
from wall.sources.payload import loads, mapping, mappings, milliseconds, moment, string, strings

MOST_ENTRIES = 100
MOST_MEDIA = 4
LONGEST_GUID = 500  # characters
TEXT_GRAPHEMES, TEXT_LINES = 600, 16  # a wall shows how an article begins; the link leads on
TRAILING_DOTS = re.compile(r"[\s.…]+$")
JSON_FEED = "https://jsonfeed.org/version/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of a feed, nothing of it checked but its types. `title` and `body` are HTML."""

    guid: str
    url: str
    title: str
    body: str
    author: str
    author_url: str
    language: str
    published: datetime | None
    updated: datetime | None
    tags: tuple[str, ...]
    media: tuple[tuple[str, str], ...]  # address and description of each picture
    sensitive: bool = False


def parse_entry(
    entry: Entry, address: str, *, everything: bool, event: Event, source: SourceRef, now: datetime
) -> Post:
    """Return an entry of the feed at an address as a post; raises InvalidPost when there is nothing to show.

    With `everything` it belongs to the event whether it names the hashtag or not.
    """
    feed = feed_id(address)
    title = markup.from_html(entry.title).text
    marked = text_of(entry, title)
    if not marked.text and not entry.media:
        raise InvalidPost("An entry has neither title nor text.")
    tags = markup.tags(marked, meta=entry.tags)
    host = urlsplit(address).hostname or "feed"
    name = clean_name(markup.from_html(entry.author).text) or host
    return Post(
        uid=f"feed:{feed}/{guid_of(entry)}",
        source=source,
        author=Author(
            uid=author_uid(address, name),
            handle=host,
            name=name,
            url=safe_href(entry.author_url, base=address) or safe_href(entry.url, base=address),
        ),
        url=safe_href(entry.url, base=address),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, tags) if everything else tags,
        media=tuple(pictures(entry, address)),
        sensitive=entry.sensitive,
        language=language(entry.language),
        created_at=min(entry.published or entry.updated or now, now),
        received_at=now,
        revision=milliseconds(entry.updated),
    )


def feed_id(address: str) -> str:
    return hashlib.sha256(address.encode()).hexdigest()[:16]


def author_uid(address: str, name: str) -> str:
    """Return which author a name is, of those who write in the feed at an address."""
    return f"feed:{feed_id(address)}/{name.lower()}"


def text_of(entry: Entry, title: str) -> Marked:
    """Return the title and the beginning of the text; the title only once where the text starts with it."""
    marked = markup.from_html(entry.body, base_url=safe_href(entry.url))
    if title and not marked.text.startswith(TRAILING_DOTS.sub("", title)):
        body = entry.body if marked.text else ""
        marked = markup.from_html(f"<p><b>{escape(title)}</b></p>{body}", base_url=safe_href(entry.url))
    text = cut(marked.text, limit=TEXT_GRAPHEMES, lines=TEXT_LINES)
    return Marked(text, tuple(span for span in marked.spans if span.end < len(text) or text == marked.text))


def guid_of(entry: Entry) -> str:
    guid = entry.guid or entry.url or f"{entry.title}\0{entry.body}"
    if len(guid) <= LONGEST_GUID and guid.isprintable():
        return guid
    return hashlib.sha256(guid.encode(errors="replace")).hexdigest()


def pictures(entry: Entry, address: str) -> Iterator[Media]:
    shown = {safe_href(url, base=address): alt for url, alt in reversed(entry.media)}
    for url, alt in list(reversed(shown.items()))[:MOST_MEDIA]:
        if url:
            yield Media(kind="image", url=url, alt=clean(alt) or None)


def parse_xml(found: Mapping[str, Any]) -> list[Entry]:
    """Return the entries that parse.py found in an RSS or Atom feed."""
    return [
        Entry(
            guid=string(entry, "guid"),
            url=string(entry, "url"),
            title=string(entry, "title"),
            body=string(entry, "body"),
            author=string(entry, "author"),
            author_url=string(entry, "author_url"),
            language=string(entry, "language"),
            published=at(entry.get("published")),
            updated=at(entry.get("updated")),
            tags=tuple(strings(entry.get("tags"))),
            media=tuple((string(one, "url"), string(one, "alt")) for one in mappings(entry.get("media"))),
            sensitive=entry.get("sensitive") is True,
        )
        for entry in mappings(found.get("entries"), limit=MOST_ENTRIES)
    ]


def parse_json(body: bytes) -> list[Entry]:
    """Return the entries of a JSON Feed (version 1 or 1.1); raises SourceError when it is none."""
    try:
        feed = mapping(loads(body))
    except InvalidPost as error:
        raise SourceError(f"This feed cannot be read. {error.message}") from error
    if not string(feed, "version").startswith(JSON_FEED):
        raise SourceError("What is at this address is no feed.", permanent=True)
    return [json_entry(entry, feed) for entry in mappings(feed.get("items"), limit=MOST_ENTRIES)]


def json_entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Entry:
    author = next(json_authors(entry), None) or next(json_authors(feed), {})
    attachments = [
        (string(one, "url"), string(one, "title"))
        for one in mappings(entry.get("attachments"))
        if string(one, "mime_type").startswith("image/")
    ]
    text = string(entry, "summary") or string(entry, "content_text")
    return Entry(
        guid=string(entry, "id"),
        url=string(entry, "url") or string(entry, "external_url"),
        title=escape(string(entry, "title")),
        body=escape(text).replace("\n", "<br>") if text else string(entry, "content_html"),
        author=escape(string(author, "name") or string(feed, "title")),
        author_url=string(author, "url") or string(feed, "home_page_url"),
        language=string(entry, "language") or string(feed, "language"),
        published=moment(entry.get("date_published")),
        updated=moment(entry.get("date_modified")),
        tags=tuple(strings(entry.get("tags"))),
        media=tuple(one for one in [(string(entry, "image"), ""), *attachments] if one[0]),
    )


def json_authors(holder: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield who wrote it: `authors` of version 1.1, or `author` of version 1."""
    yield from mappings(holder.get("authors"))
    if author := mapping(holder.get("author")):
        yield author


def at(seconds: object) -> datetime | None:
    if isinstance(seconds, bool) or not isinstance(seconds, int):
        return None
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError):
        return None

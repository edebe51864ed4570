"""A post of Bluesky by its address, from the public AppView, which asks nobody to sign in."""

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any
from urllib.parse import urlencode, urlsplit

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, Post
from wall.core.text import clean, clean_name
from wall.errors import InvalidPost, SourceError
from wall.sources.payload import mapping, mappings, moment, string, strings
from wall.sources.single.base import Sought

APPVIEW = "https://public.api.bsky.app/xrpc/"
HOME = "https://bsky.app/profile/"
COLLECTION = "app.bsky.feed.post"
PATH = re.compile(r"/profile/([A-Za-z0-9.:%-]{3,260})/post/([A-Za-z0-9._~-]{1,512})/?")
AT = re.compile(r"at://([A-Za-z0-9.:%-]{3,260})/app\.bsky\.feed\.post/([A-Za-z0-9._~-]{1,512})")
DID = re.compile(r"did:[a-z]+:[A-Za-z0-9._:%-]{1,200}")
HIDDEN = frozenset(("!no-unauthenticated", "!hide", "!takedown"))
SENSITIVE = {
    "porn": "Adult content",
    "sexual": "Sexual content",
    "nudity": "Nudity",
    "graphic-media": "Graphic pictures",
}
MOST_MEDIA = 8


async def read(sought: Sought) -> Post | None:
    parts = urlsplit(sought.address)
    found = AT.fullmatch(sought.address) or (parts.hostname == "bsky.app" and PATH.fullmatch(parts.path))
    if not found:
        return None
    who, rkey = found[1], found[2]
    did = (
        who
        if DID.fullmatch(who)
        else string(await ask(sought, "com.atproto.identity.resolveHandle", handle=who), "did")
    )
    if not DID.fullmatch(did):
        raise SourceError(f"Bluesky knows nobody called {who}.", permanent=True)
    uri = f"at://{did}/{COLLECTION}/{rkey}"
    answer = await ask(sought, "app.bsky.feed.getPosts", uris=uri)
    view = next((view for view in mappings(answer.get("posts")) if string(view, "uri") == uri), None)
    if view is None:
        raise SourceError("Bluesky has no such post; its author may have deleted it.", permanent=True)
    return parse_view(view, did=did, rkey=rkey, sought=sought)


async def ask(sought: Sought, method: str, **query: str) -> Mapping[str, Any]:
    url = f"{APPVIEW}{method}?{urlencode(query)}"
    return mapping((await sought.fetch.get(url, accept=("application/json",))).json())


def parse_view(view: Mapping[str, Any], *, did: str, rkey: str, sought: Sought) -> Post:
    """Return a post as an AppView shows it (app.bsky.feed.defs#postView); raises InvalidPost."""
    record, author = mapping(view.get("record")), mapping(view.get("author"))
    if not isinstance(record.get("text"), str):
        raise InvalidPost("It has no text.")
    on_author, on_post = labels(author), labels(view) | labels(mapping(record.get("labels")), "values")
    if not HIDDEN.isdisjoint(on_author | on_post):
        raise InvalidPost("Its author shows it only to people who are signed in to Bluesky.")
    warning = ", ".join(words for label, words in SENSITIVE.items() if label in on_post) or None
    marked = markup.from_html(as_html(string(record, "text"), record.get("facets")))
    claimed = moment(record.get("createdAt")) or sought.now
    handle = clean_name(string(author, "handle"))
    handle = did if handle in ("", "handle.invalid") else handle
    parent = string(mapping(mapping(record.get("reply")).get("parent")), "uri")
    return Post(
        uid=f"at://{did}/{COLLECTION}/{rkey}",
        source=sought.source("bluesky", "bsky.app"),
        author=Author(
            uid=did,
            handle=handle,
            name=clean_name(string(author, "displayName")) or handle,
            url=f"{HOME}{did}",
            avatar_url=safe_href(string(author, "avatar")),
            bot=True if "bot" in on_author else None,
            created_at=moment(author.get("createdAt")),
        ),
        url=f"{HOME}{did}/post/{rkey}",
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=strings(record.get("tags"), limit=8)),
        media=tuple(pictures(mapping(view.get("embed"))))[:MOST_MEDIA],
        content_warning=warning,
        sensitive=warning is not None,
        language=next((tag for tag in map(language, strings(record.get("langs"), limit=3)) if tag), None),
        reply_to=parent if AT.fullmatch(parent) else None,
        created_at=min(claimed, sought.now),
        received_at=sought.now,
    )


def labels(holder: Mapping[str, Any], name: str = "labels") -> set[str]:
    return {string(label, "val") for label in mappings(holder.get(name)) if label.get("neg") is not True}


def pictures(embed: Mapping[str, Any]) -> Iterator[Media]:
    """Yield the pictures that are attached, those beside a quoted post too."""
    for image in mappings(embed.get("images")):
        if url := safe_href(string(image, "fullsize")):
            yield Media(kind="image", url=url, alt=clean(string(image, "alt")) or None)
    if isinstance(embed.get("media"), dict):
        yield from pictures({**embed["media"], "media": None})


def as_html(text: str, facets: object) -> str:
    """Return a text with its links as markup. Facets count in bytes of UTF-8; one that fits nowhere is passed over."""
    whole = text.encode("utf-8", "replace")
    parts: list[str] = []
    at = 0
    for start, end, href in sorted(links(facets)):
        if at <= start < end <= len(whole) and not cuts(whole, start) and not cuts(whole, end):
            parts += (plain(whole[at:start]), f'<a href="{escape(href)}">', plain(whole[start:end]), "</a>")
            at = end
    return "".join((*parts, plain(whole[at:])))


def links(facets: object) -> Iterator[tuple[int, int, str]]:
    for facet in mappings(facets):
        index = mapping(facet.get("index"))
        start, end = index.get("byteStart"), index.get("byteEnd")
        if type(start) is int and type(end) is int:
            for feature in mappings(facet.get("features"), limit=1):
                if href := safe_href(string(feature, "uri")):
                    yield start, end, href


def plain(part: bytes) -> str:
    return escape(part.decode()).replace("\n", "<br>")


def cuts(whole: bytes, place: int) -> bool:
    """Tell whether a place in bytes of UTF-8 is inside a character."""
    return place < len(whole) and whole[place] & 0xC0 == 0x80

"""What X answers as posts. Pure."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape, unescape
from typing import Any
from urllib.parse import urlsplit

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, MediaKind, Post, SourceRef
from wall.core.text import clean, clean_name
from wall.errors import InvalidPost
from wall.sources.payload import identifier, mapping, mappings, moment, string, strings
from wall.sources.x.position import ID, written_ms

SITE = "https://x.com"
REFERENCE = re.compile(r"(https://t\.co/\w{1,30})|(?<![\w@])@(\w{1,30})")
NAME = re.compile(r"\w{1,30}", re.ASCII)
KINDS: Mapping[str, MediaKind] = {"photo": "image", "video": "video", "animated_gif": "video"}
NO_LANGUAGE = ("und", "qme", "qam", "qct", "qht", "qst", "zxx", "art")
MOST_REPOSTS = 1_000_000_000
MOST_FOUND = 100


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: posts as they are, with the people and pictures they speak of, and how to ask for the next page."""

    posts: tuple[Mapping[str, Any], ...]
    users: Mapping[str, Mapping[str, Any]]
    media: Mapping[str, Mapping[str, Any]]
    following: str
    gone: tuple[str, ...]


def read_page(answer: Mapping[str, Any]) -> Page:
    includes = mapping(answer.get("includes"))
    return Page(
        posts=tuple(mappings(answer.get("data"), limit=MOST_FOUND)),
        users={string(one, "id"): one for one in mappings(includes.get("users"))},
        media={string(one, "media_key"): one for one in mappings(includes.get("media"), limit=400)},
        following=string(mapping(answer.get("meta")), "next_token")[:500],
        gone=tuple(gone(answer.get("errors"))),
    )


def gone(errors: object) -> Iterator[str]:
    """Yield the ids that X no longer shows anybody: deleted, or of an account that is locked or gone."""
    for error in mappings(errors):
        problem = string(error, "type").rpartition("/")[2]
        asked_for = string(error, "resource_type") == "tweet" and string(error, "parameter") in ("ids", "id")
        if asked_for and problem in ("resource-not-found", "not-authorized-for-resource"):
            yield string(error, "resource_id") or string(error, "value")


def parse_post(raw: Mapping[str, Any], page: Page, *, source: SourceRef, now: datetime) -> Post:
    """Return a post; raises InvalidPost. An edit has an id of its own and the post that of its first version."""
    versions = history(raw)
    author = parse_author(mapping(page.users.get(identifier(raw, "author_id"))))
    whole = mapping(raw.get("note_tweet")) or raw
    marked = markup.from_html(as_html(string(whole, "text"), mapping(whole.get("entities"))))
    media = tuple(attached(raw, page))
    if not marked.text and not media:
        raise InvalidPost("A post without words came from X.")
    found = string(raw, "lang")
    return Post(
        uid=post_uid(versions[0]),
        source=source,
        author=author,
        url=f"{SITE}/{author.handle}/status/{versions[-1]}",
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked),
        media=media,
        sensitive=raw.get("possibly_sensitive") is True,
        language=None if found in NO_LANGUAGE else language(found),
        reply_to=replied_to(raw),
        created_at=min(datetime.fromtimestamp(written_ms(versions[0]) / 1000, UTC), now),
        received_at=now,
        revision=written_ms(versions[-1]),
        aliases=tuple(post_uid(version) for version in versions[1:]),
        reposts=reposts(raw),
    )


def history(raw: Mapping[str, Any]) -> list[str]:
    """Return the ids of a post's versions, oldest first, its own among them; raises InvalidPost."""
    id = identifier(raw, "id")
    versions = {one for one in strings(raw.get("edit_history_tweet_ids"), limit=20) if ID.fullmatch(one)}
    if not ID.fullmatch(id):
        raise InvalidPost("Its id is not a number.", field="id")
    return sorted({*versions, id}, key=int)


def parse_author(user: Mapping[str, Any]) -> Author:
    handle = string(user, "username")
    if not NAME.fullmatch(handle):
        raise InvalidPost("A post from X does not say who wrote it.")
    followers = mapping(user.get("public_metrics")).get("followers_count")
    return Author(
        uid=author_uid(identifier(user, "id")),
        handle=handle,
        name=clean_name(string(user, "name")) or handle,
        url=f"{SITE}/{handle}",
        avatar_url=safe_href(string(user, "profile_image_url").replace("_normal.", "_200x200.")),
        followers=followers if type(followers) is int and followers >= 0 else None,
        created_at=moment(user.get("created_at")),
    )


def as_html(text: str, entities: Mapping[str, Any]) -> str:
    """Return a text as HTML, its short links as what they stand for; those of its own pictures are left out."""
    links = {string(one, "url"): one for one in mappings(entities.get("urls"))}
    people = {string(one, "username").lower() for one in mappings(entities.get("mentions"))}
    text = unescape(text)
    parts, at = [], 0
    for match in REFERENCE.finditer(text):
        parts += [words(text[at : match.start()]), reference(match, links, people)]
        at = match.end()
    return "".join((*parts, words(text[at:])))


def reference(match: re.Match[str], links: Mapping[str, Mapping[str, Any]], people: set[str]) -> str:
    short, name = match.groups()
    if name is not None:
        known = name.lower() in people and NAME.fullmatch(name)
        return f'<a class="mention" href="{SITE}/{name}">@{name}</a>' if known else words(match[0])
    link = links.get(short, {})
    if "media_key" in link:
        return ""
    href = safe_href(string(link, "expanded_url")) or short
    return f'<a href="{escape(href)}">{escape(string(link, "display_url") or urlsplit(href).netloc)}</a>'


def words(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def attached(raw: Mapping[str, Any], page: Page) -> Iterator[Media]:
    for key in strings(mapping(raw.get("attachments")).get("media_keys"), limit=8):
        one = page.media.get(key, {})
        kind = KINDS.get(string(one, "type"))
        still = safe_href(string(one, "preview_image_url"))
        url = safe_href(string(one, "url")) or still
        if kind and url:
            preview = still if kind == "video" else None
            yield Media(kind=kind, url=url, preview_url=preview, alt=clean(string(one, "alt_text")) or None)


def replied_to(raw: Mapping[str, Any]) -> str | None:
    for one in mappings(raw.get("referenced_tweets")):
        if string(one, "type") == "replied_to" and ID.fullmatch(string(one, "id")):
            return post_uid(string(one, "id"))
    return None


def reposts(raw: Mapping[str, Any]) -> int:
    told = mapping(raw.get("public_metrics")).get("retweet_count")
    return min(told, MOST_REPOSTS) if type(told) is int and told > 0 else 0


def post_uid(id: str) -> str:
    return f"x:{id}"


def author_uid(id: str) -> str:
    """Return which author the account with a number is; its @name may be another's tomorrow."""
    return f"x:{id}"

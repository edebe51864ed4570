"""A status of Mastodon's API as a post; also of Akkoma, GoToSocial, snac and others that speak it. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from html import escape, unescape
from typing import Any

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, MediaKind, Post, SourceRef
from wall.core.text import clean, clean_name
from wall.core.wishes import wishes
from wall.errors import InvalidPost
from wall.sources.payload import identifier, mapping, mappings, milliseconds, moment, string

KINDS: Mapping[str, MediaKind] = {"image": "image", "gifv": "video", "video": "video", "audio": "audio"}
MOST_MEDIA = 8
MOST_FIELDS = 8
MOST_REPOSTS = 1_000_000_000
MARKUP = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
LINKED = re.compile(r'<a\s[^<>]{0,200}?href="([^"<>]{1,500})"', re.IGNORECASE)
LOCAL = "local:"
ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)


def parse_status(
    payload: object,
    *,
    host: str,
    domain: str,
    uids: Mapping[str, str],
    source: SourceRef,
    now: datetime,
) -> Post | None:
    """Return the status as a post, or None when it is not for everybody or only repeats another.

    `host` is the server asked and `domain` what its people have after their @; `uids` holds the posts known
    by that server's own ids. Raises InvalidPost for what is no status.
    """
    status = mapping(payload)
    uri = identifier(status, "uri")
    local_id = identifier(status, "id")
    if string(status, "visibility") != "public" or status.get("reblog"):
        return None
    created_at = moment(status.get("created_at"))
    if created_at is None:
        raise InvalidPost("It does not say when it was written.")
    account = mapping(status.get("account"))
    if account.get("suspended") is True or account.get("limited") is True:
        return None
    emojis = custom_emojis(status) | custom_emojis(account)
    title = titled(status)
    content = f"<p>{escape(title)}</p>{string(status, 'content')}" if title else string(status, "content")
    marked = markup.from_html(content if MARKUP.search(content) else with_breaks(content), emojis=emojis)
    warning = None if title else plain(string(status, "spoiler_text")) or None
    names = [string(tag, "name") for tag in mappings(status.get("tags"))]
    return Post(
        uid=f"ap:{uri}",
        source=replace(source, place=host),
        author=parse_account(account, domain),
        url=safe_href(string(status, "url")) or safe_href(uri),
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=[name for name in names if name], warning=warning),
        media=attached(status),
        emojis=emojis,
        content_warning=warning,
        sensitive=status.get("sensitive") is True or warning is not None,
        language=language(string(status, "language")),
        reply_to=uids.get(str(status.get("in_reply_to_id"))) or None,
        created_at=min(created_at, now),
        received_at=now,
        revision=revision(status),
        aliases=(alias(host, local_id),),
        reposts=reposts(status),
    )


def is_hidden(payload: object) -> bool:
    """Tell whether a status says that it is not for everybody, in whatever words; a boost says nothing of itself."""
    status = mapping(payload)
    return not status.get("reblog") and string(status, "visibility") not in ("public", "")


def titled(status: Mapping[str, Any]) -> str:
    """Return the title of a status, which Friendica puts where content warnings are; empty where there is none."""
    title = string(mapping(status.get("friendica")), "title")
    return title if title == string(status, "spoiler_text") and status.get("sensitive") is not True else ""


def with_breaks(text: str) -> str:
    """Return content without any markup with its lines kept, for some servers send plain text."""
    return text.replace("\n", "<br>")


def plain(warning: str) -> str:
    """Return a content warning without the markup that some servers put into it."""
    if MARKUP.search(warning):
        return clean(markup.from_html(warning).text)
    return clean(unescape(warning) if ENTITY.search(warning) else warning)


def alias(host: str, local_id: str) -> str:
    """Return the name a post has on one server, which is all that its delete tells."""
    return f"{LOCAL}{host}/{local_id}"


def revision(status: Mapping[str, Any]) -> int:
    """Return when the status was last written, to the second: some servers know no finer, and all must agree."""
    written = moment(status.get("edited_at")) or moment(status.get("created_at"))
    return milliseconds(written.replace(microsecond=0)) if written else 0


def reposts(status: Mapping[str, Any]) -> int:
    """Return how often a status was passed on, as far as the server asked has heard."""
    told = status.get("reblogs_count")
    return min(told, MOST_REPOSTS) if type(told) is int and told > 0 else 0


def amplifiers(accounts: Iterable[object], domain: str) -> list[Author]:
    """Return whose accounts these are, without those that their server hides, and what is no account."""
    found = []
    for account in map(mapping, accounts):
        if account.get("suspended") is not True and account.get("limited") is not True:
            with suppress(InvalidPost):
                found.append(parse_account(account, domain))
    return found


def parse_account(account: Mapping[str, Any], domain: str) -> Author:
    """Return who wrote a status. The handle tells people apart, for servers check it with its owner's server."""
    acct = clean_name(identifier(account, "acct")).lstrip("@")
    handle = acct if "@" in acct else f"{acct}@{domain}"
    bot, followers = account.get("bot"), account.get("followers_count")
    return Author(
        uid=f"acct:{handle.lower()}",
        handle=handle,
        name=clean_name(string(account, "display_name")) or clean_name(string(account, "username")) or handle,
        url=safe_href(string(account, "url")),
        avatar_url=safe_href(string(account, "avatar_static")) or safe_href(string(account, "avatar")),
        bot=bot if isinstance(bot, bool) else None,
        followers=followers if type(followers) is int and followers >= 0 else None,
        created_at=moment(account.get("created_at")),
        wishes=wishes(string(account, "note"), noindex=account.get("noindex") is True),
        links=checked_links(account),
    )


def checked_links(account: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the addresses in a profile that link back to it, which the account's server has checked."""
    found = [
        LINKED.search(string(field, "value"))
        for field in mappings(account.get("fields"), limit=MOST_FIELDS)
        if moment(field.get("verified_at"))
    ]
    links = [safe_href(unescape(match[1])) for match in found if match]
    return tuple(link for link in links if link)


def attached(status: Mapping[str, Any]) -> tuple[Media, ...]:
    """Return what is attached, by the author's own addresses: each server has others for its copies."""
    found = []
    for entry in mappings(status.get("media_attachments"), limit=MOST_MEDIA):
        kind = KINDS.get(string(entry, "type"))
        url = safe_href(string(entry, "remote_url")) or safe_href(string(entry, "url"))
        if kind and url:
            found.append(
                Media(
                    kind=kind,
                    url=url,
                    preview_url=safe_href(string(entry, "preview_url")) if kind == "video" else None,
                    alt=clean(string(entry, "description")) or None,
                )
            )
    return tuple(found)


def custom_emojis(holder: Mapping[str, Any]) -> dict[str, Media]:
    """Return the small pictures that `:shortcode:` stands for, still ones where there is a choice."""
    found = {}
    for entry in listed(holder.get("emojis")):
        url = safe_href(string(entry, "static_url")) or safe_href(string(entry, "url"))
        shortcode = string(entry, "shortcode")
        if markup.is_shortcode(shortcode) and url:
            found[shortcode] = Media(kind="image", url=url, alt=f":{shortcode}:")
    return found


def listed(emojis: object) -> Iterator[Mapping[str, Any]]:
    """Yield custom emoji, of a list, or of a mapping of their names to their addresses."""
    if isinstance(emojis, dict):
        emojis = [{"shortcode": name, "url": url} for name, url in emojis.items()]
    yield from mappings(emojis)

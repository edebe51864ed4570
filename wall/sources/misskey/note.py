"""A note of the Misskey family (Misskey, Sharkey, Firefish, Iceshrimp) as a post. Pure."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from wall.core import markup
from wall.core.language import language
from wall.core.link import safe_href
from wall.core.post import Author, Media, MediaKind, Post, SourceRef
from wall.core.text import clean, clean_name
from wall.errors import InvalidPost
from wall.sources.mastodon.status import alias
from wall.sources.misskey.text import as_html
from wall.sources.payload import identifier, mapping, mappings, milliseconds, moment, string, strings

KINDS: Mapping[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}
MOST_MEDIA = 8
MOST_EMOJIS = 40
MOST_REPOSTS = 1_000_000_000


def parse_note(
    payload: object,
    *,
    host: str,
    domain: str,
    uids: Mapping[str, str],
    source: SourceRef,
    now: datetime,
) -> Post | None:
    """Return the note as a post, or None when it is not for everybody or only repeats another.

    `host` is the server asked and `domain` its address, of which its own notes are named; `uids` holds the posts
    known by that server's own ids. Raises InvalidPost for what is no note.
    """
    note = mapping(payload)
    local_id = identifier(note, "id")
    user = mapping(note.get("user"))
    if not is_public(note, user) or is_renote(note):
        return None
    created_at = moment(note.get("createdAt"))
    if created_at is None:
        raise InvalidPost("It does not say when it was written.")
    own = f"{domain}/notes/{local_id}"
    text, warning = string(note, "text"), clean(string(note, "cw")) or None
    emojis = custom_emojis(note, user, domain)
    marked = markup.from_html(as_html(text), emojis=emojis)
    files = list(mappings(note.get("files"), limit=MOST_MEDIA))
    return Post(
        uid=f"ap:{string(note, 'uri') or own}",
        source=replace(source, place=host),
        author=parse_user(user, domain, host),
        url=safe_href(string(note, "url")) or safe_href(string(note, "uri")) or own,
        text=marked.text,
        spans=marked.spans,
        tags=markup.tags(marked, meta=strings(note.get("tags")), warning=warning),
        media=attached(files),
        emojis=emojis,
        content_warning=warning,
        sensitive=warning is not None or any(file.get("isSensitive") is True for file in files),
        language=language(string(note, "lang")),
        reply_to=uids.get(string(note, "replyId")) or None,
        created_at=min(created_at, now),
        received_at=now,
        # To the second, as Mastodon's: the same post may come from both.
        revision=milliseconds((moment(note.get("updatedAt")) or created_at).replace(microsecond=0)),
        aliases=(alias(host, local_id),),
        reposts=reposts(note),
    )


def is_public(note: Mapping[str, Any], user: Mapping[str, Any]) -> bool:
    """Tell whether everybody may read a note, on whichever server, signed in or not."""
    hidden = note.get("isHidden") is True or user.get("requireSigninToViewContents") is True
    return string(note, "visibility") == "public" and note.get("localOnly") is not True and not hidden


def is_renote(note: Mapping[str, Any]) -> bool:
    """Tell whether a note only passes another on; with words or files of its own it quotes."""
    return bool(note.get("renoteId")) and not (string(note, "text") or note.get("files") or note.get("poll"))


def amplifiers(notes: Iterable[object], domain: str, host: str) -> list[Author]:
    """Return who wrote notes that everybody may read, and that pass another on."""
    found = []
    for note in map(mapping, notes):
        user = mapping(note.get("user"))
        if is_public(note, user):
            with suppress(InvalidPost):
                found.append(parse_user(user, domain, host))
    return found


def parse_user(user: Mapping[str, Any], domain: str, host: str) -> Author:
    username = clean_name(identifier(user, "username"))
    handle = f"{username}@{clean_name(string(user, 'host')) or host}"
    bot = user.get("isBot")
    return Author(
        uid=f"acct:{handle.lower()}",
        handle=handle,
        name=clean_name(string(user, "name")) or username,
        url=safe_href(f"{domain}/@{handle if user.get('host') else username}"),
        avatar_url=safe_href(string(user, "avatarUrl")),
        bot=bot if isinstance(bot, bool) else None,
    )


def attached(files: list[Mapping[str, Any]]) -> tuple[Media, ...]:
    found = []
    for file in files:
        kind = KINDS.get(string(file, "type").partition("/")[0])
        url = safe_href(string(file, "url"))
        if kind and url:
            preview = safe_href(string(file, "thumbnailUrl")) if kind == "video" else None
            found.append(
                Media(kind=kind, url=url, preview_url=preview, alt=clean(string(file, "comment")) or None)
            )
    return tuple(found)


def custom_emojis(note: Mapping[str, Any], user: Mapping[str, Any], domain: str) -> dict[str, Media]:
    """Return the small pictures that `:shortcode:` stands for: those told of, and the server's own by their names."""
    told = {**mapping(user.get("emojis")), **mapping(note.get("emojis"))}
    if not user.get("host"):
        named = markup.SHORTCODE.findall(f"{string(note, 'text')[:10_000]} {string(user, 'name')[:500]}")
        told = {name: f"{domain}/emoji/{name}.webp?static=1" for name in named[:MOST_EMOJIS]} | told
    found = {}
    for shortcode, address in list(told.items())[:MOST_EMOJIS]:
        url = safe_href(address) if isinstance(address, str) else None
        if url and markup.is_shortcode(shortcode):
            found[shortcode] = Media(kind="image", url=url, alt=f":{shortcode}:")
    return found


def reposts(note: Mapping[str, Any]) -> int:
    told = note.get("renoteCount")
    return min(told, MOST_REPOSTS) if type(told) is int and told > 0 else 0

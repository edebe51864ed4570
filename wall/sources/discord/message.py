"""A message of Discord as a post. Pure."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from wall.core import markup
from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.post import Author, Media, MediaKind, Post, SourceRef
from wall.core.text import clean, clean_name
from wall.errors import InvalidPost
from wall.sources.discord.text import CUSTOM_EMOJI, LONGEST, SITE, as_html, has_spoiler
from wall.sources.implied import implied
from wall.sources.payload import identifier, mapping, mappings, milliseconds, moment, since_epoch, string
from wall.sources.relayed import relayed

CDN = "https://cdn.discordapp.com"
WRITTEN, ANSWER = 0, 19  # the other types tell of what happens in a channel, or come from commands
FORWARDED = 1
ID = re.compile(r"[0-9]{1,20}", re.ASCII)
EPOCH_MS = 1420070400000  # the beginning of time in the ids of Discord
TIME_BITS = 22
HASH = re.compile(r"[0-9a-z_]{1,80}", re.ASCII)
KINDS: Mapping[str, MediaKind] = {"image": "image", "video": "video", "audio": "audio"}
SPOILER, HIDDEN_FILE = "Spoiler", "SPOILER_"
MOST_MEDIA, MOST_EMOJIS = 8, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What messages are read with: the names of channels and the servers they belong to, by id.

    `bridges` are the ids of bots that pass on what others say.
    """

    event: Event
    source: SourceRef
    everything: bool
    channels: Mapping[str, str]
    servers: Mapping[str, str]
    bridges: Collection[str] = ()


def written_at(id: str) -> datetime | None:
    """Return when a message was written, which its id tells."""
    return since_epoch(((int(id) >> TIME_BITS) + EPOCH_MS) / 1000)


def parse_message(raw: Mapping[str, Any], reading: Reading, *, now: datetime) -> Post | None:
    """Return a message as a post, None when it is of a sort we do not show; raises InvalidPost."""
    if raw.get("type", WRITTEN) not in (WRITTEN, ANSWER) or is_forward(raw):
        return None
    channel, id = numbered(raw, "channel_id"), numbered(raw, "id")
    author = parse_author(raw)
    written = moment(raw.get("timestamp"))
    if written is None:
        raise InvalidPost("A message from Discord does not say when it was written.")
    text = string(raw, "content")[:LONGEST]
    if string(mapping(raw.get("author")), "id") in reading.bridges and (passed_on := relayed(text)):
        author, text = passed_on.author(author), passed_on.words
    emojis = custom_emojis(text)
    marked = markup.from_html(as_html(text, people(raw), reading.channels), emojis=emojis)
    media = tuple(attached(raw))
    if not marked.text and not media:
        return None
    tags = markup.tags(marked)
    spoiler = has_spoiler(text)
    return Post(
        uid=post_uid(channel, id),
        source=reading.source,
        author=author,
        url=f"{SITE}/channels/{reading.servers.get(channel, '@me')}/{channel}/{id}",
        text=marked.text,
        spans=marked.spans,
        tags=implied(reading.event, tags) if reading.everything else tags,
        media=media,
        emojis=emojis,
        content_warning=SPOILER if spoiler else None,
        sensitive=spoiler or has_hidden_file(raw),
        reply_to=answered(raw),
        created_at=min(written, now),
        received_at=now,
        # Never 0: the addresses of attachments are new at each reading, which is no edit.
        revision=milliseconds(moment(raw.get("edited_timestamp")) or written),
    )


def parse_author(raw: Mapping[str, Any]) -> Author:
    """Return who wrote a message. A bridge speaks for many by one webhook: they are told apart by name."""
    user, member = mapping(raw.get("author")), mapping(raw.get("member"))
    id = numbered(user, "id")
    handle = clean_name(string(user, "username"))
    name = clean_name(string(member, "nick")) or clean_name(string(user, "global_name")) or handle
    if not name:
        raise InvalidPost("A message from Discord does not say who wrote it.")
    by_webhook = string(raw, "webhook_id") == id
    picture = string(user, "avatar")
    return Author(
        uid=author_uid(f"{id}/{name.lower()}" if by_webhook else id),
        handle=handle or name,
        name=name,
        url=None if by_webhook else f"{SITE}/users/{id}",
        avatar_url=f"{CDN}/avatars/{id}/{picture}.png?size=128" if HASH.fullmatch(picture) else None,
        bot=(user.get("bot") is True and not by_webhook) or None,
    )


def people(raw: Mapping[str, Any]) -> dict[str, str]:
    """Return what the people are called that a message mentions, by id."""
    named = mappings(raw.get("mentions"))
    return {
        string(one, "id"): clean_name(string(one, "global_name")) or clean_name(string(one, "username"))
        for one in named
    }


def custom_emojis(text: str) -> dict[str, Media]:
    found: dict[str, Media] = {}
    for name, id in CUSTOM_EMOJI.findall(text)[:MOST_EMOJIS]:
        if markup.is_shortcode(name):
            found.setdefault(name, Media(kind="image", url=f"{CDN}/emojis/{id}.png?size=64", alt=f":{name}:"))
    return found


def attached(raw: Mapping[str, Any]) -> Iterator[Media]:
    """Yield what is attached. Its addresses expire within a day, and are fetched at once as all pictures are."""
    for one in mappings(raw.get("attachments"), limit=MOST_MEDIA):
        kind = KINDS.get(string(one, "content_type").partition("/")[0])
        url = safe_href(string(one, "url"))
        if kind and url:
            yield Media(kind=kind, url=url, alt=clean(string(one, "description")) or None)


def has_hidden_file(raw: Mapping[str, Any]) -> bool:
    return any(string(one, "filename").startswith(HIDDEN_FILE) for one in mappings(raw.get("attachments")))


def is_forward(raw: Mapping[str, Any]) -> bool:
    """Tell whether a message passes on another's words."""
    return mapping(raw.get("message_reference")).get("type") == FORWARDED or "message_snapshots" in raw


def answered(raw: Mapping[str, Any]) -> str | None:
    before = mapping(raw.get("message_reference"))
    channel, id = string(before, "channel_id"), string(before, "message_id")
    return post_uid(channel, id) if ID.fullmatch(channel) and ID.fullmatch(id) else None


def numbered(source: Mapping[str, Any], name: str) -> str:
    """Return an id of Discord's; raises InvalidPost when it is none."""
    id = identifier(source, name)
    if not ID.fullmatch(id):
        raise InvalidPost(f"Its {name} is not a number.", field=name)
    return id


def post_uid(channel: str, id: str) -> str:
    return f"discord:{channel}/{id}"


def author_uid(id: str) -> str:
    """Return which author an account is, or somebody a webhook speaks for."""
    return f"discord:{id}"

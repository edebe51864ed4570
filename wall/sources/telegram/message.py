"""An update of Telegram's Bot API as a post. Pure."""

from collections.abc import Mapping, Set
from datetime import UTC, datetime
from typing import Any

from wall.core import markup
from wall.core.event import Event
from wall.core.post import Author, Post, SourceRef
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.base import SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.payload import identifier, mapping, mappings, string
from wall.sources.telegram.text import as_html

KINDS = ("message", "edited_message", "channel_post", "edited_channel_post")
SHARED = ("group", "supergroup", "channel")
SPOILER = "Spoiler"


def parse_update(
    update: Mapping[str, Any], *, chats: Set[str], everything: bool, source: SourceRef, event: Event, now: datetime
) -> list[SourceEvent]:
    """Return the post of an update, or nothing where there is none for the wall.

    `chats` are the @names and numbers to read, none standing for all. Raises InvalidPost for what is no message.
    """
    told = next((update[kind] for kind in KINDS if kind in update), None)
    if told is None:
        return []
    message = mapping(told)
    chat = mapping(message.get("chat"))
    names = {identifier(chat, "id"), f"@{string(chat, 'username').lower()}"}
    if string(chat, "type") not in SHARED or (chats and not names & chats):
        return []
    # Who passes on another's words did not write them.
    if "forward_origin" in message or not (string(message, "text") or string(message, "caption")):
        return []
    return [Upsert(parse_message(message, chat, everything=everything, source=source, event=event, now=now))]


def parse_message(
    message: Mapping[str, Any],
    chat: Mapping[str, Any],
    *,
    everything: bool,
    source: SourceRef,
    event: Event,
    now: datetime,
) -> Post:
    text, entities = string(message, "text"), message.get("entities")
    if not text:
        text, entities = string(message, "caption"), message.get("caption_entities")
    marked = markup.from_html(as_html(text, entities))
    tags = markup.tags(marked)
    number, written = identifier(message, "message_id"), seconds(message, "date")
    edited = seconds(message, "edit_date") if "edit_date" in message else written
    spoiler = any(string(one, "type") == "spoiler" for one in mappings(entities))
    return Post(
        uid=post_uid(chat, number),
        source=source,
        author=parse_author(message, chat),
        url=address(chat, number),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, tags) if everything else tags,
        content_warning=SPOILER if spoiler else None,
        sensitive=spoiler,
        reply_to=answered(message, chat),
        created_at=min(datetime.fromtimestamp(written, UTC), now),
        received_at=now,
        revision=edited * 1000,
    )


def parse_author(message: Mapping[str, Any], chat: Mapping[str, Any]) -> Author:
    """Return who wrote a message: a person, or a channel or group in whose name it was written."""
    person = mapping(message.get("from"))
    sender = mapping(message.get("sender_chat")) or person or chat
    whole = f"{string(sender, 'first_name')} {string(sender, 'last_name')}"
    name = clean_name(string(sender, "title")) or clean_name(whole)
    handle = clean_name(string(sender, "username"))
    return Author(
        uid=author_uid(identifier(sender, "id")),
        handle=handle,
        name=name or handle or "Someone on Telegram",
        url=f"https://t.me/{handle}" if handle.isascii() and handle.isidentifier() else None,
        bot=sender.get("is_bot") is True,
    )


def author_uid(number: str) -> str:
    """Return which author the account with a number is."""
    return f"telegram:{number}"


def post_uid(chat: Mapping[str, Any], number: str) -> str:
    return f"telegram:{identifier(chat, 'id')}/{number}"


def address(chat: Mapping[str, Any], number: str) -> str | None:
    """Return where everybody can read a message: nowhere, unless its group or channel has a name."""
    name = string(chat, "username")
    return f"https://t.me/{name}/{number}" if name.isascii() and name.isidentifier() and number.isdigit() else None


def answered(message: Mapping[str, Any], chat: Mapping[str, Any]) -> str | None:
    before = mapping(message.get("reply_to_message"))
    return post_uid(chat, identifier(before, "message_id")) if before else None


def seconds(message: Mapping[str, Any], name: str) -> int:
    """Return a time in seconds since the epoch; raises InvalidPost when there is none."""
    value = message.get(name)
    if type(value) is not int or not 0 <= value < 10**11:
        raise InvalidPost(f"Its {name} is not a time.", field=name)
    return value

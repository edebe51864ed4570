"""A message event of Slack's Events API as a post, an edit or a delete. Pure."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from wall.core import markup
from wall.core.event import Event
from wall.core.link import safe_href
from wall.core.post import Author, Post, SourceRef
from wall.core.source import SourceSettings
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.base import Delete, SourceEvent, Upsert
from wall.sources.implied import implied
from wall.sources.payload import identifier, mapping, milliseconds, string
from wall.sources.slack.text import as_html, emojis

# Others tell of what happens to a channel: who came, what its topic is now.
WRITTEN = ("", "file_share", "thread_broadcast", "me_message", "bot_message")
SOMEONE = "Someone on Slack"
LONGEST_TIME = 20  # characters


def parse_event(payload: object, settings: SourceSettings, event: Event, now: datetime) -> list[SourceEvent]:
    """Return what a message event means: a post, a delete, or nothing that is for the wall.

    Raises InvalidPost for a message that cannot be read or shown.
    """
    told = mapping(payload)
    if string(told, "type") != "message":
        return []
    subtype, channel = string(told, "subtype"), identifier(told, "channel")
    if subtype == "message_deleted":
        return [Delete(post_uid(settings, channel, identifier(told, "deleted_ts")))]
    if subtype == "message_changed":
        message = mapping(told.get("message"))
        # What began a thread leaves a gravestone when it is deleted.
        if string(message, "subtype") == "tombstone":
            return [Delete(post_uid(settings, channel, identifier(message, "ts")))]
    else:
        message = told
    if string(message, "subtype") not in WRITTEN or not is_open(told, channel, settings):
        return []
    return [Upsert(parse_message(message, channel, settings, event, now))]


def is_open(told: Mapping[str, Any], channel: str, settings: SourceSettings) -> bool:
    """Tell whether a channel is one to read: one the organiser named, or else a public one."""
    if named := settings.options.get("channels", "").split():
        return channel in named
    return string(told, "channel_type") == "channel"


def parse_message(
    message: Mapping[str, Any], channel: str, settings: SourceSettings, event: Event, now: datetime
) -> Post:
    ts, thread = identifier(message, "ts"), string(message, "thread_ts")
    source = SourceRef(id=settings.id, kind=settings.kind)
    marked = markup.from_html(as_html(string(message, "text"), emojis(message.get("blocks"))))
    if not marked.text:
        raise InvalidPost("A message without words; its files are shown to members of the workspace only.")
    tags = markup.tags(marked)
    return Post(
        uid=post_uid(settings, channel, ts),
        source=source,
        author=parse_author(message, settings.id),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, tags) if settings.options.get("everything", "yes") == "yes" else tags,
        created_at=min(time(ts), now),
        received_at=now,
        revision=revision(message),
        reply_to=post_uid(settings, channel, thread) if thread and thread != ts else None,
    )


def revision(message: Mapping[str, Any]) -> int:
    edited = string(mapping(message.get("edited")), "ts")
    return milliseconds(time(edited)) if edited else 0


def parse_author(message: Mapping[str, Any], source_id: str) -> Author:
    """Return who wrote a message, as far as it says: often no more than an id, which tells people apart."""
    bot = string(message, "bot_id")
    profile = mapping(message.get("user_profile")) or mapping(message.get("bot_profile"))
    name = next(
        filter(
            None,
            (
                clean_name(string(profile, "display_name")),
                clean_name(string(profile, "real_name")),
                clean_name(string(message, "username")),
                clean_name(string(profile, "name")),
            ),
        ),
        SOMEONE,
    )
    return Author(
        uid=author_uid(source_id, string(message, "user") or bot or name),
        handle=clean_name(string(profile, "name")),
        name=name,
        avatar_url=safe_href(string(profile, "image_72")),
        bot=bool(bot),
    )


def author_uid(source_id: str, person: str) -> str:
    """Return which author the member with an id is."""
    return f"slack:{source_id}/{clean_name(person)}"


def post_uid(settings: SourceSettings, channel: str, ts: str) -> str:
    """Return a message's uid; its time, as Slack writes it, is its id within the channel."""
    return f"slack:{settings.id}/{channel}/{ts}"


def time(ts: str) -> datetime:
    """Return the moment of a time such as 1355517523.000005; raises InvalidPost."""
    seconds, _, fraction = ts[: LONGEST_TIME + 1].partition(".")
    if not (ts.isascii() and seconds.isdigit() and (fraction or "0").isdigit() and len(ts) <= LONGEST_TIME):
        raise InvalidPost("Its ts is not a time.", field="ts")
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise InvalidPost("Its ts is not a time.", field="ts") from error

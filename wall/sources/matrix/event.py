"""What events of a Matrix room say: a message or its newer words as a post, and who its members are. Pure."""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from wall.core import markup
from wall.core.event import Event
from wall.core.post import Author, Media, Post, SourceRef
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.implied import implied
from wall.sources.payload import identifier, mapping, string
from wall.sources.relayed import relayed

MESSAGE, REDACTION, MEMBER = "m.room.message", "m.room.redaction", "m.room.member"
ENCRYPTED, ENCRYPTION = "m.room.encrypted", "m.room.encryption"
TEXTS = ("m.text", "m.emote", "m.notice", "m.image")
SAID = ("m.text", "m.notice")
LINK = "https://matrix.to/#/"

USER = re.compile(r"@[^\s:]{1,200}:[^\s/]{1,200}")
CONTENT = re.compile(r"mxc://([A-Za-z0-9.:\[\]-]{1,255})/([A-Za-z0-9_-]{1,255})")
QUOTED = re.compile(r"<mx-reply>.*?</mx-reply>", re.DOTALL | re.IGNORECASE)
QUOTED_LINES = re.compile(r"(?:> .*\n)+\n?")
FILE_NAME = re.compile(r"\S{1,200}\.[A-Za-z0-9]{2,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """What somebody is called in the room."""

    name: str = ""
    avatar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What events are read with. `picture` makes the address of an mxc one; `everything` needs no hashtag.

    `bridges` are accounts of programs that pass on what others say.
    """

    room: str
    event: Event
    source: SourceRef
    everything: bool
    picture: Callable[[str, str], str]
    bridges: Collection[str] = ()


def parse_message(
    raw: Mapping[str, Any], members: Mapping[str, Member], reading: Reading, *, now: datetime
) -> Post | None:
    """Return a message as a post, None when it is of a sort we do not show; raises InvalidPost.

    Newer words of its author that the server sends along are the ones that count.
    """
    content, revision = newest_words(raw)
    kind = string(content, "msgtype")
    if not content or kind not in TEXTS:
        return None
    sender = sender_of(raw)
    author = made_author(sender, members.get(sender, Member()), reading, bot=kind == "m.notice")
    media = attached(content, reading) if kind == "m.image" else ()
    marked = words(content, author.name if kind == "m.emote" else "")
    if sender in reading.bridges and kind in SAID and (passed_on := relayed(body_of(content))):
        author, marked = passed_on.author(author), markup.from_text(passed_on.words)
    if not marked.text and not media:
        raise InvalidPost("A message without words came from the room.")
    tags = markup.tags(marked)
    event_id = identifier(raw, "event_id")
    return Post(
        uid=uid(reading.room, event_id),
        source=reading.source,
        author=author,
        url=f"{LINK}{reading.room}/{event_id}",
        text=marked.text,
        spans=marked.spans,
        tags=implied(reading.event, tags) if reading.everything else tags,
        media=media,
        reply_to=reply_to(content, reading.room),
        revision=revision,
        created_at=min(sent_at(raw), now),
        received_at=now,
    )


def newest_words(raw: Mapping[str, Any]) -> tuple[Mapping[str, Any], int]:
    """Return the content of a message as its author wants it by now, and its revision."""
    content = mapping(raw.get("content"))
    replaced = raw
    later = mapping(mapping(mapping(raw.get("unsigned")).get("m.relations")).get("m.replace"))
    if later and later.get("sender") == raw.get("sender"):
        replaced, content = later, mapping(mapping(later.get("content")).get("m.new_content")) or content
    return content, 0 if replaced is raw else milliseconds(replaced)


def replacing(raw: Mapping[str, Any]) -> str | None:
    """Return which message an event has newer words for, None for a message of its own."""
    relation = mapping(mapping(raw.get("content")).get("m.relates_to"))
    return identifier(relation, "event_id") if relation.get("rel_type") == "m.replace" else None


def with_words_of(original: Mapping[str, Any], edit: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a message with newer words; raises InvalidPost when they are somebody else's."""
    if sender_of(original) != sender_of(edit):
        raise InvalidPost("Somebody else tried to change a message.")
    return {**original, "unsigned": {"m.relations": {"m.replace": edit}}}


def redacted(raw: Mapping[str, Any]) -> str | None:
    """Return which message an event takes back, for redactions and for what was redacted itself."""
    if raw.get("type") == REDACTION:
        return string(raw, "redacts") or string(mapping(raw.get("content")), "redacts") or None
    if mapping(raw.get("unsigned")).get("redacted_because"):
        return string(raw, "event_id") or None
    return None


def parse_member(raw: Mapping[str, Any]) -> tuple[str, Member]:
    content = mapping(raw.get("content"))
    name = clean_name(string(content, "displayname"))
    return string(raw, "state_key"), Member(name=name, avatar=string(content, "avatar_url"))


def made_author(user: str, member: Member, reading: Reading, *, bot: bool) -> Author:
    avatar = CONTENT.fullmatch(member.avatar)
    return Author(
        uid=author_uid(user),
        handle=clean_name(user),
        name=member.name or clean_name(user[1:].partition(":")[0]) or clean_name(user),
        url=f"{LINK}{user}",
        avatar_url=reading.picture(avatar[1], avatar[2]) if avatar else None,
        bot=bot or None,
    )


def words(content: Mapping[str, Any], doing: str) -> markup.Marked:
    """Return what a message says; `doing` is who does what it says, for /me."""
    html = string(content, "formatted_body")
    if html and content.get("format") == "org.matrix.custom.html" and not doing:
        return markup.from_html(QUOTED.sub("", html))
    body = "" if is_file_name(content) else body_of(content)
    return markup.from_text(f"{doing} {body}".strip())


def body_of(content: Mapping[str, Any]) -> str:
    """Return the words of a message without markup, and without those it answers."""
    body = string(content, "body")
    if mapping(mapping(content.get("m.relates_to")).get("m.in_reply_to")):
        body = QUOTED_LINES.sub("", body, count=1) if body.startswith("> ") else body
    return body


def is_file_name(content: Mapping[str, Any]) -> bool:
    """Tell whether the body of a picture is only what its file is called."""
    body = string(content, "body")
    if content.get("msgtype") != "m.image":
        return False
    return body == content.get("filename") or ("filename" not in content and bool(FILE_NAME.fullmatch(body)))


def attached(content: Mapping[str, Any], reading: Reading) -> tuple[Media, ...]:
    found = CONTENT.fullmatch(string(content, "url"))
    if not found:
        raise InvalidPost("A picture is encrypted, or has no address.")
    return (Media(kind="image", url=reading.picture(found[1], found[2])),)


def reply_to(content: Mapping[str, Any], room: str) -> str | None:
    """Return the uid of the message that one answers: in a thread the first, unless it names another by itself."""
    relation = mapping(content.get("m.relates_to"))
    answered = string(mapping(relation.get("m.in_reply_to")), "event_id")
    if relation.get("rel_type") == "m.thread" and (relation.get("is_falling_back") is True or not answered):
        answered = string(relation, "event_id")
    return uid(room, answered) if answered and len(answered) < 300 else None


def sender_of(raw: Mapping[str, Any]) -> str:
    sender = string(raw, "sender")
    if not USER.fullmatch(sender) or not clean_name(sender):
        raise InvalidPost("A message names nobody who sent it.")
    return sender


def milliseconds(raw: Mapping[str, Any]) -> int:
    time = raw.get("origin_server_ts")
    return time if type(time) is int and 0 <= time < 10**14 else 0


def sent_at(raw: Mapping[str, Any]) -> datetime:
    if not milliseconds(raw):
        raise InvalidPost("A message does not say when it was sent.")
    return datetime.fromtimestamp(milliseconds(raw) / 1000, UTC)


def uid(room: str, event_id: str) -> str:
    return f"mxid:{room}/{event_id}"


def author_uid(user: str) -> str:
    return f"mxid:{user}"

"""What was said in a channel of IRC, as a post. Pure."""

import hashlib
from collections.abc import Collection
from datetime import datetime

from wall.core import markup
from wall.core.event import Event
from wall.core.post import Author, Post, SourceRef
from wall.core.text import clean_name
from wall.errors import InvalidPost
from wall.sources.implied import implied
from wall.sources.irc.line import folded, unformatted
from wall.sources.irc.session import Said
from wall.sources.relayed import Relayed, relayed

LONGEST_MSGID = 200  # characters


def parse_said(
    said: Said,
    *,
    place: str,
    number: int,
    bridges: Collection[str],
    everything: bool,
    event: Event,
    source: SourceRef,
    now: datetime,
) -> Post:
    """Return the post; raises InvalidPost when nothing of it can be read.

    `place` is `host/channel`, `number` counts what the same person said in the same words in the same second. With
    `everything` it belongs to the event without a hashtag. `bridges` are folded nicks of programs that pass on what
    others say.
    """
    text = unformatted(said.text)
    passed_on = relayed(text) if folded(said.nick) in bridges else None
    marked = markup.from_text(passed_on.words if passed_on else text)
    if not marked.text:
        raise InvalidPost("A message without words came from the channel.")
    tags = markup.tags(marked)
    return Post(
        uid=uid(said, place, number),
        source=source,
        author=author(said, place.partition("/")[0], passed_on),
        text=marked.text,
        spans=marked.spans,
        tags=implied(event, tags) if everything else tags,
        created_at=min(said.mark.time, now),
        received_at=now,
    )


def uid(said: Said, place: str, number: int) -> str:
    """Return the id of a message, made of what it is where the server gives none."""
    msgid = said.mark.msgid
    if msgid and len(msgid) <= LONGEST_MSGID and msgid.isprintable():
        return message_uid(place, msgid)
    # To the second, for some servers tell the time less exactly when they tell a message again.
    parts = [place, folded(said.nick), f"{said.mark.time:%Y%m%d%H%M%S}", said.text, str(number)]
    digest = hashlib.sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:32]
    return message_uid(place, f"~{digest}")


def message_uid(place: str, msgid: str) -> str:
    return f"irc:{place}/{msgid}"


def author(said: Said, host: str, passed_on: Relayed | None) -> Author:
    """Return who said it; of the address they came from, nothing is kept."""
    nick = clean_name(said.nick)
    if not nick:
        raise InvalidPost("A message came from somebody without a name.")
    if passed_on:
        return passed_on.author(Author(uid=nick_uid(host, nick), handle=nick, name=nick))
    named = account_uid(host, said.account) if said.account else nick_uid(host, nick)
    return Author(uid=named, handle=nick, name=nick, bot=said.bot or None)


def nick_uid(host: str, nick: str) -> str:
    return f"irc:{host}/nick:{folded(nick)}"


def account_uid(host: str, account: str) -> str:
    return f"irc:{host}/account:{folded(clean_name(account))}"

"""A post as the file of its event has it, and what is written of it where that is imported."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from wall.core.guests import Guests
from wall.core.moderation import Standing, Status, answered_id
from wall.core.mood import Word
from wall.core.portable import leads_elsewhere
from wall.store.codec import decode, encode
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.known import COPIES, COUNTS
from wall.store.servers import Command
from wall.store.stamp import milliseconds

CARRIED = Script("carried")
NO_COPIES = msgspec.Raw(b"[]")
NO_REACTIONS = msgspec.Raw(b"{}")
Number = int | float


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """A post and how it stands, where among the posts of its status, and what Redis keeps beside that.

    `sounds` is a moderator's word on how it does.
    """

    standing: msgspec.Raw
    arrived: int
    place: Number
    replies: int = 0
    spoken: str = ""
    copies: msgspec.Raw
    reactions: msgspec.Raw
    sounds: Word | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A post that was read: how it stands, and its line in the file."""

    standing: Standing
    line: bytes


LINE = msgspec.json.Decoder(Carried)


def carried_call(keys: EventKeys, ids: Sequence[str]) -> Call:
    return Call(CARRIED, [keys.posts, f"{keys.prefix}posts:"], ids)


def found(row: Sequence[bytes | None], guests: Guests) -> Found | None:
    """Return a post from how it is kept, its author by a number; None where it was erased, or is damaged."""
    kept, arrived, copies, replies, reactions, spoken, word, _status, place = row
    if kept is None:
        return None
    try:
        standing = plain(decode(Standing, kept), guests)
        told = [replace(one, author=guests.meet(one.author)) for one in COPIES.decode(copies or NO_COPIES)]
        COUNTS.decode(reactions or NO_REACTIONS)
        sounds = decode(Word, word) if word else None
    except msgspec.DecodeError:
        return None
    if standing.status is Status.WITHDRAWN:
        return None
    carried = Carried(
        standing=msgspec.Raw(encode(standing)),
        arrived=int(arrived or 0),
        place=number(place or b"0"),
        replies=int(replies or 0),
        spoken=(spoken or b"").decode(),
        copies=msgspec.Raw(msgspec.json.encode(told)),
        reactions=msgspec.Raw(reactions) if reactions else NO_REACTIONS,
        sounds=sounds,
    )
    return Found(standing, msgspec.json.encode(carried))


def plain(standing: Standing, guests: Guests) -> Standing:
    """Return a standing as it is kept of itself alone, its author by a number.

    What waited for the end of its delay waits for a person: it must not go on a wall because somebody moved that.
    """
    post = standing.post
    author = replace(post.author, uid=guests.meet(post.author.uid))
    return replace(
        standing,
        post=replace(post, author=author),
        arrived=0,
        copies=(),
        replies=0,
        reactions={},
        spoken="",
        answers=None,
        answer=None,
        due=None,
    )


def parsed(line: bytes) -> tuple[Carried, Standing]:
    """Return a post from its line; raises ValueError for one that the wall could not have written."""
    carried = LINE.decode(line)
    COPIES.decode(carried.copies)
    COUNTS.decode(carried.reactions)
    standing = decode(Standing, bytes(carried.standing))
    if standing.status is Status.WITHDRAWN:
        raise ValueError("what was erased is in no file")
    if standing.post.created_at.tzinfo is None or standing.post.received_at.tzinfo is None:
        raise ValueError("a time says nothing of its zone")
    if leads_elsewhere(standing.post.url) or leads_elsewhere(standing.post.author.url):
        raise ValueError("an address is none that a page may lead to")
    return carried, standing


def commands(keys: EventKeys, carried: Carried, standing: Standing) -> list[Command]:
    """Return what writes a post, and its places in the lists that are made of posts."""
    post = standing.post
    id, arrived = post.id, carried.arrived
    parts: list[str | bytes | int] = ["standing", bytes(carried.standing), "version", standing.version]
    parts += ["status", standing.status, "arrived", arrived]
    if carried.copies != NO_COPIES:
        parts += ["copies", bytes(carried.copies)]
    if carried.replies:
        parts += ["replies", carried.replies]
    if carried.reactions != NO_REACTIONS:
        parts += ["reactions", bytes(carried.reactions)]
    if carried.spoken:
        parts += ["spoken", carried.spoken]
    found: list[Command] = [
        ("HSET", keys.post(id), *parts),
        ("ZADD", keys.status(standing.status), carried.place, id),
        ("ZADD", keys.author(post.author.uid), arrived, id),
        ("ZADD", keys.source(post.source.id, "posts"), arrived, id),
    ]
    if word := carried.sounds:
        found.append(("HSET", keys.post(id), "mood_said", encode(word)))
        found.append(("ZADD", keys.moods_said, milliseconds(word.at), id))
    if answered := answered_id(post):
        found.append(("ZADD", keys.replies(answered), milliseconds(post.received_at), id))
    if standing.card:
        found.append(("SADD", keys.card(standing.card), id, standing.card))
    return found


def number(text: bytes | str | float) -> Number:
    """Return a place or score, whole where it is whole."""
    value = float(text)
    return int(value) if value.is_integer() else value

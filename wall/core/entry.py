"""What the ledger says of a post: the one place where a standing becomes a row and its ties. Names are words here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from urllib.parse import urlsplit

from wall.core.answering import is_answer
from wall.core.clean_url import clean_url
from wall.core.finding import asks, folded
from wall.core.ledger import (
    ANSWER,
    ASKS,
    BOT,
    BY_HOST,
    BY_RULE,
    PICTURED,
    STATUSES,
    TIE_KINDS,
    UNSCORED,
    WARNED,
    WHERE,
    TieKind,
)
from wall.core.matching import CONCLUDED
from wall.core.moderation import Standing, Status, answered_id
from wall.core.post import Post, Span

LATEST = 2**32 - 1
MOST_TIES = 64
"""Ties of one post to what its author wrote: nobody means more."""
LONGEST_NAME = 500
LANGUAGE = re.compile(r"([a-z]{2,8})(?:[-_]|$)", re.IGNORECASE)

Tie = tuple[TieKind, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of the ledger and its ties, with names in words; the fields are those of ROW in core/ledger.py."""

    id: str
    written: int
    received: int
    shown: int
    decided: int
    author: str
    replies: int
    reposts: int
    reactions: int
    decider: str
    language: str
    flags: int
    network: str
    status: int
    where: int
    mood: int = UNSCORED
    ties: tuple[Tie, ...] = ()


def row(
    standing: Standing,
    *,
    by_host: bool = False,
    answered: str = "",
    amplifiers: Sequence[str] = (),
    mood: int = UNSCORED,
) -> Entry | None:
    """Return what the ledger says of a post as it stands; None for one that its author took back.

    `by_host` says that a host of the event's chat wrote it, `answered` is the uid of the author whom it answers, as far
    as that is known, `amplifiers` are the uids of who passed it on, `mood` is how it sounds (core/mood.py: figure).
    """
    post = standing.post
    if standing.status is Status.WITHDRAWN:
        return None
    decider = standing.decided_by if not standing.by_rule and standing.decided_at else None
    return Entry(
        id=post.id,
        written=seconds(post.created_at),
        received=seconds(post.received_at),
        shown=seconds(standing.approved_at),
        decided=seconds(standing.decided_at),
        author=name(post.author.uid),
        replies=number(standing.replies),
        reposts=number(post.reposts),
        reactions=number(sum(standing.reactions.values())),
        decider=name(decider or ""),
        language=language(post),
        flags=flags(standing, by_host=by_host),
        network=name(post.source.kind),
        status=STATUSES.index(standing.status),
        where=WHERE.index(post.place) if post.place in WHERE else 0,
        mood=mood,
        ties=ties(post, answered, amplifiers),
    )


def flags(standing: Standing, *, by_host: bool) -> int:
    post = standing.post
    return (
        ASKS * asks(post)
        | PICTURED * bool(post.shown)
        | WARNED * (post.sensitive or bool(post.content_warning))
        | BY_RULE * (standing.decided_at is not None and standing.by_rule)
        | BY_HOST * by_host
        | BOT * bool(post.author.bot)
        | ANSWER * is_answer(post)
    )


def ties(post: Post, answered: str, amplifiers: Sequence[str]) -> tuple[Tie, ...]:
    """Return what a post is tied to, each once. One that answers somebody who is not known is tied to nobody."""
    found = dict.fromkeys((kind, name(to)) for kind, to in all_ties(post))
    kept = [one for one in found if one[1]][: MOST_TIES - 1]
    if answered_id(post):
        kept.append(("answers", name(answered)))
    kept += dict.fromkeys(("amplified by", name(uid)) for uid in amplifiers if uid)
    return tuple(sorted(kept, key=lambda one: TIE_KINDS.index(one[0])))


def all_ties(post: Post) -> Iterator[Tie]:
    yield "known as", handle(post.author.handle)
    for tag in post.tags:
        if tag.where not in CONCLUDED:
            yield "hashtag", tag.key
    for span in post.spans:
        if span.kind == "mention":
            yield "mentions", mentioned(post, span)
        elif span.kind == "link":
            yield "link", page(span.href or span.value)


def mentioned(post: Post, span: Span) -> str:
    """Return whom a mention names, as `handle` has it: with the server, where the network writes handles so."""
    said = span.value.lstrip("@")
    if "@" not in said and span.href and "@" in post.author.handle.lstrip("@"):
        try:
            said = f"{said}@{urlsplit(span.href).hostname or ''}".rstrip("@")
        except ValueError:
            return handle(said)
    return handle(said)


@lru_cache(maxsize=20_000)  # people write more than once
def handle(written: str) -> str:
    """Return a handle as it is compared: folded, without the sign before it."""
    return folded(written.lstrip("@")) if len(written) <= LONGEST_NAME else ""


@lru_cache(maxsize=5_000)  # what is linked to at all is linked to again
def page(url: str) -> str:
    clean = clean_url(url)
    return clean if len(clean) <= LONGEST_NAME else ""


def language(post: Post) -> str:
    """Return the language of a post without its region, "" where it says none that could be one."""
    match = LANGUAGE.match(post.language or "")
    return match[1].lower() if match else ""


def name(written: str) -> str:
    """Return a name as it can be kept: one line of some length, that can be written down."""
    if written.isascii() and written.isprintable() and len(written) <= LONGEST_NAME:
        return written
    return written[:LONGEST_NAME].replace("\n", " ").encode("utf-8", "replace").decode()


def seconds(time: datetime | None) -> int:
    return number(int(time.timestamp())) if time else 0


def number(value: int) -> int:
    return min(max(value, 0), LATEST)

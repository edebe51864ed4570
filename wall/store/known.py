"""What is known before posts are taken in: read in one round trip, for whoever judges them."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.panic import EVERYONE, Hold
from wall.core.post import Post
from wall.errors import NotFound
from wall.store.absences import absent_call
from wall.store.codec import decode
from wall.store.database import Database
from wall.store.keys import EventKeys
from wall.store.servers import Command

log = logging.getLogger(__name__)

BEGINNING = "0"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which facts the rules ask for: how fast authors write, and what came since a place among the duplicates."""

    pace: bool = False
    duplicates_since: str | None = None


NOTHING = Wanted()


@dataclass(frozen=True, slots=True)
class Known:
    """The event as it is now, the version of its rules, and by post its standing, its author's trust and pace,
    and who holds that author back.

    `left` tells which authors left this wall: their pictures are not even fetched. `duplicates` are (place, post id,
    sketch) of posts that came since the place that was asked from.
    """

    event: Event
    rules: int
    standings: Sequence[Standing | None]
    trusted: Sequence[bool]
    holds: Sequence[Hold | None]
    left: Sequence[bool]
    paces: Sequence[int]
    duplicates: Sequence[tuple[str, str, str]]


async def known(database: Database, slug: str, posts: Sequence[Post], wanted: Wanted) -> Known:
    """Return what must be known to judge posts; raises NotFound."""
    keys = EventKeys(slug)
    extra: list[Command] = []
    if wanted.pace and posts:
        extra.append(("MGET", *(keys.pace(post.author.uid) for post in posts)))
    if wanted.duplicates_since is not None:
        extra.append(("XRANGE", keys.duplicates, f"({wanted.duplicates_since}", "+"))
    authors = [post.author.uid for post in posts]
    event, trusted, (everyone, *held), left, version, *rows = await database.commands(
        ("GET", keys.event),
        ("HMGET", keys.trusted, "", *authors),  # "" for when there are no posts
        ("HMGET", keys.held, EVERYONE, *authors),
        absent_call(slug, authors).command(in_full=True),
        ("HGET", keys.rules, "version"),
        *(("HMGET", keys.post(post.id), "standing", "arrived") for post in posts),
        *extra,
    )
    if event is None:
        raise NotFound(f"There is no event “{slug}”.")
    more = iter(rows[len(posts) :])
    paces = next(more) if wanted.pace and posts else [None] * len(posts)
    entries = next(more) if wanted.duplicates_since is not None else []
    return Known(
        event=decode(Event, event),
        rules=int(version or 0),
        standings=[read(*row) for row in rows[: len(posts)]],
        trusted=[by is not None for by in trusted[1:]],
        holds=[decode(Hold, hold) if (hold := mine or everyone) else None for mine in held],
        left=[bool(answer) for answer in left],
        paces=[int(pace or 0) for pace in paces],
        duplicates=[
            (place.decode(), fields[b"post"].decode(), fields[b"sketch"].decode()) for place, fields in entries
        ],
    )


def read(standing: bytes | None, arrived: bytes | None) -> Standing | None:
    """Return a standing as it is kept: its place of arrival is Redis's to give. One that is damaged is not there."""
    if standing is None:
        return None
    try:
        return replace(decode(Standing, standing), arrived=int(arrived or 0))
    except msgspec.DecodeError as error:
        log.error("A post in Redis is damaged and is passed over: %s", error)
        return None

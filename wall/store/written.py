"""What is on a wall and when it was written, read page by page: of each post only what a plan of them takes."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec

from wall.core.answering import KIND
from wall.core.moderation import Status
from wall.core.post import post_id
from wall.store.database import Database
from wall.store.keys import EventKeys

PAGE = 500


@dataclass(frozen=True, slots=True)
class WrittenTag:
    key: str


@dataclass(frozen=True, slots=True)
class WrittenBy:
    uid: str
    name: str
    handle: str


@dataclass(frozen=True, slots=True)
class WrittenThrough:
    kind: str


@dataclass(frozen=True, slots=True)
class WrittenPost:
    """What is read of a post; all else of it is passed over, which is quicker by far."""

    uid: str
    source: WrittenThrough
    author: WrittenBy
    text: str
    created_at: datetime
    tags: tuple[WrittenTag, ...] = ()
    reply_to: str | None = None


@dataclass(frozen=True, slots=True)
class WrittenStanding:
    post: WrittenPost
    status: Status


@dataclass(frozen=True, slots=True)
class Written:
    """A post on the wall: its id, when it was written and by whom, and the id of what it answers."""

    id: str
    at: datetime
    author: str
    tags: frozenset[str]
    answers: str | None
    letters: frozenset[str]


READ = msgspec.json.Decoder(WrittenStanding)


async def written(database: Database, slug: str) -> AsyncIterator[list[Written]]:
    """Yield the posts that stand on the wall, as they came onto it; the wall's own answers are left out.

    What comes onto it meanwhile may be there or not; what leaves it may be there, so look again before it is shown.
    """
    keys = EventKeys(slug)
    after = "-inf"
    while True:
        rows = await database.command(
            "ZRANGEBYSCORE", keys.status(Status.APPROVED), after, "+inf", "WITHSCORES", "LIMIT", 0, PAGE
        )
        if not rows:
            return
        after = f"({int(rows[-1][1])}"
        yield await written_of(database, slug, [id.decode() for id, _place in rows])


async def written_of(database: Database, slug: str, ids: Sequence[str]) -> list[Written]:
    """Return those of some posts that stand on the wall, in the order of `ids`."""
    keys = EventKeys(slug)
    rows = await database.commands(*(("HGET", keys.post(id), "standing") for id in ids)) if ids else []
    found = []
    for id, row in zip(ids, rows, strict=True):
        standing = read(row)
        if standing is None or standing.status is not Status.APPROVED or standing.post.source.kind == KIND:
            continue
        post = standing.post
        found.append(
            Written(
                id=id,
                at=post.created_at,
                author=post.author.uid,
                tags=frozenset(tag.key for tag in post.tags),
                answers=post_id(post.reply_to) if post.reply_to and post.reply_to != post.uid else None,
                letters=frozenset(post.text).union(post.author.name, post.author.handle),
            )
        )
    return found


def read(row: bytes | None) -> WrittenStanding | None:
    try:
        return READ.decode(row) if row else None
    except msgspec.DecodeError:
        return None  # whoever reads all of it says so in the log

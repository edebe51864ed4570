"""Which posts answer which: told to whoever shows them, and to whoever asks networks for more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wall.core.asking import next_asking
from wall.core.moderation import Answered, Standing, Status, answered_id
from wall.core.post import Post, post_id
from wall.store.database import Database
from wall.store.feeds import moment
from wall.store.keys import EventKeys
from wall.store.known import KEPT, read
from wall.store.posts import Posts

LOOKED_AT = 200
"""Posts of a source, the newest, that are asked about."""
ASKED_AT_ONCE = 20
MOST_SHOWN = 200
WORDS = 160  # characters of the answered post that the desk shows


async def tied(database: Database, slug: str, standings: Sequence[Standing]) -> list[Standing]:
    """Return standings that know which post they answer, and which answer the wall gave, as those stand now."""
    keys = EventKeys(slug)
    tied_to = (id for one in standings for id in (answered_id(one.post), one.spoken) if id)
    ids = list(dict.fromkeys(tied_to))
    rows = await database.commands(*(("HMGET", keys.post(id), *KEPT) for id in ids)) if ids else []
    found = {id: one for id, row in zip(ids, rows, strict=True) if (one := read(*row))}
    return [
        replace(one, answers=answered(found.get(answered_id(one.post) or "")), answer=shown(found.get(one.spoken)))
        for one in standings
    ]


def shown(answer: Standing | None) -> Post | None:
    return answer.post if answer and answer.visible else None


def answered(standing: Standing | None) -> Answered | None:
    if standing is None:
        return None
    author, words = standing.post.author, " ".join(standing.post.text.split())
    return Answered(
        id=standing.post.id,
        name=author.name or author.handle,
        status=standing.status,
        words=words if len(words) <= WORDS else f"{words[:WORDS].rstrip()}…",
    )


class Threads:
    """The threads of every event, by slug."""

    def __init__(self, database: Database, posts: Posts) -> None:
        self.database = database
        self.posts = posts

    async def tied(self, slug: str, standings: Sequence[Standing]) -> list[Standing]:
        """Return standings that know which post they answer, and which answer the wall gave, as those stand now."""
        return await tied(self.database, slug, standings)

    async def replies(self, slug: str, id: str) -> list[Standing]:
        """Return the posts that answer one, in the order they were written, whatever became of them."""
        rows = await self.database.command("ZRANGE", EventKeys(slug).replies(id), 0, MOST_SHOWN - 1)
        standings = await self.posts.get_all(slug, [row.decode() for row in rows])
        return sorted((one for one in standings if one), key=lambda one: (one.post.created_at, one.post.id))

    # Asking networks

    async def to_ask(self, slug: str, source_id: str, *, now: datetime) -> list[Post]:
        """Return the posts of a source on the wall about which to ask its network now, longest due first."""
        keys = EventKeys(slug)
        rows = await self.database.command("ZREVRANGE", keys.source(source_id, "posts"), 0, LOOKED_AT - 1)
        standings = [one for one in await self.posts.get_all(slug, [row.decode() for row in rows]) if one]
        shown = [one for one in standings if one.status is Status.APPROVED]
        if not shown:
            return []
        ids = [one.post.id for one in shown]
        asked, *newest = await self.database.commands(
            ("ZMSCORE", keys.source(source_id, "asked"), *ids),
            *(("ZREVRANGE", key(id), 0, 0, "WITHSCORES") for key in (keys.replies, keys.amplifiers) for id in ids),
        )
        replies, amplifiers = newest[: len(ids)], newest[len(ids) :]
        times = [
            (next_asking(stirred(one, [*reply, *amplifier]), moment_of(at)), one.post)
            for one, at, reply, amplifier in zip(shown, asked, replies, amplifiers, strict=True)
        ]
        due = [(time, post) for time, post in times if time is not None and time <= now]
        return [post for _, post in sorted(due, key=lambda one: one[0])[:ASKED_AT_ONCE]]

    async def asked(self, slug: str, source_id: str, uid: str, *, now: datetime) -> None:
        """Note that a network was asked about a post, and that what it said is taken in."""
        keys = EventKeys(slug)
        key = keys.source(source_id, "asked")
        await self.database.commands(
            ("ZADD", key, int(now.timestamp() * 1000), post_id(uid)), ("ZREMRANGEBYRANK", key, 0, -2 * LOOKED_AT)
        )


def stirred(standing: Standing, newest: Sequence[tuple[bytes, float]]) -> datetime:
    """Return when a post came onto the wall, or was answered or passed on last, which may be before."""
    since = standing.approved_at or standing.post.received_at
    return max([since, *(moment(str(int(at))) for _, at in newest)])


def moment_of(score: float | None) -> datetime | None:
    return None if score is None else moment(str(int(score)))

"""The team at the desk, as kept in Redis: leases of desks, and what each of them holds."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from wall.core.moderation import Status
from wall.core.team import Desk, Team
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import milliseconds, moment

HOLD = Script("hold")
LEAVE = Script("leave")
HERE_SECONDS = 40


class Kept(msgspec.Struct):
    """A desk as it is kept."""

    person: str
    name: str
    here: int
    busy: int


class Desks:
    """The desks of every event, by slug and id."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def hold(
        self,
        slug: str,
        desk: str,
        *,
        person_id: str,
        name: str,
        posts: int,
        busy: datetime,
        now: datetime,
        post_id: str = "",
    ) -> Sequence[str]:
        """Renew a desk, and return the posts it holds: at most `posts`, none once its person is not `busy`.

        `post_id` is the post on its stage, which it holds before all others. What its person approved as the first of
        two is left to somebody else.
        """
        keys = EventKeys(slug)
        ask = {
            "desk": desk,
            "person": person_id,
            "name": name,
            "now": milliseconds(now),
            "here": milliseconds(now + timedelta(seconds=HERE_SECONDS)),
            "busy": milliseconds(busy),
            "posts": posts,
            "post": post_id,
        }
        held = await self.database.run(
            Call(
                HOLD,
                [keys.desks, keys.holds, keys.status(Status.WAITING), keys.turns, keys.team, keys.firsts],
                [msgspec.json.encode(ask)],
            )
        )
        return [id.decode() for id in held]

    async def leave(self, slug: str, desk: str) -> None:
        """Take a desk out of the team, and free what it held."""
        keys = EventKeys(slug)
        await self.database.run(Call(LEAVE, [keys.desks, keys.holds, keys.turns, keys.team], [desk]))

    async def team(self, slug: str, *, now: datetime) -> Team:
        """Return who is at the desk now, and what they hold."""
        keys = EventKeys(slug)
        turn, desks, holds = await self.database.commands(
            ("GET", keys.turns), ("HGETALL", keys.desks), ("HGETALL", keys.holds), atomic=True
        )
        posts: dict[str, list[str]] = {}
        for post, desk in holds.items():
            posts.setdefault(desk.decode(), []).append(post.decode())
        there = [read(id.decode(), kept, posts, now) for id, kept in desks.items()]
        there = sorted((one for one in there if one.here > now), key=lambda one: (one.name.casefold(), one.id))
        ends = [end for one in there for end in (one.here, one.busy) if end > now]
        return Team(turn=int(turn or 0), desks=there, until=min(ends, default=None))


def read(id: str, data: bytes, posts: dict[str, list[str]], now: datetime) -> Desk:
    kept = msgspec.json.decode(data, type=Kept)
    busy = moment(kept.busy)
    return Desk(
        id=id,
        person_id=kept.person,
        name=kept.name,
        here=moment(kept.here),
        busy=busy,
        posts=sorted(posts.get(id, [])) if busy > now else (),
    )

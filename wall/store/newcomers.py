"""Who began to take part, when, and from where: what bounds how many participants one address makes."""

from dataclasses import dataclass, replace
from datetime import datetime

from wall.core.participant import Participant
from wall.store.codec import decode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys, digest

MEET = Script("meet")
WINDOW_SECONDS = 3600
KEPT_MINUTES = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A participant, when they first took part and passed the check, None for never; or how many seconds to wait.

    `crowded` says that they came after a few others from the same address.
    """

    participant: Participant
    since: int | None
    checked: int | None
    wait: float
    crowded: bool = False


class Newcomers:
    """The newcomers of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def meet(
        self,
        slug: str,
        id: str,
        *,
        home: str,
        few: int,
        most: int,
        counted: bool,
        keep_seconds: int,
        now: datetime,
    ) -> Meeting:
        """Return a participant as they stand; at most `most` new ones come from one address, `home`, in an hour.

        Those who are `counted` are a sign of an attack when very many come, and crowded after a `few` from there.
        """
        keys = EventKeys(slug)
        arguments = (int(now.timestamp()), keep_seconds, most, WINDOW_SECONDS * 1000, int(counted), few)
        where = (keys.met(id), keys.newcomers_from(digest(home)), keys.newcomers, keys.participant(id))
        since, checked, wait, said, crowd = await self.database.run(Call(MEET, where, arguments))
        participant = replace(decode(Participant, said), id=id) if said else Participant(id=id)
        return Meeting(
            participant=participant,
            since=int(since) if since else None,
            checked=int(checked) if checked else None,
            wait=max(0, int(wait)) / 1000,
            crowded=bool(crowd),
        )

    async def standing(self, slug: str, id: str) -> Meeting:
        """Return how a participant stands, without meeting them."""
        parts = ("at", "checked", "crowd")
        since, checked, crowd = await self.database.command("HMGET", EventKeys(slug).met(id), *parts)
        return Meeting(
            participant=Participant(id=id),
            since=int(since) if since else None,
            checked=int(checked) if checked else None,
            wait=0.0,
            crowded=bool(crowd),
        )

    async def passed(self, slug: str, id: str, *, keep_seconds: int, now: datetime) -> None:
        """Note that a participant passed the check."""
        key, at = EventKeys(slug).met(id), int(now.timestamp())
        await self.database.commands(
            ("HSET", key, "at", at, "checked", at), ("EXPIRE", key, keep_seconds), atomic=True
        )

    async def by_minute(self, slug: str, *, now: datetime) -> dict[int, int]:
        """Return how many came in each minute (since the epoch) of the last hour and a half."""
        key = EventKeys(slug).newcomers
        rows = await self.database.command("HGETALL", key)
        counts = {int(minute): int(count) for minute, count in rows.items()}
        first = int(now.timestamp()) // 60 - KEPT_MINUTES
        old = [minute for minute in counts if minute < first]
        if old:
            await self.database.command("HDEL", key, *old)
        return {minute: count for minute, count in counts.items() if minute >= first}

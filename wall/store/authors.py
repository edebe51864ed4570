"""What moderators think of the authors of an event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.panic import Restriction
from wall.core.trust import Trust
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.known import read_trusts, trust_commands
from wall.store.stamp import stamp

TRUST = Script("trust", after=("current", "append", "ladder", "note"))
RESTRICT = Script("restrict", after=("current", "append", "ladder", "note"))


class Authors:
    """The authors of every event, by slug and uid."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def trust(self, slug: str, author: str, *, by: str) -> None:
        """Note that a moderator trusts an author, whatever spoke against it."""
        keys = EventKeys(slug)
        await self.database.commands(
            ("HSET", keys.trusted, author, by), ("HDEL", keys.against, author), atomic=True
        )

    async def forget(self, slug: str, author: str) -> None:
        """Forget how an author stands with the moderators."""
        keys = EventKeys(slug)
        await self.database.commands(
            *(("HDEL", key, author) for key in (keys.trusted, keys.approvals, keys.against)), atomic=True
        )

    async def judge(
        self, slug: str, standing: Standing, *, by: str | None, entry: Entry | None = None, now: datetime
    ) -> None:
        """Trust the author of a post, or with `by` None no longer, and tell the desks of it by that post.

        Trusting forgives what spoke against the author; trusting no longer ends what was earned, too.
        """
        keys = EventKeys(slug)
        change = {
            "id": standing.post.id,
            "version": standing.version,
            "was": standing.status,
            "status": standing.status,
            **stamp(now),
        }
        await self.database.run(
            Call(
                TRUST,
                [
                    keys.trusted,
                    keys.feed("desk"),
                    keys.head("desk"),
                    keys.audit,
                    keys.audited,
                    keys.against,
                    keys.strictness,
                ],
                [standing.post.author.uid, by or "", msgspec.json.encode(change), *noted(entry)],
            )
        )

    async def trusts(self, slug: str, authors: Sequence[str]) -> list[Trust]:
        """Return how authors stand with the moderators."""
        return read_trusts(*await self.database.commands(*trust_commands(EventKeys(slug), authors)))

    async def restrict(
        self, slug: str, restriction: Restriction, *, entry: Entry | None = None, now: datetime
    ) -> bool:
        """Let an author's further posts wait, and trust them no longer; returns whether that is new."""
        return await self._restrict(slug, restriction.author, encode(restriction), entry, now)

    async def lift(self, slug: str, author: str, *, entry: Entry | None = None, now: datetime) -> bool:
        """Let an author's posts go as the rules say again; returns whether that is new."""
        return await self._restrict(slug, author, b"", entry, now)

    async def restricted(self, slug: str) -> list[Restriction]:
        """Return who is restricted, longest first."""
        rows = await self.database.command("HVALS", EventKeys(slug).restricted)
        return sorted((decode(Restriction, row) for row in rows), key=lambda one: one.at)

    async def _restrict(
        self, slug: str, author: str, restriction: bytes, entry: Entry | None, now: datetime
    ) -> bool:
        keys = EventKeys(slug)
        change = {"id": "", "version": 0, "was": "", "status": "", **stamp(now)}
        call = Call(
            RESTRICT,
            [
                keys.restricted,
                keys.trusted,
                keys.feed("desk"),
                keys.head("desk"),
                keys.against,
                keys.audit,
                keys.audited,
                keys.strictness,
            ],
            [msgspec.json.encode(change), author, restriction, *noted(entry)],
        )
        return bool(await self.database.run(call, confirm=True))

    async def marked(self, slug: str, standings: Sequence[Standing]) -> list[Standing]:
        """Return standings that know whether their authors are trusted now, and have nothing on the wall yet.

        Why is told in words, as of now: what was so when they arrived may have changed.
        """
        if not standings:
            return []
        keys = EventKeys(slug)
        authors = [one.post.author.uid for one in standings]
        *trust_rows, shown, event = await self.database.commands(
            *trust_commands(keys, authors), ("HMGET", keys.shown, *authors), ("GET", keys.event)
        )
        needed = decode(Event, event).modes.approvals if event else 0
        return [
            marked(one, trust, needed, first_time=count is None)
            for one, trust, count in zip(standings, read_trusts(*trust_rows), shown, strict=True)
        ]


def marked(standing: Standing, trust: Trust, needed: int, *, first_time: bool) -> Standing:
    trusted = trust.counts(needed)
    return replace(standing, trusted=trusted, trust=trust.words(needed), first_time=first_time)

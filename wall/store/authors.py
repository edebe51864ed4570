"""What moderators think of the authors of an event."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

import msgspec

from wall.core.audit import Entry
from wall.core.moderation import Standing
from wall.core.panic import Hold
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.posts import stamp

TRUST = Script("trust", after=("current", "append", "note"))
HOLD = Script("hold_back", after=("current", "append"))


class Authors:
    """The authors of every event, by slug and uid."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def trust(self, slug: str, author: str, *, by: str) -> None:
        """Note that a moderator trusts an author."""
        await self.database.command("HSET", EventKeys(slug).trusted, author, by)

    async def distrust(self, slug: str, author: str) -> None:
        """Take an author's trust back."""
        await self.database.command("HDEL", EventKeys(slug).trusted, author)

    async def judge(
        self, slug: str, standing: Standing, *, by: str | None, entry: Entry | None = None, now: datetime
    ) -> None:
        """Trust the author of a post, or with `by` None no longer, and tell the desks of it by that post."""
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
                [keys.trusted, keys.feed("desk"), keys.head("desk"), keys.audit, keys.audited],
                [standing.post.author.uid, by or "", msgspec.json.encode(change), *noted(entry)],
            )
        )

    async def trusted(self, slug: str, authors: Sequence[str]) -> list[bool]:
        """Tell which of the authors are trusted."""
        if not authors:
            return []
        rows = await self.database.command("HMGET", EventKeys(slug).trusted, *authors)
        return [row is not None for row in rows]

    async def hold(self, slug: str, hold: Hold, *, now: datetime) -> bool:
        """Hold an author's further posts back, and trust them no longer; returns whether that is new."""
        return await self._hold(slug, hold.author, encode(hold), now)

    async def release(self, slug: str, author: str, *, now: datetime) -> bool:
        """Let an author's posts go as the rules say again; returns whether that is new."""
        return await self._hold(slug, author, b"", now)

    async def held(self, slug: str) -> list[Hold]:
        """Return who is held, longest first."""
        rows = await self.database.command("HVALS", EventKeys(slug).held)
        return sorted((decode(Hold, row) for row in rows), key=lambda hold: hold.at)

    async def _hold(self, slug: str, author: str, hold: bytes, now: datetime) -> bool:
        keys = EventKeys(slug)
        change = {"id": "", "version": 0, "was": "", "status": "", **stamp(now)}
        call = Call(
            HOLD,
            [keys.held, keys.trusted, keys.feed("desk"), keys.head("desk")],
            [msgspec.json.encode(change), author, hold],
        )
        return bool(await self.database.run(call, confirm=True))

    async def marked(self, slug: str, standings: Sequence[Standing]) -> list[Standing]:
        """Return standings that know whether their authors are trusted now, and have nothing on the wall yet."""
        if not standings:
            return []
        keys = EventKeys(slug)
        authors = [one.post.author.uid for one in standings]
        trusted, shown = await self.database.commands(
            ("HMGET", keys.trusted, *authors), ("HMGET", keys.shown, *authors)
        )
        return [
            replace(one, trusted=by is not None, first_time=count is None)
            for one, by, count in zip(standings, trusted, shown, strict=True)
        ]

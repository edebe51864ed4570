"""The editions of each event's chat, where moderators put posts of it, and when readers are told of a change."""

import secrets
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from wall.core.audit import Entry
from wall.core.edition import MOST_EDITIONS, Edition, changes_at
from wall.core.gathered import Place
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.arranging import arrange_all
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import slugs_with
from wall.store.keys import EventKeys
from wall.store.stamp import milliseconds

PLACED = Script("placed", after=("note",))
WHAT = "chat"
PLAN = "plan"
"""The field of the editions that is another word after each change of any of them."""
GONE = _("There is no such edition of this chat.")


class Chats:
    """The editions of every event, by slug and their number. Each change is told to both feeds as `arranged`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def all(self, slug: str) -> list[Edition]:
        """Return every edition, by number."""
        return (await self.planned(slug))[1]

    async def planned(self, slug: str) -> tuple[str, list[Edition]]:
        """Return every edition, and a word that is another after each change of them, "" before the first."""
        rows = await self.database.command("HGETALL", EventKeys(slug).editions)
        plan = rows.pop(PLAN.encode(), b"").decode()
        return plan, sorted((decode(Edition, row) for row in rows.values()), key=lambda one: one.number)

    async def plan(self, slug: str) -> str:
        return (await self.database.command("HGET", EventKeys(slug).editions, PLAN) or b"").decode()

    async def get(self, slug: str, number: int) -> Edition:
        """Return an edition; raises NotFound."""
        row = await self.database.command("HGET", EventKeys(slug).editions, number)
        if row is None:
            raise NotFound(GONE)
        return decode(Edition, row)

    async def create(self, slug: str, edition: Edition, *, now: datetime, entry: Entry | None = None) -> None:
        """Keep a new edition; sent twice it is one. Raises InvalidInput where another has its number."""
        there = await self.all(slug)
        if len(there) >= MOST_EDITIONS:
            raise InvalidInput(_("A chat has %(most)s editions at most.", most=MOST_EDITIONS))

        def made(before: Edition | None) -> Edition | None:
            if before and before != edition:
                raise InvalidInput(
                    _("There is an edition with this number already; take another."), field="number"
                )
            return edition

        await self._write(slug, edition.number, made, now=now, entry=entry)

    async def change(
        self,
        slug: str,
        number: int,
        change: Callable[[Edition], Edition | None],
        *,
        now: datetime,
        entry: Entry | None = None,
    ) -> None:
        """Change an edition by a function of how it stands; None deletes it. Raises NotFound."""

        def changed(before: Edition | None) -> Edition | None:
            if before is None:
                raise NotFound(GONE)
            return change(before)

        await self._write(slug, number, changed, now=now, entry=entry)

    async def _write(
        self,
        slug: str,
        number: int,
        change: Callable[[Edition | None], Edition | None],
        *,
        now: datetime,
        entry: Entry | None,
    ) -> None:
        keys = EventKeys(slug)
        row = await self.database.command("HGET", keys.editions, number)
        await self._plan_times(keys, change(decode(Edition, row) if row else None), now)
        changes: dict[str, bool] = {}

        def changed(field: str, data: bytes | None) -> bytes | None:
            if field == PLAN:
                return secrets.token_hex(6).encode() if changes["any"] else data
            before = decode(Edition, data) if data else None
            after = change(before)
            changes["any"] = after != before
            return data if after == before else encode(after) if after else None

        await arrange_all(
            self.database, slug, keys.editions, (str(number), PLAN), changed, now=now, entry=entry, what=WHAT
        )

    async def _plan_times(self, keys: EventKeys, edition: Edition | None, now: datetime) -> None:
        """Keep when readers are told; before the edition is kept, so that none is missed. One too many is no harm."""
        times = [milliseconds(time) for time in changes_at(edition) if time > now] if edition else []
        if edition and times:
            scores = [part for time in times for part in (time, f"{edition.number} {time}")]
            await self.database.command("ZADD", keys.edition_times, *scores)

    # Where moderators put posts

    async def put(self, slug: str, post_id: str, place: Place | None, *, entry: Entry) -> None:
        """Have a post gathered somewhere, whatever it says; None lets it say so itself again."""
        keys = EventKeys(slug)
        names = [keys.placed, f"{keys.gathered}stale", keys.audit, keys.audited]
        kept = encode(place) if place else b""
        await self.database.run(Call(PLACED, names, [post_id, kept, *noted(entry)]), confirm=True)

    async def places(self, slug: str, ids: Sequence[str]) -> dict[str, Place]:
        """Return where moderators put those of some posts that they did."""
        if not ids:
            return {}
        rows = await self.database.command("HMGET", EventKeys(slug).placed, *ids)
        return {id: decode(Place, row) for id, row in zip(ids, rows, strict=True) if row}

    # By the clock

    async def slugs(self, among: Collection[str] | None = None) -> Sequence[str]:
        """Return the events, of these or of all, that have editions."""
        return await slugs_with(self.database, lambda keys: keys.editions, among)

    async def ring(self, slug: str, *, now: datetime) -> None:
        """Have the feeds told of what began, was asked or ended until now; told twice by two processes is no harm."""
        keys = EventKeys(slug)
        due = await self.database.command("ZRANGEBYSCORE", keys.edition_times, "-inf", milliseconds(now))
        if due:
            await self.database.commands(
                ("SADD", keys.untold, f":{WHAT}", ":announcements"),
                ("ZREM", keys.edition_times, *due),
                atomic=True,
            )

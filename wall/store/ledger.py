"""The ledger of each event as it is kept: blocks of rows and ties, names, and up to where the feeds were read for it.

Whoever writes says which version it read, and writes nothing over another one; whoever reads fetches what has changed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import msgspec

from wall.core.entry import Entry
from wall.core.feed import Cursor, FeedName
from wall.core.moderation import Status
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import event_slugs
from wall.store.keys import EventKeys
from wall.store.ledger_head import Head, read_head
from wall.store.ledger_step import NAMES_A_BLOCK, Place, Step, chunks, names_of

WRITE = Script("ledger")
SINCE = Script("ledger_since")
LEASE = Script("lease")
FEEDS: tuple[FeedName, FeedName] = ("desk", "public")
MOST_IN_ONE_STEP = 12
"""Blocks that are read in one step of Redis, of up to 256 kB each."""
BLOCKS_AT_ONCE = 16


@dataclass(frozen=True, slots=True)
class Changes:
    """What of a ledger has changed since a version: blocks by name, and the head that goes with them.

    Unless they are of `one_moment`, ask again from the version of this head.
    """

    head: Head
    blocks: Mapping[str, bytes]
    one_moment: bool


class KeptLedgers:
    """The ledgers of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Writing

    async def head(self, slug: str) -> Head:
        return read_head(await self.database.command("HGETALL", self._key(slug, "head")))

    async def behind(self, among: Collection[str] | None = None) -> list[str]:
        """Return the events, of these or of all, that there is something to be read of, as far as one look tells."""
        slugs = await event_slugs(self.database, among)
        rows = await self.database.commands(
            *(
                part
                for slug in slugs
                for part in (
                    ("HMGET", self._key(slug, "head"), *FEEDS, "sweep", "plan"),
                    *(("HMGET", EventKeys(slug).head(name), "epoch", "offset") for name in FEEDS),
                    ("EXISTS", self._key(slug, "stale")),
                    ("HGET", EventKeys(slug).editions, "plan"),
                )
            )
        )
        each = [rows[at : at + 5] for at in range(0, len(rows), 5)]
        return [slug for slug, row in zip(slugs, each, strict=True) if is_behind(*row)]

    async def lease(self, slug: str, holder: str, *, seconds: float) -> bool:
        """Have the reading of an event to oneself for so long, so that others do not read the same; 0 ends that.

        It spares work, and nothing hangs on it.
        """
        acts = ("renew", "take") if seconds else ("give back",)
        calls = [Call(LEASE, [self._key(slug, "lease")], [holder, int(seconds * 1000), act]) for act in acts]
        return any(await self.database.run_all(calls))

    async def write(
        self,
        slug: str,
        head: Head,
        reached: Head,
        entries: Mapping[str, Entry | None],
        *,
        again: Sequence[str] = (),
        done: Sequence[str] = (),
    ) -> bool:
        """Write what posts say by now, None for those that are gone, and say up to where that was read.

        Returns False when somebody else was faster since `head` was read: then nothing is written. What answers a post
        that is gone is looked at again.
        """
        step = await self._step(slug, head, entries) if entries else Step(head)
        again = [*again, *(await self._replies(slug, step.gone) if step.gone else [])]
        there = step.reached
        reached = replace(reached, rows=there.rows, ties=there.ties, names=there.names)
        told = step.view() | {"head": reached.fields(), "again": again, "done": done}
        names = [self._key(slug, part) for part in ("head", "places", "blocks", "stale", "")]
        arguments: list[str | bytes | int | float] = [head.version, NAMES_A_BLOCK, msgspec.msgpack.encode(told)]
        return bool(await self.database.run(Call(WRITE, names, arguments)))

    async def _step(self, slug: str, head: Head, entries: Mapping[str, Entry | None]) -> Step:
        """Read what a step must know of what is there, and make it."""
        wanted = names_of(one for one in entries.values() if one)
        ids, kinds = list(entries), [kind for kind in wanted if wanted[kind]]
        rows = await self.database.commands(
            ("HMGET", self._key(slug, "places"), *ids),
            *(("HMGET", self._key(slug, f"names:{kind}"), *wanted[kind]) for kind in kinds),
        )
        known = {
            kind: {name: int(place) for name, place in zip(wanted[kind], row, strict=True) if place is not None}
            for kind, row in zip(kinds, rows[1:], strict=True)
        }
        places = {id: Place.read(row) for id, row in zip(ids, rows[0], strict=True) if row}
        kept = await self._kept(slug, list(places.values()))
        step = Step(head, known)
        for id, entry in entries.items():
            place = places.get(id)
            step.put(id, entry, place, *(kept[place] if place else (b"", b"")))
        return step

    async def _kept(self, slug: str, places: Sequence[Place]) -> dict[Place, tuple[bytes, bytes]]:
        """Return the rows at some places, and their ties, as they are kept."""
        spans = [
            [(block, start, end) for block, start, end in chunks(kind, first, number)]
            for place in places
            for kind, first, number in (("rows", place.row, 1), ("ties", place.first, place.number))
        ]
        flat = [span for some in spans for span in some]
        parts = await self.database.commands(
            *(("GETRANGE", self._key(slug, block), start, end - 1) for block, start, end in flat)
        )
        read = iter(parts)
        whole = [b"".join(next(read) for _span in some) for some in spans]
        return dict(zip(places, zip(whole[::2], whole[1::2], strict=True), strict=True))

    # What is to be read

    async def ids(self, slug: str, status: Status, after: str, limit: int) -> list[tuple[str, str]]:
        """Return posts of a status after a place ("": from the beginning), in the order they got there, with places."""
        start = f"({after}" if after else "-inf"
        key = EventKeys(slug).status(status)
        rows = await self.database.command("ZRANGEBYSCORE", key, start, "+inf", "WITHSCORES", "LIMIT", 0, limit)
        return [(id.decode(), str(int(place))) for id, place in rows]

    async def scan(self, slug: str, cursor: str, limit: int) -> tuple[str, list[str]]:
        """Return some of the posts that are in the ledger, and the cursor of the next ones, "0" at the end."""
        after, rows = await self.database.command("HSCAN", self._key(slug, "places"), cursor, "COUNT", limit)
        return str(after), [id.decode() for id in rows]

    async def stale(self, slug: str, limit: int) -> list[str]:
        """Return some of the posts that are to be looked at again."""
        rows = await self.database.command("SRANDMEMBER", self._key(slug, "stale"), limit)
        return [row.decode() for row in rows]

    async def _replies(self, slug: str, ids: Sequence[str]) -> list[str]:
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("ZRANGE", keys.replies(id), 0, -1) for id in ids))
        return [id.decode() for row in rows for id in row]

    # Reading

    async def since(self, slug: str, version: int) -> Changes:
        """Return what has changed since a version, 0 for all."""
        names = [self._key(slug, part) for part in ("head", "blocks", "")]
        fields, blocks, texts = await self.database.run(Call(SINCE, names, [version, MOST_IN_ONE_STEP]))
        head = read_head(dict(zip(fields[::2], fields[1::2], strict=True)))
        changed = [block.decode() for block in blocks]
        if len(texts) == len(changed):
            return Changes(head, dict(zip(changed, texts, strict=True)), one_moment=True)
        found: dict[str, bytes] = {}
        for at in range(0, len(changed), BLOCKS_AT_ONCE):
            some = changed[at : at + BLOCKS_AT_ONCE]
            rows = await self.database.command("MGET", *(self._key(slug, block) for block in some))
            found.update((block, row or b"") for block, row in zip(some, rows, strict=True))
        return Changes(head, found, one_moment=False)

    def _key(self, slug: str, part: str) -> str:
        return f"{EventKeys(slug).ledger}{part}"


def is_behind(
    head: Sequence[bytes | None],
    desk: Sequence[bytes | None],
    public: Sequence[bytes | None],
    stale: int,
    plan: bytes | None,
) -> bool:
    """Tell whether there is something that the ledger has not taken in."""
    tips = [str(Cursor((epoch or b"").decode(), int(offset or 0))).encode() for epoch, offset in (desk, public)]
    return [*tips, plan or b""] != [head[0], head[1], head[3] or b""] or bool(head[2]) or bool(stale)

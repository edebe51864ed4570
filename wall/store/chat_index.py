"""What is gathered of each event's chat: where posts go, and counts that cost the same however many there are."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import msgspec

from wall.core.edition import Edition
from wall.core.figures import TOP, Figures
from wall.core.gathered import Gathered
from wall.core.numbered import MOST_NUMBERS
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys
from wall.store.stamp import milliseconds, moment

GATHER = Script("gather")
REPLAN = Script("replan")


@dataclass(frozen=True, slots=True)
class Head:
    """Up to where the public feed is gathered, by which plan, and what of older posts is still to be read."""

    epoch: str = ""
    offset: str = ""
    sweep: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True)
class Moved:
    """Where a post was gathered, as it was read, and where it goes; `at` is when it was written, None off the wall."""

    id: str
    at: datetime | None
    before: bytes
    after: Gathered | None

    def view(self) -> dict[str, object]:
        view: dict[str, object] = {
            "id": self.id,
            "before": self.before.decode(),
            "after": encode(self.after).decode() if self.after else "",
        }
        return view | ({"ms": milliseconds(self.at)} if self.at else {})


class ChatIndex:
    """What is gathered of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    # Gathering

    async def head(self, slug: str) -> Head:
        row = await self.database.command("HMGET", self._key(slug, "head"), "epoch", "offset", "sweep", "plan")
        return Head(*(value.decode() if value else "" for value in row))

    async def replan(self, slug: str, head: Head, plan: str, editions: Sequence[tuple[Edition, str]]) -> None:
        """Gather by another plan from now on: what an edition is gathered by says which are to be looked at again."""
        names = [self._key(slug, part) for part in ("head", "by-time", "stale", "editions", "")]
        rows = [
            part
            for one, by in editions
            for part in (one.number, by, milliseconds(one.opens), milliseconds(one.closes))
        ]
        await self.database.run(Call(REPLAN, names, [head.plan, plan, MOST_NUMBERS, *rows]))

    async def write(
        self,
        slug: str,
        head: Head,
        reached: Head,
        moved: Sequence[Moved],
        *,
        again: Sequence[str] = (),
        done: Sequence[str] = (),
    ) -> bool:
        """Gather posts and say up to where that was read; returns False when somebody else was faster."""
        names = [self._key(slug, part) for part in ("head", "places", "by-time", "stale", "sums")]
        names += [EventKeys(slug).untold, self._key(slug, "")]
        told = (asdict(head), asdict(reached), [one.view() for one in moved], again, done)
        return bool(await self.database.run(Call(GATHER, names, [msgspec.json.encode(one) for one in told])))

    async def places(self, slug: str, ids: Sequence[str]) -> dict[str, bytes]:
        """Return where posts are gathered, as it is kept; b"" for nowhere."""
        if not ids:
            return {}
        rows = await self.database.command("HMGET", self._key(slug, "places"), *ids)
        return {id: row or b"" for id, row in zip(ids, rows, strict=True)}

    async def stale(self, slug: str, limit: int) -> list[str]:
        """Return some of the posts that are to be looked at again."""
        rows = await self.database.command("SRANDMEMBER", self._key(slug, "stale"), limit)
        return [row.decode() for row in rows]

    async def look_again(self, slug: str, ids: Sequence[str]) -> None:
        """Have posts looked at again, for something that decides where they go, or what they count as, has changed."""
        if ids:
            await self.database.command("SADD", self._key(slug, "stale"), *ids)

    async def scan(self, slug: str, cursor: str, limit: int) -> tuple[str, list[str]]:
        """Return some of the posts that are gathered, and the cursor of the next ones, "0" at the end."""
        after, rows = await self.database.command("HSCAN", self._key(slug, "places"), cursor, "COUNT", limit)
        return str(after), [id.decode() for id in rows]

    async def replies(self, slug: str, ids: Sequence[str]) -> list[str]:
        """Return what answers some posts, whatever became of it."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("ZRANGE", keys.replies(id), 0, -1) for id in ids))
        return [id.decode() for row in rows for id in row]

    # Reading

    async def place(self, slug: str, id: str) -> Gathered | None:
        """Return where a post is gathered."""
        row = (await self.places(slug, [id]))[id]
        return decode(Gathered, row) if row else None

    async def sums(self, slug: str) -> dict[int, tuple[int, int]]:
        """Return how many posts and people each edition has, by its number; one question to Redis for all."""
        rows = await self.database.command("HGETALL", self._key(slug, "sums"))
        counts = {name.decode(): int(value) for name, value in rows.items()}
        numbers = {int(name.partition(":")[0]) for name in counts}
        return {one: (counts.get(f"{one}:posts", 0), counts.get(f"{one}:people", 0)) for one in numbers}

    async def figures(self, slug: str, edition: int) -> Figures:
        """Return the figures of an edition, as they are counted by now."""
        counts, people, top = await self.database.commands(
            ("HGETALL", self._of(slug, edition, "counts")),
            ("ZCARD", self._of(slug, edition, "people")),
            ("ZREVRANGE", self._of(slug, edition, "people"), 0, TOP - 1, "WITHSCORES"),
        )
        found = {name.decode(): int(value) for name, value in counts.items()}
        return replace(
            read_counts(found), people=people, top=tuple((author.decode(), int(number)) for author, number in top)
        )

    async def asked(self, slug: str, edition: int) -> dict[int, tuple[datetime, str]]:
        """Return when hosts asked which question, and by which post: the first of each."""
        rows = await self.database.command("ZRANGE", self._of(slug, edition, "asked"), 0, -1, "WITHSCORES")
        found: dict[int, tuple[datetime, str]] = {}
        for member, ms in rows:
            number, _, id = member.decode().partition(" ")
            found.setdefault(int(number), (moment(int(ms)), id))
        return found

    async def ids(
        self, slug: str, edition: int, number: int, *, start: int = 0, limit: int, newest: bool = False
    ) -> list[str]:
        """Return posts of an edition under a number, 0 for those under none, in the order they were written."""
        command = "ZREVRANGE" if newest else "ZRANGE"
        key = self._of(slug, edition, f"posts:{number}")
        return [id.decode() for id in await self.database.command(command, key, start, start + limit - 1)]

    async def sizes(self, slug: str, edition: int, numbers: Sequence[int]) -> dict[int, int]:
        """Return how many posts are under each number."""
        rows = await self.database.commands(
            *(("ZCARD", self._of(slug, edition, f"posts:{number}")) for number in numbers)
        )
        return dict(zip(numbers, rows, strict=True))

    async def someone(self, slug: str, authors: Sequence[str], each: int) -> dict[str, list[str]]:
        """Return some of the newest posts of each author, to learn how they are called."""
        keys = EventKeys(slug)
        rows = await self.database.commands(*(("ZREVRANGE", keys.author(one), 0, each - 1) for one in authors))
        return {one: [id.decode() for id in row] for one, row in zip(authors, rows, strict=True)}

    def _key(self, slug: str, part: str) -> str:
        return f"{EventKeys(slug).gathered}{part}"

    def _of(self, slug: str, edition: int, part: str) -> str:
        return EventKeys(slug).gathered_of(edition, part)


def read_counts(counts: Mapping[str, int]) -> Figures:
    def of(kind: str) -> dict[str, int]:
        return {name.removeprefix(kind): number for name, number in counts.items() if name.startswith(kind)}

    return Figures(
        posts=counts.get("posts", 0),
        new=counts.get("new", 0),
        by_hosts=counts.get("hosts", 0),
        minutes={int(minute): number for minute, number in of("at:").items()},
        answers={int(question): number for question, number in of("to:").items()},
        continents=of("in:"),
    )

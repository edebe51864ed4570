"""An event as the lines of a file: every part in order, read in pages, without a secret in any."""

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import replace

import msgspec

from wall.core.event import Event
from wall.core.guests import Guests, nameless, nameless_votes
from wall.core.moderation import Status
from wall.core.portable import EVENT, POSTS, Missing
from wall.core.source import SourceSettings
from wall.store import portable_posts
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.events import no_event
from wall.store.keys import EventKeys
from wall.store.portable_parts import MARKS, PARTS, Kind, Part, Row, kind_of, line
from wall.store.portable_posts import number
from wall.store.questions import pairs

POSTS_AT_A_TIME = 200
ROWS_AT_A_TIME = 1_000
ANSWER = Missing("participation", "answer")
Blank = Callable[[SourceSettings], tuple[SourceSettings, Sequence[str]]]
"""Takes the secrets out of a source, and says what they are called."""


class Portable:
    """One event, read once. What is met on the way is here after the last line: pictures, counts, what is missing."""

    def __init__(self, database: Database, slug: str, blank: Blank) -> None:
        self.database = database
        self.keys = EventKeys(slug)
        self.slug = slug
        self.blank = blank
        self.guests = Guests()
        self.ids: set[str] = set()
        self.each: dict[str, list[str]] = {"polls": [], "questions": [], "sources": []}
        self.pictures: set[str] = set()
        self.missing: list[Missing] = []
        self.counts: dict[str, int] = {}
        self.title = ""

    async def lines(self) -> AsyncIterator[tuple[str, bytes]]:
        """Yield every line with the member that it is of, members in their order; raises NotFound."""
        yield EVENT, await self._event()
        async for found in self._posts():
            yield POSTS, found
        for part in PARTS:
            for row in await self._rows(part):
                yield part.member, line(part, row)

    async def _event(self) -> bytes:
        data = await self.database.command("GET", self.keys.event)
        if data is None:
            raise no_event(self.slug)
        event = decode(Event, data)
        self.title = event.title
        if event.participation.question:
            self.missing.append(ANSWER)
        return encode(replace(event, participation=replace(event.participation, answer="")))

    async def _posts(self) -> AsyncIterator[bytes]:
        statuses = [one for one in Status if one is not Status.WITHDRAWN]
        asked = [("ZRANGE", self.keys.status(one), 0, -1) for one in statuses]
        rows = await self.database.commands(*asked, atomic=True)
        ids = sorted({id.decode() for row in rows for id in row})
        for start in range(0, len(ids), POSTS_AT_A_TIME):
            page = ids[start : start + POSTS_AT_A_TIME]
            for id, row in zip(
                page, await self.database.run(portable_posts.carried_call(self.keys, page)), strict=True
            ):
                found = portable_posts.found(row, self.guests)
                if found is None:
                    continue
                self.ids.add(id)
                self.pictures |= {picture.id for picture in found.standing.post.pictures}
                self._count("posts")
                self._count(found.standing.status)
                yield found.line

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    # The other parts

    async def _rows(self, part: Part) -> Iterable[Row]:
        """Return the rows of a part, in the order in which the file has them."""
        if part.name == "poll-ballots":
            return [
                (id, number, ballot)
                for id in self.each["polls"]
                for number, ballot in nameless(text for _id, _voter, text in await self._kept(part, id))
            ]
        if part.name == "question-votes":
            votes = {
                id: {voter: at.partition(":")[0] + ":" for _id, voter, at in await self._kept(part, id)}
                for id in self.each["questions"]
            }
            return [(id, *vote) for id, given in nameless_votes(votes).items() for vote in given]
        if part.each:
            return [row for id in self.each[part.each] for row in await self._kept(part, id)]
        rows = [told for row in await self._kept(part, "") if (told := self._told(part, row))]
        if part.names == "author":
            rows.sort()  # by what they are called in the file
        if part.name in self.each:
            self.each[part.name] = sorted(name for _id, name, _value in rows if name not in MARKS)
        return rows

    async def _kept(self, part: Part, id: str) -> list[Row]:
        found = await rows(self.database, part.key(self.keys, id), part.kind)
        return [(id, name, value) for name, value in found]

    def _told(self, part: Part, row: Row) -> Row | None:
        """Return a row as the file has it; None for what it knows nothing of, and for what is damaged."""
        _id, name, value = row
        if kind := kind_of(part, name):
            try:
                kept = decode(kind, value.encode())
            except msgspec.DecodeError:
                return None
            if part.name == "sources":
                blank, missing = self.blank(kept)
                self.missing += [Missing(blank.id, one) for one in missing]
                value = encode(blank).decode()
            elif part.name == "restricted":
                value = encode(replace(kept, author=self.guests.met(kept.author) or "")).decode()
            elif part.name in ("brand", "sponsors"):
                self.pictures |= kept.pictures
        named = {"post": name, "aliased": value, "refused": name.partition(" ")[0]}
        if part.names == "author":
            called = self.guests.met(name)
            return None if called is None else ("", called, value)
        if part.names and name not in MARKS and named[part.names] not in self.ids:
            return None
        return "", name, value


async def rows(database: Database, key: str, kind: Kind) -> list[tuple[str, str]]:
    """Return what is kept under a key as pairs of texts, in an order that is always the same."""
    if kind == "string":
        value = await database.command("GET", key)
        return [] if value is None else [("", value.decode())]
    if kind == "hash":
        found = pairs(await database.command("HGETALL", key))
        return sorted((name.decode(), value.decode()) for name, value in found)
    if kind == "zset":
        scored = await database.command("ZRANGE", key, 0, -1, "WITHSCORES")
        return sorted((name.decode(), str(number(score))) for name, score in scored)
    if kind == "list":
        return [(one.decode(), "") for one in await database.command("LRANGE", key, 0, -1)]
    return [entry async for entry in entries(database, key)]


async def entries(database: Database, key: str) -> AsyncIterator[tuple[str, str]]:
    """Yield the entries of a log, each with its number."""
    after = "-"
    while page := await database.command("XRANGE", key, after, "+", "COUNT", ROWS_AT_A_TIME):
        for id, fields in page:
            yield id.decode().partition("-")[0], fields[b"entry"].decode()
        after = f"({page[-1][0].decode()}"

"""The ticket codes of an event, as keyed hashes, and which turn each is at: how often it was given to a browser."""

from collections.abc import Iterable
from dataclasses import dataclass

from wall.core.audit import Entry
from wall.store.audit import Audit
from wall.store.database import Call, Database, Script
from wall.store.keys import EventKeys

MOVE = Script("move")
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Codes:
    """How many codes an event has, and how many of them somebody took part with."""

    all: int
    used: int


class TicketCodes:
    """The codes of every event, by slug. A code is given as its keyed hash and never known here."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def replace(self, slug: str, codes: Iterable[str], *, entry: Entry | None = None) -> None:
        """Have these codes and no others; those that were there stay with whom they are."""
        key, wanted = EventKeys(slug).codes, set(codes)
        there = {code.decode() for code in await self.database.command("HKEYS", key)}
        gone, new = sorted(there - wanted), sorted(wanted - there)
        parts = [("HDEL", key, *gone[at : at + AT_ONCE]) for at in range(0, len(gone), AT_ONCE)]
        for at in range(0, len(new), AT_ONCE):
            pairs = [part for code in new[at : at + AT_ONCE] for part in (code, 0)]
            parts.append(("HSET", key, *pairs))
        await Audit(self.database).together(slug, entry, *parts)

    async def turn(self, slug: str, code: str) -> int | None:
        """Return how often a code was given to a browser, None for one that there is not."""
        turn = await self.database.command("HGET", EventKeys(slug).codes, code)
        return None if turn is None else int(turn)

    async def move(self, slug: str, code: str, *, seen: int) -> int | None:
        """Give a code to a browser and return the turn that it is at then; None when it was moved since `seen`."""
        turn = int(await self.database.run(Call(MOVE, [EventKeys(slug).codes], [code, seen])))
        return turn if turn > 0 else None

    async def summary(self, slug: str) -> Codes:
        turns = await self.database.command("HVALS", EventKeys(slug).codes)
        return Codes(len(turns), sum(int(turn) > 0 for turn in turns))

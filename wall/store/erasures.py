"""Events that are erased: wished for, taken away key by key, and remembered by their address alone."""

from dataclasses import replace

from wall.core.audit import Entry
from wall.core.erasure import CONFIRM_WITHIN, Erased, Wish
from wall.core.event import Event
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import CIRCLE, ERASED, EVENT_SLUGS, EventKeys
from wall.store.screens import Screens

ERASE = Script("erase")
KEYS_AT_A_TIME = 1000


class Erasures:
    """What is erased, by slug. Whatever ends an erasure too soon, it is gone on with: see wall/erasing.py."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def wish(self, slug: str, wish: Wish, entry: Entry) -> None:
        """Remember for a day that somebody wants an event erased."""
        seconds = int(CONFIRM_WITHIN.total_seconds())
        await Audit(self.database).together(
            slug, entry, ("SET", EventKeys(slug).erasure, encode(wish), "EX", seconds)
        )

    async def wished(self, slug: str) -> Wish | None:
        data = await self.database.command("GET", EventKeys(slug).erasure)
        return decode(Wish, data) if data else None

    async def unwish(self, slug: str, entry: Entry) -> None:
        await Audit(self.database).together(slug, entry, ("DEL", EventKeys(slug).erasure))

    async def begin(self, event: Event, erased: Erased) -> None:
        """Have an event be there for nobody from now on; `clear` and `finish` it then."""
        keys = EventKeys(event.slug)
        screens = await Screens(self.database).all(event.slug)
        # First: from here on, whatever happens, somebody goes on with it.
        await self.keep(erased)
        await self.database.command("SREM", EVENT_SLUGS, event.slug)
        await self.database.command("DEL", keys.event)
        if event.part_of:
            await self.database.command("SREM", EventKeys(event.part_of).circles, event.slug)
        # Whoever is connected looks whether they may still be here.
        rights = [CIRCLE, *(screen.id for screen in screens)]
        await self.database.commands(
            *(("PUBLISH", keys.revoked, right) for right in rights), ("PUBLISH", keys.team, "")
        )

    async def clear(self, slug: str) -> int:
        """Take away every key of an event that is there, and return how many were; what is written later may stay."""
        keys, cursor, gone = EventKeys(slug), "0", 0
        while True:
            answer = await self.database.run(Call(ERASE, [keys.event], [cursor, keys.prefix, KEYS_AT_A_TIME]))
            cursor, gone = answer[0].decode(), gone + int(answer[1])
            if cursor == "0":
                return gone

    async def keep(self, erased: Erased) -> None:
        await self.database.command("HSET", ERASED, erased.slug, encode(erased))

    async def finish(self, erased: Erased) -> None:
        """Note that nothing of an event is left."""
        await self.keep(replace(erased, pictures=(), done=True))

    async def all(self) -> list[Erased]:
        """Return every event that was erased, the last first."""
        rows = await self.database.command("HVALS", ERASED)
        return sorted((decode(Erased, row) for row in rows), key=lambda one: one.at, reverse=True)

    async def last(self, slug: str) -> Erased | None:
        """Return when an event of this address was erased last."""
        data = await self.database.command("HGET", ERASED, slug)
        return decode(Erased, data) if data else None

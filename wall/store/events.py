"""Events: made, changed, listed, and who works on them."""

from collections.abc import Callable

from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput, NoEvent
from wall.store.audit import noted
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.event_slugs import event_slugs
from wall.store.importing import make_room
from wall.store.keys import CIRCLE, EVENT_SLUGS, EventKeys

SWAP = Script("swap", after=("note",))


def no_event(slug: str) -> NoEvent:
    """Return what to raise where there is no such event, or none that whoever asks may know of."""
    return NoEvent(_("There is no event “%(slug)s”.", slug=slug))


class Events:
    """Every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def create(self, event: Event) -> None:
        """Keep a new event; raises InvalidInput when its slug is taken."""
        await make_room(self.database, event.slug)
        kept = await self.database.command("SET", EventKeys(event.slug).event, encode(event), "NX")
        await self.database.command("SADD", EVENT_SLUGS, event.slug)
        if not kept:
            raise InvalidInput(_("There is an event “%(slug)s” already.", slug=event.slug), field="slug")

    async def get(self, slug: str) -> Event:
        """Return an event; raises NoEvent."""
        data = await self.database.command("GET", EventKeys(slug).event)
        if data is None:
            raise no_event(slug)
        return decode(Event, data)

    async def all(self) -> list[Event]:
        """Return every event, by title."""
        slugs = await event_slugs(self.database)
        rows = await self.database.commands(*(("GET", EventKeys(slug).event) for slug in slugs))
        return sorted((decode(Event, row) for row in rows if row), key=lambda event: event.title.casefold())

    async def change(
        self,
        slug: str,
        change: Callable[[Event], Event],
        *,
        entry: Callable[[Event, Event], Entry | None] | None = None,
    ) -> Event:
        """Change an event by a function of how it stands, and return it; raises NoEvent.

        The function may be called again when somebody else changes the event at the same time. `entry` is given the
        event before and after, and returns what the audit log says of it.
        """
        keys = EventKeys(slug)
        key = keys.event
        while True:
            data = await self.database.command("GET", key)
            if data is None:
                raise no_event(slug)
            before = decode(Event, data)
            event = change(before)
            told = noted(entry(before, event) if entry else None)
            call = Call(SWAP, [key, keys.audit, keys.audited, keys.strictness], [data, encode(event), *told])
            if await self.database.run(call):
                await self.database.command("PUBLISH", keys.team, "")
                if before.circle is None and event.circle is not None:
                    # Whoever followed an open wall may not follow this one just because of that.
                    await self.database.command("PUBLISH", keys.revoked, CIRCLE)
                return event

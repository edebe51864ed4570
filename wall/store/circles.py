"""Which circles are parts of each event. Nothing here says who may know of them."""

from wall.core.event import Event
from wall.errors import InvalidInput
from wall.store.codec import decode
from wall.store.database import Database
from wall.store.events import Events
from wall.store.keys import EventKeys

MOST = 20


class Circles:
    """The circles of every event, by the slug of the event that they are parts of."""

    def __init__(self, database: Database, events: Events) -> None:
        self.database = database
        self.events = events

    async def create(self, event: Event) -> None:
        """Keep a new circle as a part of its event; raises InvalidInput when there are too many."""
        assert event.part_of is not None
        key = EventKeys(event.part_of).circles
        if int(await self.database.command("SCARD", key)) >= MOST:
            raise InvalidInput(f"An event has {MOST} circles at most.", field="title")
        await self.events.create(event)
        await self.database.command("SADD", key, event.slug)

    async def of(self, slug: str) -> list[Event]:
        """Return the circles of an event, by title."""
        slugs = [one.decode() for one in await self.database.command("SMEMBERS", EventKeys(slug).circles)]
        rows = await self.database.commands(*(("GET", EventKeys(one).event) for one in slugs))
        found = [decode(Event, row) for row in rows if row]
        return sorted(
            (one for one in found if one.hidden and one.part_of == slug), key=lambda one: one.title.casefold()
        )

"""An event that is written anew, key by key, and is there for nobody before the last of them."""

import secrets
from collections.abc import Sequence
from dataclasses import replace

from wall.core.erasure import Erased
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput, LeaseLost
from wall.store.codec import decode, encode
from wall.store.database import Call, Database, Script
from wall.store.keys import ERASED, EVENT_SLUGS, EventKeys
from wall.store.leases import LEASE
from wall.store.servers import Command

IMPORTED = Script("imported")
LEASE_SECONDS = 60
KEYS_AT_A_TIME = 500
POSTS_OF_A_SOURCE = 1_000


class Importing:
    """One import of one event. Every key that is written is noted beside it first, so that all can be taken away.

    Until `finish`, there is no such event: whoever asks for it is told so. Whatever ends it sooner, the next import
    under the same slug, or a new event of that name, begins by taking away what it left.
    """

    def __init__(self, database: Database, slug: str) -> None:
        self.database = database
        self.slug = slug
        self.keys = EventKeys(slug)
        self.holder = secrets.token_hex(8)
        self.highest = 0
        self.sources: set[str] = set()

    async def begin(self) -> None:
        """Take the slug; raises InvalidInput where there is such an event, or somebody else imports one just now."""
        if await self.database.command("EXISTS", self.keys.event):
            raise InvalidInput(
                _("There is an event “%(slug)s” already. Take another name for this one.", slug=self.slug)
            )
        await check_erased(self.database, self.slug)
        if not await self._lease("take"):
            raise InvalidInput(
                _(
                    "“%(slug)s” is being imported just now, or was until a moment ago. Try again in a minute.",
                    slug=self.slug,
                )
            )
        await clear(self.database, self.keys)

    async def write(self, commands: Sequence[Command]) -> None:
        """Write some of an event; raises LeaseLost when this took so long that somebody else began it anew."""
        if not commands:
            return
        if not await self._lease("renew"):
            raise LeaseLost("This import took so long that another one began.")
        written = sorted({str(command[1]) for command in commands})
        await self.database.commands(("SADD", self.keys.imported, *written), *commands, atomic=True)

    def note(self, source: str, place: float) -> None:
        """Remember of a post what the lists of its event are ended with."""
        self.sources.add(source)
        self.highest = max(self.highest, int(place))

    async def finish(self, event: Event) -> None:
        """Let the event be there, with the feeds at a place after all that it tells of."""
        feeds = [("HSET", self.keys.head(name), "offset", self.highest) for name in ("public", "desk")]
        shortened = [
            ("ZREMRANGEBYRANK", self.keys.source(one, "posts"), 0, -1 - POSTS_OF_A_SOURCE) for one in self.sources
        ]
        await self.write([*feeds, *shortened])
        kept = encode(replace(event, slug=self.slug))
        call = Call(IMPORTED, [self.keys.event, self.keys.imported, self.keys.importing], [kept, self.holder])
        if not await self.database.run(call, confirm=True):
            raise InvalidInput(
                _("There is an event “%(slug)s” already. Take another name for this one.", slug=self.slug)
            )
        await self.database.command("SADD", EVENT_SLUGS, self.slug)
        if event.part_of and await self.database.command("EXISTS", EventKeys(event.part_of).event):
            await self.database.command("SADD", EventKeys(event.part_of).circles, self.slug)

    async def give_up(self) -> None:
        """Take away what was written, if nobody else writes there by now."""
        if await self._lease("renew"):
            await clear(self.database, self.keys)
            await self._lease("give back")

    async def _lease(self, act: str) -> bool:
        call = Call(LEASE, [self.keys.importing], [self.holder, LEASE_SECONDS * 1000, act])
        return bool(await self.database.run(call))


async def check_erased(database: Database, slug: str) -> None:
    """Raise InvalidInput while an event of this address is being erased."""
    kept = await database.command("HGET", ERASED, slug)
    if kept and not decode(Erased, kept).done:
        words = _(
            "“%(slug)s” was erased a moment ago. Take another name, or wait a quarter of an hour.", slug=slug
        )
        raise InvalidInput(words, field="slug")


async def clear(database: Database, keys: EventKeys) -> None:
    """Take away what an import wrote that never ended."""
    while names := await database.command("SRANDMEMBER", keys.imported, KEYS_AT_A_TIME):
        await database.commands(("DEL", *names), ("SREM", keys.imported, *names), atomic=True)


async def make_room(database: Database, slug: str) -> None:
    """Have a new event find nothing of an import that was broken off; raises InvalidInput while one goes on.

    The same where an event of that address is being erased.
    """
    keys = EventKeys(slug)
    await check_erased(database, slug)
    importing, left = await database.commands(("EXISTS", keys.importing), ("EXISTS", keys.imported))
    if importing:
        raise InvalidInput(_("“%(slug)s” is being imported just now. Take another name.", slug=slug), field="slug")
    if left:
        await clear(database, keys)

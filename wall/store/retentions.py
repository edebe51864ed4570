"""What is done to an event once its days are over, and the figures that are left of it."""

from wall.core.retention import Figures
from wall.store.codec import decode, encode
from wall.store.database import Call, Database
from wall.store.erasures import ERASE, KEYS_AT_A_TIME
from wall.store.keys import EventKeys
from wall.store.leases import LEASE

LEASE_SECONDS = 600


class Retentions:
    """The retentions of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def lease(self, slug: str, holder: str) -> bool:
        """Take the lease of an event, or renew it; returns whether the holder has it."""
        return await self._act(slug, holder, "take") or await self._act(slug, holder, "renew")

    async def give_back(self, slug: str, holder: str) -> None:
        await self._act(slug, holder, "give back")

    async def keep(self, slug: str, figures: Figures) -> None:
        """Keep figures, once: what is erased later had come too late to be among them."""
        await self.database.command("SET", EventKeys(slug).left_figures, encode(figures), "NX")

    async def figures(self, slug: str) -> Figures | None:
        """Return the figures that are left of posts that were erased."""
        data = await self.database.command("GET", EventKeys(slug).left_figures)
        return decode(Figures, data) if data else None

    async def drop_threads(self, slug: str) -> None:
        """Take away every private thread, who was in it, and what was reported of it."""
        await self._drop(slug, EventKeys(slug).back_channels)

    async def drop_participants(self, slug: str) -> None:
        """Take away what participants said of themselves, whose each ballot is, and ticket codes; counts stay."""
        keys = EventKeys(slug)
        await self._drop(slug, keys.participant(""))
        polls = [id.decode() for id in await self.database.command("HKEYS", keys.polls)]
        ballots = [keys.poll(id)[0] for id in polls]
        await self.database.command("DEL", keys.codes, keys.newcomers, *ballots)

    async def _drop(self, slug: str, prefix: str) -> None:
        cursor = "0"
        while True:
            call = Call(ERASE, [EventKeys(slug).event], [cursor, prefix, KEYS_AT_A_TIME])
            cursor = (await self.database.run(call))[0].decode()
            if cursor == "0":
                return

    async def _act(self, slug: str, holder: str, act: str) -> bool:
        call = Call(LEASE, [EventKeys(slug).retaining], [holder, LEASE_SECONDS * 1000, act])
        return bool(await self.database.run(call))

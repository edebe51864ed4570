"""Who is barred from private threads, sealed, under names that do not tell who that is; until it is taken back."""

from collections.abc import Sequence

from wall.core.audit import Entry
from wall.core.barring import Barred
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.back_channels import BackChannels
from wall.store.codec import decode, encode
from wall.store.keys import EventKeys
from wall.store.sealing import blinded


class Barrings:
    """Those barred from the private threads of every event, by slug."""

    def __init__(self, channels: BackChannels) -> None:
        self.channels = channels
        self.database = channels.database
        self.sealer = channels.sealer

    async def bar(self, slug: str, barred: Barred, entry: Entry) -> None:
        """Bar somebody, in one step with the entry of the log that tells of it."""
        key, name = EventKeys(slug).back_channel_barred, await self._name(slug, barred.member)
        row = self.sealer.seal(encode(barred), slug, key, name)
        await Audit(self.database).together(slug, entry, ("HSET", key, name, row))

    async def lift(self, slug: str, name: str, entry: Entry) -> None:
        """Let somebody back in, by the name that `all` gives; raises NotFound when they are not barred any more."""
        key = EventKeys(slug).back_channel_barred
        if not await self.database.command("HEXISTS", key, name):
            raise NotFound("They are not barred any more.")
        await Audit(self.database).together(slug, entry, ("HDEL", key, name))

    async def forget(self, slug: str, member: str) -> None:
        """Keep nothing of one who leaves the event, whom nobody here would know again."""
        await self.database.command("HDEL", EventKeys(slug).back_channel_barred, await self._name(slug, member))

    async def among(self, slug: str, members: Sequence[str]) -> set[str]:
        """Return those of these members who are barred."""
        if not members:
            return set()
        names = [await self._name(slug, one) for one in members]
        rows = await self.database.command("HMGET", EventKeys(slug).back_channel_barred, *names)
        return {member for member, row in zip(members, rows, strict=True) if row}

    async def all(self, slug: str) -> list[tuple[str, Barred]]:
        """Return everybody who is barred, latest first, each with what they are called in the store."""
        key = EventKeys(slug).back_channel_barred
        rows = await self.database.command("HGETALL", key)
        pairs = list(zip(rows[::2], rows[1::2], strict=True)) if isinstance(rows, list) else list(rows.items())
        opened = ((name.decode(), self.sealer.opened(row, slug, key, name.decode())) for name, row in pairs)
        found = [(name, decode(Barred, plain)) for name, plain in opened if plain]
        return sorted(found, key=lambda one: one[1].at, reverse=True)

    async def _name(self, slug: str, member: str) -> str:
        return blinded(await self.channels.secret(slug), "barred", member)

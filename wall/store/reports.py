"""What members of back channels gave the team to read, and who would like to talk with it: sealed, until answered."""

from wall.core.audit import Entry
from wall.core.report import Report, TeamAsk
from wall.core.words import _
from wall.errors import InvalidInput
from wall.store.audit import Audit
from wall.store.back_channels import KEPT
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys
from wall.store.sealing import Sealer

MOST = 200


class Reports:
    """The reports and questions of every event, by slug."""

    def __init__(self, database: Database, sealer: Sealer) -> None:
        self.database = database
        self.sealer = sealer

    async def report(self, slug: str, report: Report) -> None:
        """Keep a report until the team has dealt with it; raises InvalidInput while very many wait."""
        await self._add(slug, EventKeys(slug).back_channel_reports, report.id, encode(report))

    async def ask(self, slug: str, ask: TeamAsk) -> None:
        """Keep a question to the team until one of them comes; raises InvalidInput while very many wait."""
        await self._add(slug, EventKeys(slug).back_channel_asks, ask.id, encode(ask))

    async def _add(self, slug: str, key: str, id: str, plain: bytes) -> None:
        if int(await self.database.command("HLEN", key)) >= MOST:
            raise InvalidInput(_("Very much waits for the team already. Ask them in the room."))
        await self.database.commands(
            ("HSET", key, id, self.sealer.seal(plain, slug, key, id)), ("EXPIRE", key, int(KEPT.total_seconds()))
        )

    async def reports(self, slug: str) -> list[Report]:
        """Return what nobody has dealt with, oldest first; what is sealed with a lost key is passed over."""
        found = [decode(Report, row) for row in await self._all(slug, EventKeys(slug).back_channel_reports)]
        return sorted(found, key=lambda one: one.at)

    async def asks(self, slug: str) -> list[TeamAsk]:
        """Return who would like to talk with the team, oldest first."""
        found = [decode(TeamAsk, row) for row in await self._all(slug, EventKeys(slug).back_channel_asks)]
        return sorted(found, key=lambda one: one.at)

    async def _all(self, slug: str, key: str) -> list[bytes]:
        rows = await self.database.command("HGETALL", key)
        pairs = zip(rows[::2], rows[1::2], strict=True) if isinstance(rows, list) else rows.items()
        opened = (self.sealer.opened(row, slug, key, id.decode()) for id, row in pairs)
        return [one for one in opened if one]

    async def waiting(self, slug: str) -> int:
        """Return how many reports and questions wait for the team."""
        keys = EventKeys(slug)
        return sum(
            await self.database.commands(("HLEN", keys.back_channel_reports), ("HLEN", keys.back_channel_asks))
        )

    async def done(self, slug: str, id: str, entry: Entry | None = None) -> None:
        """Forget a report in one step with the entry of the log that tells that it was dealt with."""
        keys = EventKeys(slug)
        await Audit(self.database).together(slug, entry, ("HDEL", keys.back_channel_reports, id))

    async def answered(self, slug: str, id: str) -> None:
        """Forget a question to the team."""
        if id:
            await self.database.command("HDEL", EventKeys(slug).back_channel_asks, id)

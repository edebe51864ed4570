"""The reports of each event, by their tokens."""

from wall.core.audit import Entry
from wall.core.event_report import EventReport
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

MOST = 100


class EventReports:
    """The reports of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.audit = Audit(database)

    async def all(self, slug: str) -> list[EventReport]:
        """Return every report that was not taken back, the newest first."""
        rows = await self.database.command("HVALS", EventKeys(slug).event_reports)
        return sorted((decode(EventReport, row) for row in rows), key=lambda one: one.made_at, reverse=True)

    async def get(self, slug: str, token: str) -> EventReport:
        """Return the report behind a link; raises NotFound for an unknown one, and for one that was taken back."""
        row = await self.database.command("HGET", EventKeys(slug).event_reports, named(token))
        if row is None:
            raise NotFound(_("There is no such report, or its link was taken back."))
        return decode(EventReport, row)

    async def keep(self, slug: str, report: EventReport, *, entry: Entry) -> None:
        """Keep a new report; raises InvalidInput when there are too many."""
        key = EventKeys(slug).event_reports
        if await self.database.command("HLEN", key) >= MOST:
            raise InvalidInput(
                _("An event has %(most)s reports at most. Take one back first.", most=MOST), field="title"
            )
        await self.audit.together(slug, entry, ("HSET", key, report.token, encode(report)))

    async def revoke(self, slug: str, token: str, *, entry: Entry) -> None:
        """Take a report back; one that is gone already is as good."""
        await self.audit.together(slug, entry, ("HDEL", EventKeys(slug).event_reports, named(token)))


def named(token: str) -> bytes:
    """Return under which name a report is kept; whatever somebody made up is the name of none."""
    return token.encode("utf-8", "surrogatepass")

"""Requests to leave an author out, until a moderator has answered them. The desks are stirred by each."""

from wall.core.audit import Entry
from wall.core.leave_request import LeaveRequest
from wall.core.words import _
from wall.errors import NotFound
from wall.store.audit import Audit
from wall.store.codec import decode, encode
from wall.store.database import Database
from wall.store.keys import EventKeys

MOST = 200


class LeaveRequests:
    """The requests of every event, by slug."""

    def __init__(self, database: Database) -> None:
        self.database = database

    async def ask(self, slug: str, request: LeaveRequest) -> bool:
        """Keep a request until somebody answers it; returns False while very many wait already."""
        keys = EventKeys(slug)
        if await self.count(slug) >= MOST:
            return False
        await self.database.command("HSETNX", keys.leave_requests, request.id, encode(request))
        await self.database.command("PUBLISH", keys.team, "")
        return True

    async def count(self, slug: str) -> int:
        return int(await self.database.command("HLEN", EventKeys(slug).leave_requests))

    async def all(self, slug: str) -> list[LeaveRequest]:
        """Return what nobody has answered, oldest first."""
        rows = await self.database.command("HVALS", EventKeys(slug).leave_requests)
        return sorted((decode(LeaveRequest, row) for row in rows), key=lambda request: request.asked_at)

    async def get(self, slug: str, id: str) -> LeaveRequest:
        """Return a request; raises NotFound once it was answered."""
        row = await self.database.command("HGET", EventKeys(slug).leave_requests, id)
        if row is None:
            raise NotFound(_("Somebody has answered this request already."))
        return decode(LeaveRequest, row)

    async def answered(self, slug: str, request: LeaveRequest, entry: Entry) -> None:
        """Forget a request, handle and all, in one step with the entry that says how it was answered."""
        keys = EventKeys(slug)
        await Audit(self.database).together(slug, entry, ("HDEL", keys.leave_requests, request.id))
        await self.database.command("PUBLISH", keys.team, "")

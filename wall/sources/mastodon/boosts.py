"""What an account of the team boosts: a sign to moderators that it is worth a look."""

from collections.abc import Callable
from datetime import datetime, timedelta

from wall.core.event import Event
from wall.errors import SourceError
from wall.sources.base import SourceEvent
from wall.sources.mastodon.reading import Reading
from wall.sources.mastodon.server import Server
from wall.sources.payload import mapping, moment

RECENT = timedelta(days=1)
"""How long ago a boost may have been for it to count."""


class Boosts:
    """Reads what one account passed on lately, on its home server.

    With an `event`, posts come that do not name its hashtag, too.
    """

    def __init__(
        self, server: Server, handle: str, reading: Reading, *, now: Callable[[], datetime], event: Event | None
    ) -> None:
        self.server = server
        self.handle = handle
        self.reading = reading
        self.now = now
        self.event = event
        self.account_id: str | None = None

    @property
    def place(self) -> str:
        return f"the boosts of @{self.handle}"

    async def read(self) -> list[SourceEvent]:
        """Return what is new among the newest boosts, oldest first. Raises SourceError."""
        self.reading.domains[self.server.host] = (await self.server.instance()).domain
        if self.account_id is None:
            self.account_id = await self.found()
        events: list[SourceEvent] = []
        for payload in reversed(await self.server.statuses_of(self.account_id)):
            boost = mapping(payload)
            at = moment(boost.get("created_at"))
            if boost.get("reblog") and at and at > self.now() - RECENT:
                events += self.reading.take(
                    self.server.host, boost["reblog"], self.now(), by=self.handle, event=self.event
                )
        return events

    async def found(self) -> str:
        account_id = await self.server.account(self.handle.partition("@")[0])
        if account_id is None:
            raise SourceError(f"{self.server.host} knows nobody called @{self.handle}.", permanent=True)
        return account_id

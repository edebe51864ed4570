"""Posts that matter looked for again at the servers that told of them: deleted, hidden or edited since?"""

from collections.abc import Callable, Mapping
from datetime import datetime

from wall.errors import SourceError
from wall.sources.asking import tell
from wall.sources.base import Delete, SourceEvent
from wall.sources.mastodon.reading import Reading
from wall.sources.mastodon.server import Server
from wall.sources.merge import Put
from wall.sources.payload import mapping

SWEPT_AT_ONCE = 20  # statuses a server can be asked for in one request
KEPT_FROM_US = (401, 403)


class Sweep:
    """Looks at one server for posts by its own ids."""

    def __init__(self, server: Server, reading: Reading, now: Callable[[], datetime]) -> None:
        self.server = server
        self.reading = reading
        self.now = now

    async def look_for(self, sought: Mapping[str, str], put: Put) -> None:
        """Tell what became of posts, given by the server's ids. Raises SourceError."""
        kept_from_us: list[str] = []
        ids = list(sought)
        for start in range(0, len(ids), SWEPT_AT_ONCE):
            some = ids[start : start + SWEPT_AT_ONCE]
            found = {str(mapping(one).get("id")): one for one in await self.server.statuses(some)}
            events: list[SourceEvent] = []
            for local_id in some:
                try:
                    # What an answer leaves out may be there all the same: not every server can be asked for several.
                    payload = found.get(local_id) or await self.server.status(local_id)
                except SourceError as error:
                    if error.status not in KEPT_FROM_US:
                        raise
                    kept_from_us.append(local_id)
                    continue
                if payload is None:
                    events.append(Delete(sought[local_id]))
                else:
                    events += self.reading.take(self.server.host, payload, self.now())
            await tell(put, events)
        if kept_from_us and await self.shows_others(kept_from_us):
            await tell(put, [Delete(sought[local_id]) for local_id in kept_from_us])

    async def shows_others(self, kept_from_us: list[str]) -> bool:
        """Tell whether posts are kept from us because they are no longer public, not because we are kept out."""
        witness = self.reading.newest_id(self.server.host, but=kept_from_us)
        try:
            return witness is not None and await self.server.status(witness) is not None
        except SourceError as error:
            if error.status in KEPT_FROM_US:
                return False
            raise

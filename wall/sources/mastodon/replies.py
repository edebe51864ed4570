"""What authors add to their own posts, which has no hashtag to be found by: looked for below the posts that do."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from wall.errors import SourceError
from wall.sources.asking import between, tell
from wall.sources.mastodon.reading import Reading
from wall.sources.merge import Put
from wall.sources.payload import mapping, string
from wall.sources.threads import Threads

MOST_AT_ONCE = 10  # posts whose replies are asked for, each round

Ask = Callable[[str], Awaitable[Sequence[Any]]]
"""Returns the replies to a status, by the server's own id."""


class Replies:
    """Asks servers, given by host, for the replies to posts that are minutes old and of which they count some."""

    def __init__(
        self, reading: Reading, threads: Threads, ask: Mapping[str, Ask], now: Callable[[], datetime]
    ) -> None:
        self.reading = reading
        self.threads = threads
        self.ask = ask
        self.now = now

    async def follow(self, seconds: tuple[float, float], put: Put) -> None:
        while True:
            await asyncio.sleep(between(seconds))
            for uid in self.threads.unread(self.now())[:MOST_AT_ONCE]:
                # One that cannot be asked for is not asked for again before there are more.
                self.threads.read(uid)
                host, local_id = self.reading.whereabouts.get(uid, ("", ""))
                if host in self.ask:
                    await self.look_below(host, local_id, put)

    async def look_below(self, host: str, local_id: str, put: Put) -> None:
        try:
            found = await self.ask[host](local_id)
        except SourceError:
            return  # polling meets the same trouble, and tells of it
        oldest_first = sorted(found, key=written)  # so that each is known to what answers it
        await tell(put, self.reading.take_all(host, reversed(oldest_first), self.now()))


def written(payload: object) -> str:
    """Return when a status was written, as its server tells it; Misskey calls it otherwise."""
    status = mapping(payload)
    return string(status, "created_at") or string(status, "createdAt")

"""The live stream of one server that speaks Mastodon's API, as far as it can be relied on."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from websockets.asyncio.client import ClientConnection

from wall.errors import SourceError
from wall.sources.asking import tell
from wall.sources.fetch import Fetch
from wall.sources.mastodon.reading import Reading
from wall.sources.mastodon.server import Server
from wall.sources.mastodon.words import explained, silence
from wall.sources.merge import Put
from wall.sources.places import Places
from wall.sources.servers import host_of
from wall.sources.websocket import connected

LARGEST_FRAME = 4 * 1024 * 1024  # bytes
LOOK_SECONDS = 5.0
DEAF_SECONDS = 1800.0  # until a stream that brought nothing is tried again
NOT_HERE = (400, 404, 410)


class Live:
    """Listens again and again; polling goes on beside it, and tells what the stream leaves out.

    `hashtags` maps each form that is asked for to the hashtag as people know it; `wait(attempt, error)` returns how
    long to wait before another attempt.
    """

    def __init__(
        self,
        server: Server,
        hashtags: Mapping[str, str],
        reading: Reading,
        places: Places,
        *,
        fetch: Fetch,
        now: Callable[[], datetime],
        wait: Callable[[int, SourceError], float],
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.server = server
        self.hashtags = hashtags
        self.reading = reading
        self.places = places
        self.fetch = fetch
        self.now = now
        self.wait = wait
        self.look_seconds = look_seconds
        self.name = stream_of(server)
        self.hearing = reading.hearings[server.host]
        self.attempts = 0

    async def read(self, put: Put) -> None:
        """Listen for ever, connecting again whenever the stream ends."""
        refused = 0
        while True:
            streams = await self.server.streams()
            try:
                await self.listen(streams[refused % len(streams)], put)
            except SourceError as error:
                if error.status in NOT_HERE:
                    refused += 1
                    if refused % len(streams):
                        continue  # it may be at the other place
                self.attempts += 1
                told = explained(self.server, error, live=True)
                await tell(put, self.places.went_wrong(self.name, told))
                await asyncio.sleep(self.wait(self.attempts, told))
            finally:
                self.hearing.close()

    async def listen(self, url: str, put: Put) -> None:
        """Take in what one connection brings; raises SourceError when it ends, or is closed for bringing nothing."""
        self.reading.domains[self.server.host] = (await self.server.instance()).domain
        first, *others = self.hashtags
        address = f"{url}/api/v1/streaming?{urlencode({'stream': 'hashtag', 'tag': first})}"
        async with connected(
            self.fetch, address, name=self.name, limit=LARGEST_FRAME, headers=self.server.headers
        ) as socket:
            for hashtag in others:
                await socket.send(json.dumps({"type": "subscribe", "stream": "hashtag", "tag": hashtag}))
            self.hearing.open(self.now())
            while not self.hearing.is_deaf(self.now()):
                await self.tell_what_is_silent(put)
                await self.take_frame(socket, put)
        self.hearing.give_up(self.now())
        raise SourceError(self.silence(), retry_after=DEAF_SECONDS)

    async def take_frame(self, socket: ClientConnection, put: Put) -> None:
        """Take in the next frame, if one comes within a glance."""
        try:
            async with asyncio.timeout(self.look_seconds):
                frame = await socket.recv()
        except TimeoutError:
            return
        self.attempts = 0
        await tell(put, self.reading.take_frame(self.server.host, frame, self.now()))

    async def tell_what_is_silent(self, put: Put) -> None:
        await tell(put, self.places.fell_short(self.name, self.silence()))

    def silence(self) -> str:
        """Return which hashtags the stream brings nothing of, in words; empty where there is none."""
        silent = [self.hashtags[form] for form in self.hearing.silent(self.now())]
        return silence(self.server.host, list(dict.fromkeys(silent))) if silent else ""


def stream_of(server: Server) -> str:
    return f"the live stream of {host_of(server.address)}"

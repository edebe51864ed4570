"""Listening to a Jetstream for ever: one host after the other, from where the last one was left."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from websockets.asyncio.client import ClientConnection

from wall.errors import InvalidPost, SourceError
from wall.sources.base import Asked, Context, SourceEvent
from wall.sources.bluesky.condition import Condition
from wall.sources.bluesky.hosts import Hosts, Position, microseconds
from wall.sources.bluesky.reading import Found, Reading
from wall.sources.bluesky.wire import Account, Commit, Heard, Identity, read_frame
from wall.sources.merge import Put
from wall.sources.places import wait_seconds
from wall.sources.websocket import connected

Waiting = Found | Position | Asked
"""What is on its way to who introduces authors; what comes after a post is told after it."""
LARGEST_FRAME = 1024 * 1024  # bytes


class Listener:
    """Puts what it hears on a queue for whoever knows the authors; deletes it passes on at once.

    Its queue being full holds it up, and so the Jetstream, from which it then goes on where it was.
    """

    def __init__(
        self,
        context: Context,
        hosts: Hosts,
        reading: Reading,
        condition: Condition,
        waiting: asyncio.Queue[Waiting],
        renamed: Callable[[str], None],
    ) -> None:
        self.context = context
        self.hosts = hosts
        self.reading = reading
        self.condition = condition
        self.waiting = waiting
        self.renamed = renamed
        self.attempt = 0

    async def listen(self, put: Put, *, silence: float, look: float, longest_wait: float) -> None:
        """Listen until cancelled. A host that is silent for so many seconds is left: the network never is."""
        while True:
            hosts = self.hosts
            try:
                url = hosts.url(self.context.now())
                async with connected(
                    self.context.fetch,
                    url,
                    name=hosts.name,
                    limit=LARGEST_FRAME,
                    protocol=hosts.protocol,
                    compressed=False,
                ) as socket:
                    await self.read(socket, put, silence, look)
            except SourceError as error:
                trouble = error if hosts.name in error.message else SourceError(f"{hosts.name}: {error.message}")
            hosts.went_wrong(trouble.status, permanent=trouble.permanent)
            if hosts.all_refuse:
                raise SourceError(trouble.message, permanent=True, status=trouble.status)
            self.attempt += 1
            all_tried = self.attempt >= len(hosts.addresses)
            if all_tried:
                self.condition.stream = trouble
                await tell(put, self.condition.news())
            await asyncio.sleep(
                wait_seconds(self.attempt - 1, trouble if all_tried else None, longest=longest_wait)
            )

    async def read(self, socket: ClientConnection, put: Put, silence: float, look: float) -> None:
        clock = asyncio.get_running_loop().time
        passes = self.reading.sieve.passes
        looked_at = clock() - look
        async with noticing_silence(self.hosts.name, silence) as patience:
            while True:
                frame = await socket.recv(decode=False)
                now = clock()
                if now - looked_at >= look:
                    looked_at = now
                    patience.reschedule(None)
                    await self.take(frame, put, mark=True)
                    patience.reschedule(clock() + silence)
                elif passes(frame):
                    # Whoever holds us up is not the host.
                    patience.reschedule(None)
                    await self.take(frame, put)
                    patience.reschedule(clock() + silence)

    async def take(self, frame: bytes, put: Put, *, mark: bool = False) -> None:
        """Take in a frame; with a mark, how far we are is noted even if it means nothing to us."""
        events: list[SourceEvent] = []
        found = None
        try:
            heard = read_frame(self.hosts.wire, frame)
            self.went_on(heard)
            outcome = self.understand(heard)
            found = outcome if isinstance(outcome, Found) else None
            events = [] if isinstance(outcome, Found) else outcome
            mark = mark or bool(outcome)
        except InvalidPost as error:
            events = self.reading.set_aside(frame, error)
        await tell(put, [*events, *self.condition.news()])
        if found:
            await self.waiting.put(found)
        if mark:
            await self.waiting.put(replace(self.hosts.position, hidden=dict(self.reading.hidden)))

    def understand(self, heard: Heard) -> Found | list[SourceEvent]:
        if isinstance(heard, Account):
            return self.reading.account(heard)
        if isinstance(heard, Commit):
            outcome = self.reading.take(heard, self.context.now())
            self.condition.kept_back = len(self.reading.kept_back)
            return outcome if isinstance(outcome, Found) else [outcome] if outcome else []
        if isinstance(heard, Identity):
            self.renamed(heard.did)
        elif heard.missed:
            self.condition.missed = True
        return []

    def went_on(self, heard: Heard) -> None:
        """Note that the host is there, and how far we are with it."""
        self.attempt = 0
        self.hosts.went_well()
        self.condition.stream = None
        self.condition.listening = self.hosts.name
        if heard.time:
            time = min(heard.time, microseconds(self.context.now()))
            self.hosts.position = Position(time=time, seq=heard.seq, host=self.hosts.current)


@asynccontextmanager
async def noticing_silence(name: str, seconds: float) -> AsyncIterator[asyncio.Timeout]:
    try:
        async with asyncio.timeout(seconds) as patience:
            yield patience
    except TimeoutError as error:
        raise SourceError(f"{name} is silent, which the network never is; the next one is asked.") from error


async def tell(put: Put, events: Sequence[SourceEvent]) -> None:
    if events:
        await put(events)

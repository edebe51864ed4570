"""The line between a web process and its Redis, to be cut, stalled, or made to lose messages."""

import asyncio
import re
from contextlib import contextmanager

MESSAGE = re.compile(rb"(?=[*>]4\r\n\$8\r\npmessage\r\n)")


class Line:
    """A unix socket in front of another one. What Redis publishes can be swallowed, which nobody notices at once."""

    def __init__(self, path, target):
        self.path = path
        self.target = target
        self.writers = set()
        self.listeners = set()
        self.forwarding = set()
        self.to_swallow = 0
        self.swallowed = 0
        self.open = asyncio.Event()
        self.open.set()

    async def __aenter__(self):
        self.server = await asyncio.start_unix_server(self._forward, self.path)
        return self

    async def __aexit__(self, *_):
        self.server.close()
        for task in self.forwarding:
            task.cancel()
        await asyncio.gather(*self.forwarding, return_exceptions=True)

    # Actions

    def cut(self):
        """Cut every connection."""
        for writer in list(self.writers):
            writer.transport.abort()

    def cut_listener(self):
        """Cut the connection that hears what is published, and no other."""
        for writer in list(self.listeners):
            writer.transport.abort()

    def swallow(self, many):
        """Lose the next messages that are published, so many of them."""
        self.to_swallow += many

    def stall(self):
        """Let nothing through until it is mended."""
        self.open.clear()

    def mend(self):
        self.to_swallow = 0
        self.open.set()

    # Internal

    async def _forward(self, reader, writer):
        self.forwarding.add(asyncio.current_task())
        both = {writer}
        try:
            there_reader, there_writer = await asyncio.open_unix_connection(self.target)
            both.add(there_writer)
            self.writers |= both
            await asyncio.gather(self._ask(reader, there_writer, both), self._answer(there_reader, writer))
        except (OSError, asyncio.CancelledError):
            pass
        finally:
            for one in both:
                one.transport.abort()
            self.writers -= both
            self.listeners -= both
            self.forwarding.discard(asyncio.current_task())

    async def _ask(self, reader, writer, both):
        with ended(writer):
            while data := await reader.read(65536):
                if b"PSUBSCRIBE" in data:
                    self.listeners |= both
                await self.open.wait()
                writer.write(data)

    async def _answer(self, reader, writer):
        with ended(writer):
            while data := await reader.read(65536):
                await self.open.wait()
                writer.write(self._left(data) if writer in self.listeners else data)

    def _left(self, data):
        """Return what is left of what Redis says to a listener. It writes whole messages at once."""
        before, *messages = MESSAGE.split(data)
        lost = min(self.to_swallow, len(messages))
        self.to_swallow -= lost
        self.swallowed += lost
        return before + b"".join(messages[lost:])


@contextmanager
def ended(writer):
    """End what is written to once nothing more comes, however that happens."""
    try:
        yield
    except OSError:
        pass
    finally:
        writer.close()

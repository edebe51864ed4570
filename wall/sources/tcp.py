"""Connections that are neither HTTP nor websocket, through the same address guard: lines of bytes over TCP or TLS."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

import httpx2

from wall.errors import SourceError
from wall.sources.address import FIRST_HIGH_PORT, port_is_allowed
from wall.sources.fetch import Fetch
from wall.sources.transport import checked_addresses

LOOKUP_SECONDS = 4.0
CONNECT_SECONDS = 10.0
WRITE_SECONDS = 10.0
CLOSE_SECONDS = 0.5  # a source that is stopped is gone within a second
READ_BYTES = 64 * 1024


class Splitter:
    """Makes lines of what arrives in pieces. Pure; of a line beyond `limit` bytes nothing is kept."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.rest = b""
        self.skipping = False

    def feed(self, data: bytes) -> list[bytes | None]:
        """Return the lines that are whole by now, without their ends; None stands for one that was too long."""
        *whole, self.rest = (self.rest + data).split(b"\n")
        lines = [None if len(line) > self.limit else line.removesuffix(b"\r") for line in whole]
        if self.skipping and lines:
            lines[0], self.skipping = None, False
        if len(self.rest) > self.limit:
            self.rest, self.skipping = b"", True
        return lines


class Lines:
    """One connection to a server called `name`. What goes wrong is a SourceError in words."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, *, name: str, limit: int
    ) -> None:
        self.reader = reader
        self.writer = writer
        self.name = name
        self.splitter = Splitter(limit)

    async def read(self) -> list[bytes | None]:
        """Return the next lines, as many as are there; None stands for one that was too long."""
        while True:
            try:
                data = await self.reader.read(READ_BYTES)
            except OSError as error:
                raise SourceError(f"{self.name} broke off the connection.") from error
            if not data:
                raise SourceError(f"{self.name} closed the connection.")
            if lines := self.splitter.feed(data):
                return lines

    async def write(self, data: bytes) -> None:
        """Send bytes; line ends are the caller's."""
        try:
            self.writer.write(data)
            async with asyncio.timeout(WRITE_SECONDS):
                await self.writer.drain()
        except TimeoutError as error:
            raise SourceError(f"{self.name} takes in nothing more.") from error
        except OSError as error:
            raise SourceError(f"{self.name} broke off the connection.") from error

    async def close(self, farewell: bytes = b"") -> None:
        """Say goodbye, without waiting for a server that does not."""
        self.writer.write(farewell)
        self.writer.close()
        try:
            async with asyncio.timeout(CLOSE_SECONDS):
                await self.writer.wait_closed()
        except (TimeoutError, OSError):
            self.writer.transport.abort()


@asynccontextmanager
async def dialled(
    fetch: Fetch,
    host: str,
    port: int,
    *,
    secure: bool,
    limit: int,
    low_ports: Collection[int] = (),
    farewell: bytes = b"",
) -> AsyncIterator[Lines]:
    """Give a connection to a host and port, whose lines have at most `limit` bytes, and `farewell` is its last one.

    Leads where `fetch` may go, to high ports and those of `low_ports`. Raises SourceError.
    """
    reader, writer = await opened(fetch, host, port, secure=secure, low_ports=low_ports)
    lines = Lines(reader, writer, name=host, limit=limit)
    try:
        yield lines
    finally:
        await lines.close(farewell)


async def opened(
    fetch: Fetch, host: str, port: int, *, secure: bool, low_ports: Collection[int]
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    if not may_be_dialled(port, any_port=fetch.private_addresses, low_ports=low_ports):
        raise SourceError(f"Port {port} is not one we connect to.", permanent=True)
    try:
        async with asyncio.timeout(LOOKUP_SECONDS):
            addresses = await checked_addresses(
                host, port, private_addresses=fetch.private_addresses, lookup=fetch.lookup
            )
        async with asyncio.timeout(CONNECT_SECONDS):
            return await first_to_answer(addresses, host, port, httpx2.create_ssl_context() if secure else None)
    except TimeoutError as error:
        raise SourceError(f"{host} does not answer in time.") from error
    except ssl.SSLCertVerificationError as error:
        raise SourceError(f"The certificate of {host} is not valid.") from error
    except ssl.SSLError as error:
        raise SourceError(f"{host} does not speak TLS on port {port}.") from error
    except OSError as error:
        raise SourceError(f"{host} cannot be reached on port {port}.") from error


async def first_to_answer(
    addresses: list[str], host: str, port: int, context: ssl.SSLContext | None
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Connect to the first address that takes us; TLS keeps the name, only the connection is by number."""
    *others, last = addresses
    name = host if context else None
    for address in others:
        try:
            return await asyncio.open_connection(address, port, ssl=context, server_hostname=name)
        except ssl.SSLError:
            raise
        except OSError:
            continue
    return await asyncio.open_connection(last, port, ssl=context, server_hostname=name)


def may_be_dialled(port: int, *, any_port: bool, low_ports: Collection[int]) -> bool:
    if port < FIRST_HIGH_PORT and not any_port:
        return port in low_ports
    return port_is_allowed(port, any_port=any_port)

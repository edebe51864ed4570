"""Connections that lead where they may: every name is looked up by us, checked, and connected to as checked."""

import asyncio
import os
import socket
import ssl
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any

import httpcore2
import httpx2

from wall.errors import SourceError
from wall.sources.address import refusal

MAX_CONNECTIONS = 200
MAX_IDLE_CONNECTIONS = 20
IDLE_SECONDS = 30.0

# Threads of their own: names that hang must not hold up whoever else works in threads.
LOOKUPS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="lookup")

Lookup = Callable[[str, int], Awaitable[list[str]]]


async def system_lookup(host: str, port: int) -> list[str]:
    """Return the numeric addresses of a host, the best first, as the system resolves it."""
    loop = asyncio.get_running_loop()
    try:
        answers = await loop.run_in_executor(LOOKUPS, socket.getaddrinfo, host, port, 0, socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError) as error:
        raise SourceError(f"There is no server called {host}, or names cannot be looked up now.") from error
    return [str(answer[4][0]) for answer in answers]


async def checked_addresses(host: str, port: int, *, private_addresses: bool, lookup: Lookup) -> list[str]:
    """Return the numeric addresses of a host; raises SourceError if even one of them must not be connected to."""
    addresses = await lookup(host, port)
    if not addresses:
        raise SourceError(f"The server {host} has no address.")
    for address in addresses:
        reason = refusal(address, private_addresses=private_addresses)
        if reason:
            raise SourceError(f"{host} is not asked, for it leads to {address}: {reason}.", permanent=True)
    return addresses


@cache
def trusted(cert_file: str | None, cert_dir: str | None) -> ssl.SSLContext:
    """Return whom these variables, or the system, trust; reading that takes as long as a dozen requests."""
    return httpx2.create_ssl_context()


class GuardedTransport(httpx2.AsyncHTTPTransport):
    """HTTP over guarded connections. TLS and the Host header keep the name, only the connection is by number."""

    def __init__(self, *, private_addresses: bool, lookup: Lookup = system_lookup) -> None:
        # httpx2 has no public way to give its pool another way to connect. The parent's own __init__ is left
        # out, for all it does is make a pool; should that change, the tests of the guard fail.
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trusted(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=MAX_IDLE_CONNECTIONS,
            keepalive_expiry=IDLE_SECONDS,
            network_backend=GuardedBackend(private_addresses=private_addresses, lookup=lookup),
        )


class GuardedBackend(httpcore2.AsyncNetworkBackend):
    """Opens connections to checked addresses only, trying each in turn."""

    def __init__(self, *, private_addresses: bool, lookup: Lookup) -> None:
        self.private_addresses = private_addresses
        self.lookup = lookup
        self.network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore2's
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = await checked_addresses(
            host, port, private_addresses=self.private_addresses, lookup=self.lookup
        )
        *others, last = addresses
        for address in others:
            try:
                return await self.network.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self.network.connect_tcp(last, port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore2's
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        raise SourceError("Sockets of this machine are not asked.", permanent=True)

    async def sleep(self, seconds: float) -> None:
        await self.network.sleep(seconds)

"""How many streams are open: a bound for all, and one for each address, since a venue shares one."""

import ipaddress
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from starlette.requests import HTTPConnection

from wall.core.measures import Measures, Tally
from wall.core.words import _
from wall.errors import TooManyStreams

NETWORK_BITS = 64  # What one customer of an IPv6 provider has at least; within it, addresses cost nothing.


class Doors:
    """How many streams are open here, in all and from each address; `refused` counts those that met a bound."""

    def __init__(self, *, most: int, most_per_address: int, refused: Tally | None = None) -> None:
        self.most = most
        self.most_per_address = most_per_address
        self.refused = refused or Measures().refused
        self.open = 0
        self.addresses: Counter[str] = Counter()

    @contextmanager
    def passing(self, address: str) -> Iterator[None]:
        """Have a stream counted in for as long as this lasts; raises TooManyStreams."""
        if not self.enter(address):
            raise TooManyStreams(_("Too many streams are open here; come back in a while."))
        try:
            yield
        finally:
            self.leave(address)

    def enter(self, address: str) -> bool:
        """Count a stream in, unless there are too many; `leave` must follow."""
        home = home_of(address)
        full = self.open >= self.most
        if full or self.addresses[home] >= self.most_per_address:
            self.refused.add("all" if full else "address")
            return False
        self.open += 1
        self.addresses[home] += 1
        return True

    def leave(self, address: str) -> None:
        home = home_of(address)
        self.open -= 1
        self.addresses[home] -= 1
        if self.addresses[home] == 0:
            del self.addresses[home]


def whence(connection: HTTPConnection) -> str:
    """Return what counts as one address of whoever asks; nothing where the connection has none."""
    return home_of(connection.client.host) if connection.client else ""


def home_of(address: str) -> str:
    """Return what counts as one address: an IPv4 address, however it is written, or an IPv6 network."""
    if ":" not in address:
        return address
    try:
        whole = ipaddress.IPv6Address(address)
    except ValueError:
        return address
    if whole.ipv4_mapped:
        return str(whole.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(whole), NETWORK_BITS), strict=False))

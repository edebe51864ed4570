"""How many streams are open: a bound for all, and one for each address, since a venue shares one."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from wall.core.measures import Measures, Tally
from wall.errors import TooManyStreams


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
            raise TooManyStreams("Too many streams are open here; come back in a while.")
        try:
            yield
        finally:
            self.leave(address)

    def enter(self, address: str) -> bool:
        """Count a stream in, unless there are too many; `leave` must follow."""
        full = self.open >= self.most
        if full or self.addresses[address] >= self.most_per_address:
            self.refused.add("all" if full else "address")
            return False
        self.open += 1
        self.addresses[address] += 1
        return True

    def leave(self, address: str) -> None:
        self.open -= 1
        self.addresses[address] -= 1
        if self.addresses[address] == 0:
            del self.addresses[address]

"""How many streams are open: a bound for all, and one for each address, since a venue shares one."""

from collections import Counter


class Doors:
    """How many streams are open here, in all and from each address, and how often one was refused for which bound."""

    def __init__(self, *, most: int, most_per_address: int) -> None:
        self.most = most
        self.most_per_address = most_per_address
        self.open = 0
        self.addresses: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()

    def enter(self, address: str) -> bool:
        """Count a stream in, unless there are too many; `leave` must follow."""
        if self.open >= self.most:
            self.refused["in all"] += 1
            return False
        if self.addresses[address] >= self.most_per_address:
            self.refused["from one address"] += 1
            return False
        self.open += 1
        self.addresses[address] += 1
        return True

    def leave(self, address: str) -> None:
        self.open -= 1
        self.addresses[address] -= 1
        if self.addresses[address] == 0:
            del self.addresses[address]

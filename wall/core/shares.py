"""How many sources each worker follows: as even as can be, with as few moved as can be."""

from collections.abc import Mapping


def share(name: str, loads: Mapping[str, int], total: int) -> int:
    """Return how many of `total` sources a worker should have, given how many each worker has now.

    The shares of all add up to the total. What does not divide stays with those who have most already.
    """
    order = sorted(loads, key=lambda one: (-loads[one], one))
    each, over = divmod(total, len(order))
    return each + (order.index(name) < over)

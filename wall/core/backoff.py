"""How long to wait before trying again: exponential, with full jitter, so that those who fell together rise apart."""

from random import Random

FIRST_SECONDS = 0.25


def delay(failures: int, random: Random, *, longest: float, first: float = FIRST_SECONDS) -> float:
    """Return a number of seconds drawn between 0 and the bound, which doubles with each failure up to `longest`."""
    return random.uniform(0, min(longest, first * 2.0 ** min(failures, 30)))

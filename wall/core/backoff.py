"""How long to wait before trying again: exponential, with full jitter, so that those who fell together rise apart."""

from collections.abc import Callable

FIRST_SECONDS = 0.25


def delay(failures: int, random: Callable[[], float], *, longest: float, first: float = FIRST_SECONDS) -> float:
    """Return a number of seconds drawn between 0 and the bound, which doubles with each failure up to `longest`.

    `random` draws from 0 up to 1.
    """
    return random() * min(longest, first * 2.0 ** min(failures, 30))

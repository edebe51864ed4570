"""What is looked at again and again while the program runs, whether Redis is there or not."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

from wall.errors import StoreUnavailable

log = logging.getLogger(__name__)


async def rounds(look: Callable[[], Awaitable[None]], *, every: float, meanwhile: str) -> None:
    """Look until cancelled, with so many seconds between; `meanwhile` says what it is like while Redis is away."""
    while True:
        try:
            await look()
        except StoreUnavailable as error:
            log.warning("%s: %s", meanwhile, error)
        await asyncio.sleep(every)

"""How long Redis is waited for before the last good answer is given: programs of others wait for nothing else."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from wall.core.words import _
from wall.errors import StoreUnavailable

PATIENCE_SECONDS = 1.0


@asynccontextmanager
async def patiently() -> AsyncIterator[None]:
    """Raise StoreUnavailable where what is done inside is not answered soon."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            yield
    except TimeoutError as error:
        raise StoreUnavailable(_("The wall is catching its breath. It will be back in a moment.")) from error

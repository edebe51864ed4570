"""Using a Redis together with other versions: each process says that it is there, and goes when it may no longer be."""

import asyncio
import logging
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

from wall.errors import StoreUnavailable
from wall.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 2.0
HERE_SECONDS = 10.0
ANSWER_SECONDS = 5.0


@asynccontextmanager
async def joined(store: Store) -> AsyncIterator["asyncio.Task[None]"]:
    """Be counted among those who use a Redis; yields a task that ends, with OtherSchema, when we may no longer.

    Raises OtherSchema at once when we may not. While Redis is away nobody can tell, so we go on and ask again.
    """
    name = secrets.token_hex(8)
    await join(store, name)
    staying = asyncio.create_task(stay(store, name))
    try:
        yield staying
    finally:
        staying.cancel()
        await asyncio.gather(staying, return_exceptions=True)
        with suppress(StoreUnavailable, TimeoutError):
            async with asyncio.timeout(ANSWER_SECONDS):
                await store.sharing.leave(name)


async def stay(store: Store, name: str) -> None:
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        await join(store, name)


async def join(store: Store, name: str) -> None:
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await store.sharing.join(name, seconds=HERE_SECONDS)
    except (StoreUnavailable, TimeoutError) as error:
        log.warning("Redis cannot be asked which versions use it: %s", error)

"""Several readers as one source: each puts batches on one bounded queue, and whoever reads gets them in order."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence

from wall.sources.base import Batch

Put = Callable[[Batch], Awaitable[None]]
Reader = Callable[[Put], Awaitable[None]]

QUEUED_BATCHES = 20  # beyond this the readers wait, and so do the servers they read from


async def merged(readers: Sequence[Reader]) -> AsyncGenerator[Batch, None]:
    """Yield what the readers put, until all have ended or one raised, which is raised here.

    Close it (`contextlib.aclosing`) when leaving early; that stops the readers.
    """
    queue: asyncio.Queue[Batch] = asyncio.Queue(QUEUED_BATCHES)
    reading = asyncio.create_task(together(readers, queue.put))
    try:
        while True:
            getting = asyncio.create_task(queue.get())
            try:
                await asyncio.wait((getting, reading), return_when=asyncio.FIRST_COMPLETED)
            finally:
                if not getting.done():
                    getting.cancel()
            if not getting.done():
                break
            yield getting.result()
        await reading
    finally:
        reading.cancel()
        await asyncio.wait((reading,))
        if not reading.cancelled():
            reading.exception()  # looked at, so that asyncio does not report it a second time


async def together(readers: Sequence[Reader], put: Put) -> None:
    """Run the readers side by side; the first error of one ends all."""
    try:
        async with asyncio.TaskGroup() as group:
            for reader in readers:
                group.create_task(run(reader, put))
    except BaseExceptionGroup as errors:
        raise first(errors) from None


async def run(reader: Reader, put: Put) -> None:
    await reader(put)


def first(error: BaseException) -> BaseException:
    return first(error.exceptions[0]) if isinstance(error, BaseExceptionGroup) else error

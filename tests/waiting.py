"""Waiting for what another process does, without guessing how long that takes."""

import asyncio
from inspect import isawaitable

LONGEST_SECONDS = 60
GLANCE_SECONDS = 0.05


async def until(condition, *, seconds=LONGEST_SECONDS):
    """Return what a function says as soon as that is true; it may be asynchronous."""
    try:
        async with asyncio.timeout(seconds):
            while not (answer := await answered(condition)):
                await asyncio.sleep(GLANCE_SECONDS)
    except TimeoutError:
        raise AssertionError(f"This did not come true within {seconds} s: {condition}") from None
    return answer


async def answered(condition):
    answer = condition()
    return await answer if isawaitable(answer) else answer

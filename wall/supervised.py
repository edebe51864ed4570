"""Telling systemd how we are (sd_notify): ready, still well, leaving. Where it does not ask, nothing is told."""

import asyncio
import os
import socket
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress

LOOK_SECONDS = 0.2
LONGEST_SECONDS = 10.0
MICROSECONDS = 1_000_000


@asynccontextmanager
async def supervised(
    *,
    ready: Callable[[], bool],
    well: Callable[[], bool] = lambda: True,
    environment: Mapping[str, str] = os.environ,
) -> AsyncIterator[None]:
    """Tell within that we are ready once we are, and then, as often as it is asked for, that we are well.

    Who hangs says nothing, and systemd starts it anew.
    """
    address = environment.get("NOTIFY_SOCKET")
    if not address:
        yield
        return
    # A name that begins with @ is of the abstract kind, which has no file.
    address = f"\0{address[1:]}" if address.startswith("@") else address
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as sock:
        sock.setblocking(False)

        def tell(words: str) -> None:
            with suppress(OSError):  # systemd tells in its own log what it misses
                sock.sendto(words.encode(), address)

        async def telling() -> None:
            told = False
            while True:
                if not told and ready():
                    tell("READY=1")
                    told = True
                if well():
                    tell("WATCHDOG=1")
                await asyncio.sleep(pause(environment) if told else LOOK_SECONDS)

        task = asyncio.create_task(telling(), name="supervised")
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            tell("STOPPING=1")


def pause(environment: Mapping[str, str]) -> float:
    """Return how many seconds to wait before saying again that we are well: a third of what systemd waits."""
    asked = environment.get("WATCHDOG_USEC", "")
    return min(LONGEST_SECONDS, int(asked) / MICROSECONDS / 3) if asked.isdigit() else LONGEST_SECONDS

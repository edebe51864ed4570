"""Leaving without losing anybody: a process that is told to stop sends its viewers elsewhere first."""

import asyncio

from wall.web.doors import Doors
from wall.web.frames import Close

STREAMS_SECONDS = 2.0
LOOK_SECONDS = 0.02


class Drain:
    """Tells every stream of this process when it is time to go."""

    def __init__(self, doors: Doors) -> None:
        self.doors = doors
        self.begun = False
        self.waiting: set[asyncio.Future[Close | None]] = set()

    def told(self) -> "asyncio.Future[Close | None]":
        """Return a future of the code to close a stream with; cancel it when the stream ends before."""
        future: asyncio.Future[Close | None] = asyncio.get_running_loop().create_future()
        if self.begun:
            future.set_result(Close.RESTARTING)
        else:
            self.waiting.add(future)
            future.add_done_callback(self.waiting.discard)
        return future

    def begin(self) -> None:
        self.begun = True
        for future in list(self.waiting):
            if not future.done():
                future.set_result(Close.RESTARTING)

    async def finish(self) -> None:
        """Wait until every stream has left, or has had its time."""
        for _ in range(int(STREAMS_SECONDS / LOOK_SECONDS)):
            if self.doors.open == 0:
                return
            await asyncio.sleep(LOOK_SECONDS)

"""The control: readers who take what is published while they listen, and never look for what they missed."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from itertools import count

from websockets.asyncio.client import connect

from tests.faults.roads import LOST

PAUSE_SECONDS = 0.1


class Naive:
    """Listens again whenever that breaks, each time at the next of some addresses; `heard` are offsets, as they came."""

    def __init__(self, walls: Sequence[str]) -> None:
        self.walls = walls
        self.heard: list[int] = []

    async def watch(self) -> None:
        """Listen until cancelled."""
        for turn in count():
            with suppress(*LOST):
                await self.listen(self.walls[turn % len(self.walls)])
            await asyncio.sleep(PAUSE_SECONDS)

    async def listen(self, wall: str) -> None:
        async with connect(wall.replace("http", "ws", 1) + "/stream", proxy=None, ping_interval=None) as socket:
            try:
                async for text in socket:
                    self.heard += [update["offset"] for update in json.loads(text).get("updates", ())]
            finally:
                socket.transport.abort()

    def wrong(self, tip: int) -> Counter[str]:
        steps = [after - before for before, after in zip(self.heard, self.heard[1:], strict=False)]
        return Counter(
            {
                "lost": sum(step - 1 for step in steps if step > 1),
                "repeated": sum(step == 0 for step in steps),
                "out of order": sum(step < 0 for step in steps),
                "behind": not self.heard or self.heard[-1] != tip,
            }
        )

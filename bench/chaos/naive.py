"""The control: readers who hear what is published and never look for what they missed."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field

from tests.program import Program
from wall.errors import ConfigError, StoreUnavailable
from wall.store.feeds import Published

PAUSE_SECONDS = 0.2


@dataclass(slots=True)
class Naive:
    """Listens to Redis again whenever that breaks. `heard` are the offsets of the public feed, as they came."""

    program: Program
    slug: str
    heard: list[int] = field(default_factory=list)

    async def watch(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                async with self.program.store() as store:
                    async for one in store.feeds.listen():
                        if isinstance(one, Published) and (one.slug, one.name) == (self.slug, "public"):
                            self.heard.append(one.update.offset)
            except (StoreUnavailable, ConfigError):
                await asyncio.sleep(PAUSE_SECONDS)

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

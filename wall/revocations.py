"""Rights that were taken back: who is connected waits for word of one, and then asks whether they may still be here."""

import asyncio
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress


class Revocations:
    """What this process heard of rights that were taken back."""

    def __init__(self) -> None:
        self._heard: Counter[str] = Counter()
        self._news = asyncio.Event()

    def hear(self, slugs: Iterable[str]) -> None:
        """Have the rights to these events looked at again: one was taken back, or word of that may have been lost."""
        self._heard.update(set(slugs))
        self._news.set()
        self._news = asyncio.Event()

    def count(self, slug: str) -> int:
        """Return how often a right to an event was taken back; ask before looking, and wait since then."""
        return self._heard[slug]

    async def any(self, *, seconds: float) -> None:
        """Wait until somebody's right to something was taken back, or so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()

    async def of(self, slug: str, *, since: int, seconds: float) -> None:
        """Wait until a right to an event was taken back since there were so many, or so long."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._heard[slug] == since:
                    await self._news.wait()

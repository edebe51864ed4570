"""The words that an event's rules look for, to be kept off screens: compiled once for each change of the rules."""

import asyncio

from wall.core.rules import Chain
from wall.core.rules.words import Words
from wall.store import Store


class HouseWords:
    """The words of every event's rules, by slug; those that let posts through are none of them."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, tuple[int, Words]] = {}

    async def get(self, slug: str) -> Words | None:
        """Return the words as the rules stand, None where these cannot be read: then nothing may be said."""
        chain = await self.store.rules.get(slug)
        if not chain.readable:
            return None
        kept = self.kept.get(slug)
        if kept is None or kept[0] != chain.version:
            kept = chain.version, await asyncio.to_thread(compiled, chain)
            self.kept[slug] = kept
        return kept[1]


def compiled(chain: Chain) -> Words:
    """Return the words of all rules that stop posts, those that are switched off just now among them."""
    return Words([rule for rule in chain.rules if rule.kind == "words" and rule.effect != "skip"])

"""Keeps the roll of each event that is asked for: read once, and then only what the public feed says has changed."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field

from wall.core.feed import Cursor, Update
from wall.core.key_messages import Sayings
from wall.core.moderation import Standing, Status
from wall.core.roll import Roll
from wall.core.trends import Speech
from wall.core.watch import Watch
from wall.store import Store

PAGE = 250
"""Posts read at a time, between which others are served."""
MOST_AT_ONCE = 10_000
"""Posts read for one question, so that a wall of a hundred thousand holds nobody up: it is read over several."""
UPDATES = 1_000
MOST_EVENTS = 50


@dataclass(slots=True)
class Kept:
    """The roll of one event, up to a cursor of its public feed.

    Until it is `whole`, the posts below the place `before` (None: all) that were there already are still to be read.
    """

    cursor: Cursor
    before: int | None = None
    whole: bool = False
    roll: Roll = field(default_factory=Roll)
    speech: Speech = field(default_factory=Speech)
    sayings: Sayings = field(default_factory=lambda: Sayings(Watch()))

    def put(self, standings: Iterable[Standing]) -> None:
        for standing in standings:
            self.roll.put(standing)
            self.speech.put(standing)
            self.sayings.put(standing)

    def drop(self, id: str) -> None:
        self.roll.drop(id)
        self.speech.drop(id)
        self.sayings.drop(id)


class Rolls:
    """The rolls of one process, by slug. However many screens ask, each update is read once."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.kept: dict[str, Kept] = {}
        self.locks: dict[str, asyncio.Lock] = {}

    async def get(self, slug: str) -> Kept | None:
        """Return what is known of the posts on the wall now, or None while there is more to be read: ask again."""
        async with self.locks.setdefault(slug, asyncio.Lock()):
            tip = await self.store.feeds.tip(slug, "public")
            watch = (await self.store.events.get(slug)).watch
            kept = self.kept.get(slug)
            if kept is None or kept.sayings.watch != watch or not await self._follow(slug, kept, tip):
                kept = Kept(tip, sayings=Sayings(watch))
            self._keep(slug, kept)
            if not kept.whole:
                await self._read(slug, kept)
            return kept if kept.whole else None

    def _keep(self, slug: str, kept: Kept) -> None:
        self.kept.pop(slug, None)
        self.kept[slug] = kept
        if len(self.kept) > MOST_EVENTS:
            del self.kept[next(iter(self.kept))]

    async def _follow(self, slug: str, kept: Kept, tip: Cursor) -> bool:
        """Take in what has changed up to a tip; returns whether the history is whole."""
        if tip.epoch != kept.cursor.epoch or tip.offset < kept.cursor.offset:
            return False
        while kept.cursor.offset < tip.offset:
            offset = kept.cursor.offset
            updates = await self.store.feeds.after(slug, "public", offset, limit=UPDATES)
            if not updates or [one.offset for one in updates] != list(
                range(offset + 1, offset + 1 + len(updates))
            ):
                return False
            await self._take_in(slug, kept, updates)
            kept.cursor = Cursor(tip.epoch, updates[-1].offset)
        return True

    async def _take_in(self, slug: str, kept: Kept, updates: list[Update]) -> None:
        ids = list(dict.fromkeys(one.post_id for one in updates if one.post_id))
        for start in range(0, len(ids), PAGE):
            some = ids[start : start + PAGE]
            for id, standing in zip(some, await self.store.posts.get_all(slug, some), strict=True):
                kept.put([standing]) if standing else kept.drop(id)

    async def _read(self, slug: str, kept: Kept) -> None:
        """Read posts that were on the wall before, newest first. What comes meanwhile is told by the feed."""
        for _ in range(MOST_AT_ONCE // PAGE):
            page = await self.store.posts.page(slug, Status.APPROVED, limit=PAGE, before=kept.before)
            kept.put(standing for _, standing in page)
            if not page:
                kept.whole = True
                return
            kept.before = page[-1][0]

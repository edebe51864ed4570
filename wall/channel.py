"""One feed as this process knows it: its epoch, and its newest updates with the posts as they stand."""

import asyncio
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from wall.core.feed import Cursor, FeedName, Update
from wall.core.moderation import Standing
from wall.core.ring import Ring


@dataclass(slots=True)
class Told:
    """An update with the post as it stands, and its encodings by view, each made once for all viewers."""

    update: Update
    standing: Standing | None
    encoded: dict[str, str] = field(default_factory=dict)
    framed: dict[tuple[str, bool], bytes] = field(default_factory=dict)


class Channel:
    """One feed as this process knows it: its epoch, and a ring of its newest updates.

    `aside` are frames that are no part of the log, by name: each viewer is owed the newest of each, and never an older.
    """

    def __init__(self, slug: str, name: FeedName, kept: int) -> None:
        self.slug = slug
        self.name = name
        self.kept = kept
        self.epoch = ""
        self.ring: Ring[Told] = Ring(kept)
        self.lock = asyncio.Lock()
        self.news = asyncio.Event()
        self.listeners: dict[Hashable, Callable[[], None]] = {}
        self.viewers = 0
        self.aside: Mapping[str, str] = {}

    @property
    def tip(self) -> Cursor:
        return Cursor(self.epoch, self.ring.tip)

    def begin(self, tip: Cursor) -> None:
        """Forget what was, and go on from a tip."""
        self.epoch = tip.epoch
        self.ring = Ring(self.kept, tip=tip.offset)
        self.wake()

    def tell(self, news: Sequence[Told]) -> None:
        """Add the next updates. What the ring still holds of the same posts is as the posts stand now."""
        standings = {told.update.post_id: told.standing for told in news}

        def as_it_stands(older: Told) -> Told:
            post_id = older.update.post_id
            return Told(older.update, standings[post_id]) if post_id in standings else older

        self.ring.revise(as_it_stands)
        for told in news:
            self.ring.append(told)
        self.wake()

    def put_aside(self, name: str, frame: str) -> None:
        """Owe every viewer this frame, unless it is what they were told last under that name."""
        if frame != self.aside.get(name):
            self.aside = {**self.aside, name: frame}
            self.wake()

    def between(self, start: int, end: int) -> list[Told] | None:
        """Return what the ring holds after an offset up to another, or None when it does not reach back that far."""
        after = self.ring.after(start)
        return None if after is None else after[: end - start]

    def wake(self) -> None:
        self.news.set()
        self.news = asyncio.Event()
        for listener in list(self.listeners.values()):
            listener()


def is_next(updates: Sequence[Update], offset: int) -> bool:
    """Tell whether updates are those right after an offset, without a hole."""
    return bool(updates) and [one.offset for one in updates] == list(range(offset + 1, offset + 1 + len(updates)))

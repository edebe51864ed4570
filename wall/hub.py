"""The hub: follows the feeds once for this process, and owes each viewer here what it has not been told yet."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from wall.channel import Channel, Told
from wall.core.answering import without_answers
from wall.core.backoff import delay
from wall.core.feed import Cursor, FeedName, Recovery, misfit, recover
from wall.core.measures import Measures
from wall.errors import StoreUnavailable
from wall.reader import Reader
from wall.revocations import Revocations
from wall.store import Store
from wall.store.feeds import Published, Revoked, Snapshot, Stirred

log = logging.getLogger(__name__)

BEAT_SECONDS = 10.0
LONGEST_WAIT_SECONDS = 5.0


Encode = Callable[[str, FeedName, str, Told], str]
"""(slug, feed, view, told) → the update as the viewers of that view are sent it."""


@dataclass(slots=True)
class Viewer:
    """One connection's place in a channel; `newest` is when the last update it was owed was published.

    `aside` are the last frames it was given that are no part of the log.
    """

    channel: Channel
    view: str
    cursor: Cursor
    newest: datetime | None = None
    aside: Mapping[str, str] = field(default_factory=dict)


class Hub:
    """Every feed that somebody here follows.

    Run `follow` as a task for as long as the process serves. `caught_up` is whether Redis was reached last time,
    `telling` whether something was heard that its readers have not been told yet.
    """

    def __init__(
        self,
        store: Store,
        encode: Encode,
        *,
        kept: int,
        random: Callable[[], float],
        measures: Measures | None = None,
    ) -> None:
        self.store = store
        self.encode = encode
        self.kept = kept
        self.random = random
        self.measures = measures or Measures()
        self.reader = Reader(store, kept=kept, measures=self.measures)
        self.channels: dict[tuple[str, FeedName], Channel] = {}
        self.snapshots: dict[tuple[str, FeedName, int], Snapshot] = {}
        self.caught_up = False
        self.on_revoked: list[Callable[[Revoked], None]] = []
        self.on_stirred: list[Callable[[str], None]] = []
        self.on_heard: list[Callable[[str], None]] = []
        self.revocations = Revocations()
        self.telling = False
        self._heard: list[Published] = []
        self._hearing = asyncio.Event()

    # Following

    async def follow(self) -> None:
        """Follow the feeds until cancelled, through every loss of Redis."""
        failures = 0
        while True:
            try:
                self.telling, self._heard = False, []
                anew = True
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._look_regularly())
                    tasks.create_task(self._take_in())
                    async for heard in self.store.feeds.listen():
                        failures = 0
                        if anew:
                            anew = False
                            # Word of a right that was taken back may have been lost meanwhile.
                            self.revocations.hear(slug for slug, _ in self.channels)
                        if heard is None:
                            await self._look()
                        elif isinstance(heard, Revoked):
                            self._revoke(heard)
                        elif isinstance(heard, Stirred):
                            for listener in self.on_stirred:
                                listener(heard.slug)
                        else:
                            self.telling = True
                            self._heard.append(heard)
                            self._hearing.set()
                            for listener in self.on_heard:
                                listener(heard.slug)
            except* StoreUnavailable as group:
                self.caught_up = False
                self.measures.losses.add()
                failures += 1
                log.warning("The hub lost Redis: %s", group.exceptions[0])
            except* Exception as group:
                # Whatever one feed holds must not end the streams of all others; it is looked at again.
                self.caught_up = False
                failures += 1
                log.error("The hub stumbled and goes on", exc_info=group)
            await asyncio.sleep(delay(failures, self.random, longest=LONGEST_WAIT_SECONDS))

    async def _look_regularly(self) -> None:
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            await self._look()

    async def _look(self) -> None:
        """Compare every channel with the truth, and catch up where something went past us."""
        for key, channel in list(self.channels.items()):
            async with channel.lock:
                if channel.viewers == 0:
                    del self.channels[key]
                    continue
                await self.reader.compare(channel)
        self.caught_up = True

    async def _take_in(self) -> None:
        """Take in what is heard, all that came meanwhile at once: a burst costs Redis one question."""
        while True:
            await self._hearing.wait()
            self._hearing.clear()
            heard, self._heard = self._heard, []
            by_feed: dict[tuple[str, FeedName], list[Published]] = {}
            for published in heard:
                by_feed.setdefault((published.slug, published.name), []).append(published)
            for key, news in by_feed.items():
                if channel := self.channels.get(key):
                    await self.reader.receive(channel, news)
            self.telling = bool(self._heard)
            if (task := asyncio.current_task()) and task.cancelling():
                # redis-py takes a cancellation that meets one of its own time-outs for that time-out.
                raise asyncio.CancelledError

    def _revoke(self, revoked: Revoked) -> None:
        for listener in self.on_revoked:
            listener(revoked)
        self.revocations.hear([revoked.slug])

    # Viewing

    async def open(self, slug: str, name: FeedName, cursor: Cursor | None = None) -> Channel:
        """Return a feed's channel with the newest updates in its ring, and at least up to a cursor that exists.

        It is followed for as long as its `viewers` are more than none.
        """
        channel = self.channels.setdefault((slug, name), Channel(slug, name, self.kept))
        async with channel.lock:
            if not channel.epoch:
                await self.reader.begin(channel)
            elif cursor and cursor.epoch == channel.epoch and cursor.offset > channel.tip.offset:
                await self.reader.compare(channel)  # Another process was told before us.
        return channel

    @asynccontextmanager
    async def join(self, slug: str, name: FeedName, view: str, cursor: Cursor | None) -> AsyncIterator[Viewer]:
        """Join a feed at a cursor; read `frames` of the viewer until it goes. Without one, it begins at the tip."""
        channel = self.channels.setdefault((slug, name), Channel(slug, name, self.kept))
        channel.viewers += 1
        try:
            await self.open(slug, name, cursor)
            yield Viewer(channel, view, cursor or channel.tip)
        finally:
            channel.viewers -= 1

    async def owed(self, viewer: Viewer) -> list[str] | None:
        """Return the updates a viewer lacks, encoded, and move it on; None when it must fetch a snapshot instead."""
        channel = viewer.channel
        recovery = recover(viewer.cursor, channel.tip, kept=self.kept)
        told: Sequence[Told] | None = []
        if recovery is Recovery.BEHIND:
            told = channel.ring.after(viewer.cursor.offset)
            if told is None:
                told = await self.reader.older(channel, viewer.cursor.offset)
                if channel.epoch != viewer.cursor.epoch:  # That history ended while it was read.
                    told = None
        if recovery is Recovery.RESYNC or told is None:
            self.measures.resyncs.add(misfit(viewer.cursor, channel.tip))
            viewer.cursor = channel.tip
            return None
        viewer.cursor = Cursor(channel.epoch, viewer.cursor.offset + len(told)) if told else channel.tip
        viewer.newest = told[-1].update.at if told else None
        return [self.encoded(channel, viewer.view, one) for one in told]

    def aside(self, viewer: Viewer) -> list[str]:
        """Return the newest frames beside the log that the viewer has not been given."""
        before, viewer.aside = viewer.aside, viewer.channel.aside
        return [frame for name, frame in viewer.aside.items() if before.get(name) != frame]

    async def news(self, viewer: Viewer) -> bool:
        """Wait until the viewer lacks something; returns False when a beat passed without."""
        if viewer.cursor != viewer.channel.tip or viewer.aside != viewer.channel.aside:
            return True
        try:
            # Not wait_for: in Python 3.11 it makes a task for every viewer and update, and can lose a cancellation.
            async with asyncio.timeout(BEAT_SECONDS):
                await viewer.channel.news.wait()
        except TimeoutError:
            return False
        return True

    async def updates(
        self, slug: str, name: FeedName, view: str, cursor: Cursor
    ) -> tuple[Cursor, list[str]] | None:
        """Return what a reader at a cursor lacks, with its next cursor, or None when that cannot be told one by one."""
        async with self.join(slug, name, view, cursor) as viewer:
            async with viewer.channel.lock:
                await self.reader.compare(viewer.channel)
            owed = await self.owed(viewer)
            return None if owed is None else (viewer.cursor, owed)

    async def snapshot(self, slug: str, name: FeedName, *, limit: int) -> Snapshot:
        """Return a feed's posts and cursor, asking Redis only if something changed since somebody here asked."""
        key = (slug, name, limit)
        channel = self.channels.get((slug, name))
        kept = self.snapshots.get(key)
        if kept and channel and channel.viewers and self.caught_up and kept.cursor == channel.tip:
            return kept
        fresh = await self.store.feeds.snapshot(slug, name, limit=limit)
        fresh = replace(fresh, standings=await self.store.threads.tied(slug, fresh.standings))
        if name == "public":
            shown = await self.store.sessions.told(slug, without_answers(fresh.standings))
            fresh = replace(fresh, standings=[one for one in shown if one])
        self.snapshots[key] = fresh
        return fresh

    def encoded(self, channel: Channel, view: str, told: Told) -> str:
        """Return an update as the viewers of a view are sent it, encoded the first time somebody asks."""
        if view not in told.encoded:
            told.encoded[view] = self.encode(channel.slug, channel.name, view, told)
        return told.encoded[view]

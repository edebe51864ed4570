"""Reads feeds of the store into the channels of this process: from their beginning, to the tip, or in between."""

import logging
from collections.abc import Sequence

from wall.channel import Channel, Told, is_next
from wall.core.feed import Cursor, Update
from wall.core.measures import Measures
from wall.store import Store
from wall.store.feeds import Published

log = logging.getLogger(__name__)


class Reader:
    """Brings channels up to date. Whoever calls `begin` or `compare` holds the channel's lock."""

    def __init__(self, store: Store, *, kept: int, measures: Measures) -> None:
        self.store = store
        self.kept = kept
        self.measures = measures

    async def begin(self, channel: Channel) -> None:
        """Begin a channel with the newest updates that are kept."""
        tip = await self.store.feeds.tip(channel.slug, channel.name)
        start = max(0, tip.offset - self.kept)
        updates = await self.store.feeds.after(channel.slug, channel.name, start, limit=self.kept)
        if not is_next(updates, start):
            start, updates = tip.offset, []
        told = await self._as_they_stand(channel, updates)
        channel.begin(Cursor(tip.epoch, start))
        if told:
            channel.tell(told)

    async def compare(self, channel: Channel) -> None:
        """Compare a channel with the truth, and catch up where something went past it."""
        tip = await self.store.feeds.tip(channel.slug, channel.name)
        if tip.epoch == channel.epoch and tip.offset < channel.tip.offset:
            log.error("The history of %s was cut; its viewers start anew.", channel.slug)
            await self.store.feeds.renew(channel.slug, channel.name, channel.epoch)
            tip = await self.store.feeds.tip(channel.slug, channel.name)
        if tip.epoch != channel.epoch:
            channel.begin(tip)
        elif tip.offset > channel.tip.offset:
            await self._catch_up(channel)

    async def receive(self, channel: Channel, news: Sequence[Published]) -> None:
        """Tell a channel what was heard of its feed, and what was not heard before it."""
        async with channel.lock:
            if any(published.epoch != channel.epoch for published in news):
                await self.compare(channel)
                return
            updates = [published.update for published in news if published.update.offset > channel.tip.offset]
            if is_next(updates, channel.tip.offset):
                await self._tell(channel, updates)
            elif updates:
                await self._catch_up(channel)

    async def older(self, channel: Channel, offset: int) -> list[Told] | None:
        """Return the updates between an offset and the tip, or None when Redis does not have all of them."""
        older = await self.store.feeds.after(channel.slug, channel.name, offset, limit=self.kept)
        older = [update for update in older if update.offset <= channel.tip.offset]
        if [update.offset for update in older] != list(range(offset + 1, channel.tip.offset + 1)):
            return None
        return await self._as_they_stand(channel, older)

    # Internal

    async def _catch_up(self, channel: Channel) -> None:
        self.measures.catch_ups.add()
        while updates := await self.store.feeds.after(
            channel.slug, channel.name, channel.tip.offset, limit=self.kept
        ):
            if updates[0].offset != channel.tip.offset + 1:
                channel.begin(await self.store.feeds.tip(channel.slug, channel.name))
                return
            await self._tell(channel, updates)

    async def _tell(self, channel: Channel, updates: Sequence[Update]) -> None:
        if updates:
            channel.tell(await self._as_they_stand(channel, updates))

    async def _as_they_stand(self, channel: Channel, updates: Sequence[Update]) -> list[Told]:
        standings = await self.store.posts.get_all(channel.slug, [update.post_id for update in updates])
        if channel.name == "desk":
            marked = iter(await self.store.authors.marked(channel.slug, [one for one in standings if one]))
            standings = [next(marked) if one else None for one in standings]
        tied = iter(await self.store.threads.tied(channel.slug, [one for one in standings if one]))
        standings = [next(tied) if one else None for one in standings]
        if channel.name == "public":
            standings = await self.store.sessions.told(channel.slug, standings)
        return [Told(update, standing) for update, standing in zip(updates, standings, strict=True)]

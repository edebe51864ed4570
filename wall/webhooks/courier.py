"""Tells one webhook what the public feed tells, one message after the other, and notes how far that went.

The place is noted only over what was read, so that two couriers at once, a kill -9 or an organiser's hand lose nothing:
at worst a message is sent twice, under the same id.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import msgspec

from wall.channel import is_next
from wall.core import signing
from wall.core.answering import is_answer
from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.feed import Recovery, Update, recover
from wall.core.measures import Tally
from wall.core.moderation import Standing
from wall.core.webhook import WHY_OFF, Attempt, Message, Off, Progress, resync, told_of
from wall.errors import NotFound, SourceError
from wall.sources.delivering import deliver
from wall.sources.fetch import Fetch
from wall.store import Store
from wall.store.webhooks import Followed

Show = Callable[[str, Standing], Mapping[str, Any]]
"""Return a post of an event as everybody may know it."""

ANSWER_SECONDS = 15.0
AT_ONCE = 100
"""Updates that are looked through in one step."""
GONE = 410
THE_WALL = "The wall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courier:
    """Tells webhooks what is to be told. `show` says a post as the feed does; `random` draws from 0 up to 1.

    `sent` counts what came of it.
    """

    store: Store
    fetch: Fetch
    show: Show
    now: Callable[[], datetime]
    random: Callable[[], float]
    sent: Tally

    async def step(self, slug: str, id: str) -> bool:
        """Send one message, or pass over what is not to be told; returns whether there may be more to do at once."""
        event = await self._event(slug)
        followed = await self.store.webhooks.find(slug, id)
        if event is None or followed is None or followed.webhook.off or followed.progress.waits(self.now()):
            return False
        progress = followed.progress
        tip = await self.store.feeds.tip(slug, "public")
        recovery = recover(progress.cursor, tip, kept=tip.offset)
        if recovery is Recovery.RESYNC:
            return await self._lost(slug, followed, Progress(epoch=tip.epoch, offset=tip.offset, resync=True))
        if progress.resync:
            return await self.send(event, followed, resync(followed.webhook, progress, slug, self.now()))
        if recovery is Recovery.CURRENT:
            return False
        updates = await self.store.feeds.after(slug, "public", progress.offset, limit=AT_ONCE)
        if not is_next(updates, progress.offset):
            return await self._lost(slug, followed, Progress(epoch=tip.epoch, offset=tip.offset, resync=True))
        for update in updates:
            data = await self._data(slug, update) if followed.webhook.wants(update.kind) else None
            if data is not None:
                return await self.send(event, followed, told_of(followed.webhook, progress.epoch, update, data))
        return await self.store.webhooks.note(slug, followed, progress.told(updates[-1].offset))

    async def send(self, event: Event, followed: Followed, message: Message) -> bool:
        """Send a message and note what came of it; returns whether it was taken and what follows may be sent."""
        attempt, error = await self.attempt(event, followed, message)
        if error is None:
            return await self.store.webhooks.note(
                event.slug, followed, followed.progress.told(message.offset), attempt
            )
        failed = followed.progress.failed(self.now(), self.random, retry_after=error.retry_after)
        if error.status == GONE:
            await self._turn_off(event.slug, followed, "gone")
        elif failed.hopeless:
            await self._turn_off(event.slug, followed, "failing")
        await self.store.webhooks.note(event.slug, followed, failed, attempt)
        return False

    async def attempt(
        self, event: Event, followed: Followed, message: Message
    ) -> tuple[Attempt, SourceError | None]:
        """Send a message once; returns how that went, and what was wrong."""
        webhook, now = followed.webhook, self.now()
        cursor = f"{followed.progress.epoch}:{message.offset}"
        body = msgspec.json.encode(payload(event, webhook.base, cursor, message), enc_hook=str)
        headers = signing.headers(webhook.secrets, message.id, int(now.timestamp()), body)
        clock = asyncio.get_running_loop()
        started = clock.time()
        error = None
        try:
            status = await deliver(
                self.fetch,
                webhook.address,
                content=body,
                headers={**headers, "content-type": "application/json"},
                seconds=ANSWER_SECONDS,
            )
            words = ""
        except SourceError as caught:
            error = caught
            status, words = error.status or 0, error.message
        took = clock.time() - started
        self.sent.add("failed" if error else "taken")
        return Attempt(at=now, type=message.type, cursor=cursor, status=status, words=words, seconds=took), error

    # Internal

    async def _event(self, slug: str) -> Event | None:
        """Return the event, unless it is gone, or a circle: nothing of one is told outside of it."""
        try:
            event = await self.store.events.get(slug)
        except NotFound:
            return None
        return event if event.circle is None else None

    async def _data(self, slug: str, update: Update) -> Mapping[str, Any] | None:
        """Return what is told of an update, as it stands now; None when that has left the wall."""
        if not update.post_id:
            return {"what": update.status}
        if update.kind == "removed":
            return {"id": update.post_id}
        (standing,) = await self.store.posts.get_all(slug, [update.post_id])
        if standing is None or not standing.visible or is_answer(standing.post):
            return None
        (told,) = await self.store.sessions.told(slug, await self.store.threads.tied(slug, [standing]))
        return self.show(slug, told) if told else None

    async def _lost(self, slug: str, followed: Followed, anew: Progress) -> bool:
        """Go on from where the feed is now, which the webhook is told first; what failed before, failed."""
        anew = replace(anew, failures=followed.progress.failures)
        return await self.store.webhooks.note(slug, followed, anew)

    async def _turn_off(self, slug: str, followed: Followed, why: Off) -> None:
        told = Entry(
            kind="webhook",
            by="wall",
            by_name=THE_WALL,
            at=self.now(),
            about=f"turned “{followed.webhook.name}” off: {WHY_OFF[why]}",
        )
        await self.store.webhooks.change(
            slug, followed.webhook.id, lambda webhook: replace(webhook, off=why), entry=told
        )


def payload(event: Event, base: str, cursor: str, message: Message) -> dict[str, Any]:
    """Return the body of a message."""
    return {
        "type": message.type,
        "timestamp": message.at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "wall": base,
        "event": event.slug,
        "cursor": cursor,
        "data": message.data,
    }

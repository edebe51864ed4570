"""The lookout: tells every desk here which mode holds, how people take part, how many ask to be left out, and when
posts or rejections are out of the ordinary.

It reads what the hub heard anyway, and asks Redis only for an event that changed, or was not read for long.
"""

import asyncio
import logging
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import msgspec

from wall.channel import Channel, Told
from wall.core.alarm import Watch, Wave
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.moderation import Status
from wall.errors import NotFound, StoreUnavailable
from wall.hub import Hub, Viewer
from wall.web import frames
from wall.web.participation_view import participation_view
from wall.web.views import timestamp
from wall.web.when import clock

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
TRUSTED_FOR = timedelta(seconds=10)
"""After so long an event is read again, should a message about it have been lost."""
POLLED_FOR = timedelta(minutes=1)
"""For so long after it asked, a desk without a stream is looked out for."""
BESIDE = ("modes", "alarm", "leave_requests", "participation")
OLD = timedelta(minutes=10)
"""A post that was written this long before it came is of a source that was read late, and part of no wave."""


@dataclass(slots=True)
class Seen:
    """What is known of an event whose desk is open here: up to where its desk feed was counted, how it is set, how
    people take part, and how many ask to be left out."""

    cursor: Cursor
    watch: Watch = field(default_factory=Watch)
    event: Event | None = None
    leave_requests: int = 0
    participation: dict[str, Any] | None = None
    read_at: datetime | None = None


@dataclass(slots=True)
class Poll:
    """An event whose desk feed is followed here for desks that poll, and when one of them asked last."""

    joining: AbstractAsyncContextManager[Viewer]
    at: datetime


class Lookout:
    """Looks out for every desk that is open here. Run `run` as a task for as long as the process serves."""

    def __init__(self, hub: Hub, now: Callable[[], datetime]) -> None:
        self.hub = hub
        self.now = now
        self.seen: dict[str, Seen] = {}
        self.polls: dict[str, Poll] = {}
        hub.on_stirred.append(self.stir)

    async def run(self) -> None:
        """Look every second until cancelled."""
        try:
            while True:
                await self.look()
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            for slug in list(self.polls):
                await self._forget(slug)

    async def look(self) -> None:
        """Tell the desks that are open how things are now."""
        for slug in [slug for slug, poll in self.polls.items() if self.now() - poll.at > POLLED_FOR]:
            await self._forget(slug)
        desks = {slug: one for (slug, name), one in self.hub.channels.items() if name == "desk" and one.viewers}
        self.seen = {slug: seen for slug, seen in self.seen.items() if slug in desks}
        for slug, channel in desks.items():
            if channel.epoch:
                await self._look(slug, channel)

    def stir(self, slug: str) -> None:
        """Read an event again at the next look."""
        if slug in self.seen:
            self.seen[slug].read_at = None

    async def beside(self, slug: str) -> list[msgspec.Raw]:
        """Return what a desk without a stream is told with its posts, and look out for its event for a while."""
        if slug in self.polls:
            self.polls[slug].at = self.now()
        else:
            joining = self.hub.join(slug, "desk", "html", None)
            self.polls[slug] = Poll(joining, self.now())
            try:
                await joining.__aenter__()
            except StoreUnavailable:
                del self.polls[slug]
                raise
        channel = self.hub.channels.get((slug, "desk"))
        if channel is None or not channel.epoch:
            return []
        await self._look(slug, channel)
        return [msgspec.Raw(channel.aside[name].encode()) for name in BESIDE if name in channel.aside]

    # Internal

    async def _forget(self, slug: str) -> None:
        await self.polls.pop(slug).joining.__aexit__(None, None, None)

    async def _look(self, slug: str, channel: Channel) -> None:
        seen = self.seen.setdefault(slug, Seen(Cursor(channel.epoch, 0)))
        self._count(seen, channel)
        now = self.now()
        waves = seen.watch.look(now.timestamp())
        channel.put_aside("alarm", frames.dump(alarm_view(waves)))
        if seen.read_at is None or now - seen.read_at > TRUSTED_FOR:
            await self._read(slug, seen, now)
        if seen.event:
            channel.put_aside("modes", frames.dump(modes_view(seen.event, now)))
            asked = {"type": "leave_requests", "count": seen.leave_requests}
            channel.put_aside("leave_requests", frames.dump(asked))
            channel.put_aside("participation", frames.dump(seen.participation))

    async def _read(self, slug: str, seen: Seen, now: datetime) -> None:
        seen.read_at = now
        try:
            seen.event = await self.hub.store.events.get(slug)
            seen.leave_requests = await self.hub.store.leave_requests.count(slug)
            seen.participation = await participation_view(self.hub.store, seen.event, now)
        except StoreUnavailable as error:
            log.warning("The mode of %s was not looked at: %s", slug, error)
        except NotFound:
            seen.event = None

    def _count(self, seen: Seen, channel: Channel) -> None:
        """Count what the channel heard since, as far back as it remembers."""
        if seen.cursor.epoch != channel.epoch:
            seen.cursor = Cursor(channel.epoch, channel.tip.offset)
            return
        oldest = max(seen.cursor.offset, channel.ring.start)
        for one in channel.ring.after(oldest) or ():
            count(seen.watch, one)
        seen.cursor = channel.tip


def count(watch: Watch, told: Told) -> None:
    """Count an update of the desk's feed: a post that arrived, or a decision about one."""
    update, standing = told.update, told.standing
    at = update.at.timestamp()
    if update.kind == "submitted":
        if standing is None or standing.post.received_at - standing.post.created_at < OLD:
            watch.arrived(at)
        if update.status == Status.REJECTED:
            watch.decided(at, rejected=True)
    elif update.kind == "decided" and update.was != update.status:
        if update.status in (Status.REJECTED, Status.REMOVED):
            watch.decided(at, rejected=True)
        elif update.status == Status.APPROVED:
            watch.decided(at, rejected=False)


def alarm_view(waves: Sequence[Wave]) -> dict[str, Any]:
    return {
        "type": "alarm",
        "waves": [{"what": wave.what, "number": wave.number, "usual": round(wave.usual)} for wave in waves],
    }


def modes_view(event: Event, now: datetime) -> dict[str, Any]:
    """Return which mode holds, as the desks are told of it: until when, and who chose it by hand."""
    holding = event.holding(now)
    return {
        "type": "modes",
        "mode": holding.mode,
        "until": timestamp(holding.until) if holding.until else None,
        "until_words": clock(holding.until, now, event.timezone) if holding.until else None,
        "by": holding.by,
        "session": holding.session,
        "delay": event.modes.delay_seconds,
    }

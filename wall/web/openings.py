"""The events whose streams are let straight in: their feed, the secret of their tickets, and their screens."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass

from wall.channel import Channel
from wall.core.feed import Cursor
from wall.core.people import ScreenKind
from wall.core.tickets import StreamTicket
from wall.errors import NotFound, StoreUnavailable, WallError
from wall.hub import Hub
from wall.store.feeds import Revoked
from wall.store.keys import CIRCLE

log = logging.getLogger(__name__)

CHECK_SECONDS = 30.0


@dataclass(slots=True, eq=False)
class Opened:
    """An event whose wall can be followed here at once."""

    channel: Channel
    secret: bytes
    screens: dict[str, ScreenKind]
    circle: bool

    def admits(self, ticket: StreamTicket) -> bool:
        """Tell whether a good ticket still lets in: a screen's while it is one, anybody's unless this is a circle.

        Members of a circle are asked who they are, by the ordinary road; an embedded wall is read by anybody.
        """
        if not ticket.screen:
            return not self.circle
        kind = self.screens.get(ticket.screen)
        return kind is not None and not (self.circle and kind == "embed")


class Openings:
    """What the entrance must know of each event, read before the first of its viewers is let in.

    Run `watch` as a task for as long as the process serves. `on_screens` is told the slug of an event whose screens
    may have become fewer, or which may have become a circle.
    """

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self.on_screens: list[Callable[[str], None]] = []
        self._opened: dict[str, Opened] = {}
        self._opening: dict[str, asyncio.Task[None]] = {}
        hub.on_revoked.append(self._revoked)

    def get(self, slug: str) -> Opened | None:
        """Return what is needed to let a stream of an event in, unless it must be opened first."""
        opened = self._opened.get(slug)
        current = opened is not None and self.hub.channels.get((slug, "public")) is opened.channel
        return opened if current else None

    def prepare(self, slug: str, cursor: Cursor | None, then: Callable[[], None]) -> None:
        """Read what `get` needs, then call back; it may still be None, where there is no such event.

        A cursor that we have not heard of makes the hub look whether there is more.
        """
        task = self._opening.get(slug)
        if task is None:
            task = self._opening[slug] = asyncio.create_task(self._open(slug, cursor))
            task.add_done_callback(lambda _: self._opening.pop(slug, None))
        task.add_done_callback(lambda _: then())

    async def watch(self) -> None:
        """Read the screens of every event again now and then, should the word of one revoked be lost."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            try:
                await self._check()
            except StoreUnavailable as error:
                log.info("The screens are looked at later: %s", error.message)

    async def _open(self, slug: str, cursor: Cursor | None) -> None:
        store = self.hub.store
        try:
            circle = await self._is_circle(slug)
            secret = await store.screens.secret(slug)
            screens = {screen.id: screen.kind for screen in await store.screens.all(slug)}
            channel = await self.hub.open(slug, "public", cursor)
        except NotFound:
            self._opened.pop(slug, None)
            return
        except WallError as error:
            log.info("No streams of %s are taken on at once: %s", slug, error.message)
            return
        known = self._opened.get(slug)
        if known is None or known.channel is not channel:
            self._opened[slug] = Opened(channel, secret, screens, circle)
        else:
            known.secret, known.screens, known.circle = secret, screens, circle

    async def _check(self) -> None:
        for slug, opened in list(self._opened.items()):
            try:
                opened.circle = await self._is_circle(slug)
            except NotFound:  # erased
                opened.circle, opened.screens = True, {}
                del self._opened[slug]
            else:
                opened.secret = await self.hub.store.screens.secret(slug)
                opened.screens = {screen.id: screen.kind for screen in await self.hub.store.screens.all(slug)}
            self._tell_screens(slug)

    async def _is_circle(self, slug: str) -> bool:
        """Tell whether an event is a circle, or may have become one while we read it; raises NotFound."""
        since = self.hub.revocations.count(slug)
        event = await self.hub.store.events.get(slug)
        return event.circle is not None or self.hub.revocations.count(slug) != since

    def _revoked(self, revoked: Revoked) -> None:
        opened = self._opened.get(revoked.slug)
        if opened:
            if revoked.id == CIRCLE:
                opened.circle = True  # or has been; whether it still is, is read before long
            opened.screens.pop(revoked.id, None)
            self._tell_screens(revoked.slug)

    def _tell_screens(self, slug: str) -> None:
        for listener in self.on_screens:
            listener(slug)

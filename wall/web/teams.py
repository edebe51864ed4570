"""The teams at the desks: one look at Redis for all who follow them here, told beside the desk's feed."""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.team import Team
from wall.errors import NotFound, StoreUnavailable
from wall.hub import Hub
from wall.web import frames

log = logging.getLogger(__name__)

LOOK_SECONDS = 10.0
PAUSE_SECONDS = 0.05


class Teams:
    """The teams that somebody here follows. Run `run` as a task for as long as the process serves."""

    def __init__(self, hub: Hub, now: Callable[[], datetime]) -> None:
        self.hub = hub
        self.store = hub.store
        self.now = now
        self.followers: Counter[str] = Counter()
        self.desks: Counter[str] = Counter()
        self.ends: dict[str, datetime | None] = {}
        self._stirred: set[str] = set()
        self._stirring = asyncio.Event()
        hub.on_stirred.append(self.stir)

    # Following

    async def run(self) -> None:
        """Look at every team that stirred, and at all of them now and then, until cancelled."""
        while True:
            stirred, self._stirred = self._stirred, set()
            self._stirring.clear()
            for slug in stirred & set(self.followers):
                await self._look(slug)
            await asyncio.sleep(PAUSE_SECONDS)
            with suppress(TimeoutError):
                async with asyncio.timeout(self._patience()):
                    await self._stirring.wait()
                    continue
            self._stirred.update(self.followers)

    def stir(self, slug: str) -> None:
        """Look at a team soon."""
        self._stirred.add(slug)
        self._stirring.set()

    @asynccontextmanager
    async def following(self, slug: str, desk: str) -> AsyncIterator[None]:
        """Follow a team for as long as a stream lasts; with its last stream, a desk leaves the team."""
        self.followers[slug] += 1
        self.desks[desk] += 1
        self.stir(slug)
        try:
            yield
        finally:
            self.followers -= Counter([slug])
            self.desks -= Counter([desk])
            if desk and not self.desks[desk]:
                with suppress(StoreUnavailable):
                    await self.store.desks.leave(slug, desk)

    async def view(self, event: Event) -> dict[str, Any]:
        """Return a team as the desks are told of it."""
        return team_view(event, await self.store.desks.team(event.slug, now=self.now()), self.now())

    # Internal

    async def _look(self, slug: str) -> None:
        try:
            event = await self.store.events.get(slug)
            team = await self.store.desks.team(slug, now=self.now())
        except StoreUnavailable as error:
            log.warning("The team of %s was not looked at: %s", slug, error)
            return
        except NotFound:
            return
        self.ends[slug] = team.until
        if channel := self.hub.channels.get((slug, "desk")):
            channel.put_aside("team", frames.dump(team_view(event, team, self.now())))

    def _patience(self) -> float:
        """Return for how many seconds nothing changes by itself: until the first lease of a followed team ends."""
        now = self.now()
        ends = [end for slug in self.followers if (end := self.ends.get(slug)) is not None]
        left = [(end - now).total_seconds() for end in ends]
        return max(PAUSE_SECONDS, min([LOOK_SECONDS, *left]))


def team_view(event: Event, team: Team, now: datetime) -> dict[str, Any]:
    return {
        "type": "team",
        "turn": team.turn,
        "desks": [
            {
                "id": desk.id,
                "person": desk.person_id,
                "name": desk.name,
                "busy": desk.busy > now,
                "posts": desk.posts,
            }
            for desk in team.desks
        ],
    }

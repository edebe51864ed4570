"""Listens to the posts of every event as the desk's feed tells of them: says how each sounds, and learns of moderators.

Any number of these may run; one listens to an event at a time. Whoever is killed has lost nothing: how far it came is
written after what it heard, and hearing a post twice changes nothing.
"""

import asyncio
import logging
import secrets
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from wall.awake import Awake
from wall.core.event import Event
from wall.core.lesson import Lesson
from wall.core.moderation import Standing, Status
from wall.core.mood import Mood
from wall.core.spoken import spoken, words_hash
from wall.core.tongue import UNKNOWN, tongues
from wall.errors import NotFound
from wall.listening.ear import Ear, named
from wall.listening.teacher import Teacher
from wall.store import Store
from wall.store.moods import Head

log = logging.getLogger(__name__)

EVERY_SECONDS = 1.0
AT_ONCE = 250
MOST_STEPS = 40
"""Steps for one event before it is another's turn."""
LEASE, LEASE_SECONDS = "listening", 30.0
UNWEIGHED = (ArithmeticError, LookupError, TypeError, ValueError)
"""What the packages that weigh words may raise where words are odd."""
SWEPT: list[Status] = [status for status in Status if status is not Status.WITHDRAWN]


class Listener:
    """Listens to all events. Run `run` as a task, in as many processes as there are."""

    def __init__(self, store: Store, ear: Ear | None = None) -> None:
        self.store = store
        self.ear = ear or Ear()
        self.name = secrets.token_hex(8)
        self.teacher = Teacher(store, self.ear)

    async def run(self, awake: Awake) -> None:
        """Listen until cancelled, through every loss of Redis."""
        await awake.rounds(self.look, every=EVERY_SECONDS, meanwhile="Nobody listens until Redis is back")

    async def look(self, among: Collection[str] | None = None) -> Collection[str]:
        """Listen to what came at these events, or at any, since the last look; returns where there may be more."""
        stirred = []
        for slug, behind, said in await self.store.moods.behind(among):
            if behind or said != self.teacher.said(slug):
                stirred.append(slug)
                with suppress(NotFound):  # it was deleted at this moment
                    event = await self.store.events.get(slug)
                    if event.listens != "no" and await self._has(slug):
                        await self.listen(event, most=MOST_STEPS)
        return stirred

    async def listen(self, event: Event, *, most: int | None = None) -> None:
        """Listen to what there is of an event, in so many steps at most."""
        await self.teacher.learn(event)
        steps = 0
        while (most is None or steps < most) and await self._step(event):
            steps += 1

    async def _has(self, slug: str) -> bool:
        leases = self.store.leases
        if await leases.renew(slug, LEASE, self.name, seconds=LEASE_SECONDS):
            return True
        self.teacher.forget(slug)
        return await leases.take(slug, LEASE, self.name, seconds=LEASE_SECONDS)

    async def _step(self, event: Event) -> bool:
        """Take one step; returns whether there may be another one to take."""
        slug, store = event.slug, self.store
        head, tip = await store.moods.head(slug), await store.feeds.tip(slug, "desk")
        model = self.model(event)
        if (head.epoch, head.model) != (tip.epoch, model) or int(head.offset or 0) > tip.offset:
            await store.moods.reach(slug, Head(tip.epoch, str(tip.offset), SWEPT[0], model))
            return True
        if int(head.offset) < tip.offset:
            return await self._follow(event, head, tip.offset)
        if head.sweep:
            return await self._sweep(event, head)
        return False

    async def _follow(self, event: Event, head: Head, tip: int) -> bool:
        slug, offset = event.slug, int(head.offset)
        updates = await self.store.feeds.after(slug, "desk", offset, limit=AT_ONCE)
        if [one.offset for one in updates] != list(range(offset + 1, offset + 1 + len(updates))) or not updates:
            await self.store.moods.reach(slug, replace(head, offset=str(tip), sweep=SWEPT[0]))
            return True
        ids = list(dict.fromkeys(one.post_id for one in updates if one.post_id))
        standings = await self.store.posts.get_all(slug, ids)
        gone = [id for id, one in zip(ids, standings, strict=True) if not one or one.status is Status.WITHDRAWN]
        await self.store.moods.forget(slug, gone)
        await self._hear(event, [one for one in standings if one and one.status is not Status.WITHDRAWN])
        await self.store.moods.reach(slug, replace(head, offset=str(updates[-1].offset)))
        return True

    async def _sweep(self, event: Event, head: Head) -> bool:
        """Go through the posts that there are, newest first, one status after the other."""
        status, _colon, before = head.sweep.partition(":")
        page = await self.store.posts.page(
            event.slug, Status(status), limit=AT_ONCE, before=int(before) if before else None
        )
        await self._hear(event, [one for _place, one in page])
        after: str = [*SWEPT, ""][SWEPT.index(Status(status)) + 1]
        sweep = f"{status}:{page[-1][0]}" if page else after
        await self.store.moods.reach(event.slug, replace(head, sweep=sweep))
        return True

    async def _hear(self, event: Event, standings: Sequence[Standing]) -> None:
        """Keep how posts sound, those whose words were not weighed yet by this model."""
        if not standings:
            return
        known = await self.store.moods.get_all(event.slug, [one.post.id for one in standings])
        before = [one.mood for one in known]
        moods = await asyncio.to_thread(self._weigh, event, standings, before)
        await self.store.moods.put(event.slug, moods)

    def _weigh(
        self, event: Event, standings: Sequence[Standing], before: Sequence[Mood | None]
    ) -> list[tuple[Standing, Mood]]:
        model, lesson = self.model(event), self.teacher.lesson(event)
        among = tongues(event.tongues, event.language)
        moods = []
        for standing, mood in zip(standings, before, strict=True):
            post = standing.post
            if mood and mood.model == model and mood.words == words_hash(spoken(post.text)):
                continue
            moods.append((standing, replace(self._mood(standing, among, lesson), model=model)))
        return moods

    def _mood(self, standing: Standing, among: Sequence[str], lesson: Lesson | None) -> Mood:
        post = standing.post
        try:
            return self.ear.mood(post.text, post.language, among, lesson)
        except UNWEIGHED as error:
            # One post must not keep all others from being heard.
            log.warning("The post %s cannot be weighed: %r", post.id, error)
            return Mood(language=UNKNOWN, model="", words=words_hash(spoken(post.text)))

    def model(self, event: Event) -> str:
        """Return by what posts of an event are weighed: another name wherever the same words may weigh otherwise."""
        among = f" among {' '.join(event.tongues)}" if event.tongues else ""
        return f"{named(self.ear.model, self.teacher.lesson(event))}{among}"

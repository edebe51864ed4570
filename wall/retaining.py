"""Erases what an event says is kept no longer. Any number of these may run; one at a time works on an event."""

import logging
import secrets
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from wall.core.authorship import NOBODY
from wall.core.event import Event
from wall.core.participant import participant_of
from wall.core.retention import Figures
from wall.erasing import Eraser, discard
from wall.purge import pictures_of
from wall.rounds import rounds
from wall.store import Store

log = logging.getLogger(__name__)

EVERY_SECONDS = 600.0
POSTS_AT_A_TIME = 200


class Retainer:
    """Looks after every event whose last day is past. Whatever comes in later is erased at the next look."""

    def __init__(self, store: Store, eraser: Eraser, now: Callable[[], datetime]) -> None:
        self.store = store
        self.eraser = eraser
        self.now = now
        self.holder = secrets.token_hex(8)

    async def run(self) -> None:
        """Look until cancelled, through every loss of Redis."""
        await rounds(self.look, every=EVERY_SECONDS, meanwhile="What is over is erased once Redis is back")

    async def look(self) -> None:
        """Erase what is over by now."""
        for event in await self.store.events.all():
            over = event.retention.over(event.ends, event.timezone, self.now())
            if over and await self.store.retentions.lease(event.slug, self.holder):
                if "posts" in over and event.retention.left == "nothing":
                    if not await self.store.circles.of(event.slug):
                        await self.eraser.erase(event, by_name="the days it is kept")
                    continue
                if "posts" in over:
                    await self._posts(event)
                if "threads" in over:
                    await self.store.retentions.drop_threads(event.slug)
                if "participants" in over:
                    await self.store.retentions.drop_participants(event.slug)
                await self.store.retentions.give_back(event.slug, self.holder)

    async def _posts(self, event: Event) -> None:
        """Leave figures of the posts and nothing else, however many there are; a crash in between is gone on with."""
        slug, store = event.slug, self.store
        ids = await store.posts.ids(slug)
        left: dict[str, None] = {}
        figures = _Sums(event)
        for start in range(0, len(ids), POSTS_AT_A_TIME):
            for standing in await store.posts.get_all(slug, ids[start : start + POSTS_AT_A_TIME]):
                if standing and standing.post.author != NOBODY:
                    left[standing.post.author.uid] = None
                    if standing.visible:
                        figures.add(
                            standing.post.source.kind, standing.post.language, standing.post.created_at,
                            standing.post.author.uid,
                        )  # fmt: skip
        if not left:
            return
        await store.retentions.keep(slug, figures.done(self.now()))
        pictures = await pictures_of(store, event)
        for author in left:
            await store.authors.forget(slug, author)
            if participant := participant_of(author):
                await store.questions.forget(slug, participant)
            await store.posts.forget(slug, author, now=self.now())
            await store.cases.forget(slug, [author])
            await store.retentions.lease(slug, self.holder)
        await discard(store, self.eraser.pictures, pictures)
        log.info("The posts of %s are kept no longer: those of %d authors were erased.", slug, len(left))


class _Sums:
    """Posts as they are counted, one by one."""

    def __init__(self, event: Event) -> None:
        self.zone = ZoneInfo(event.timezone)
        self.people: set[str] = set()
        self.networks: Counter[str] = Counter()
        self.languages: Counter[str] = Counter()
        self.days: Counter[str] = Counter()

    def add(self, network: str, language: str | None, at: datetime, author: str) -> None:
        self.people.add(author)
        self.networks[network] += 1
        self.languages[language or ""] += 1
        self.days[at.astimezone(self.zone).date().isoformat()] += 1

    def done(self, now: datetime) -> Figures:
        return Figures(
            at=now,
            posts=sum(self.networks.values()),
            people=len(self.people),
            networks=dict(self.networks),
            languages=dict(self.languages),
            days=dict(self.days),
        )

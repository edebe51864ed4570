"""Gathers the posts of chats under their questions, and counts them, as the public feed tells of them.

Any number of these may run. Up to where the feed is gathered is written in the same step as what is gathered, and only
over what was read: whoever is killed, or slower, has done nothing. Readers take each post as it stands, so that nothing
they show hangs on how far this has come.
"""

import hashlib
import json
from collections.abc import Collection
from dataclasses import replace

from wall.awake import Awake
from wall.core.continent import Continent
from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.feed import Cursor
from wall.core.gathered import Gathered, gather, replied_to
from wall.core.moderation import Standing, Status
from wall.core.participant import participant_of
from wall.store import Store
from wall.store.chat_index import Head, Moved
from wall.store.codec import decode

EVERY_SECONDS = 1.0
AT_ONCE = 250
"""Posts of one step, between which others are served."""
MOST_STEPS = 40
"""Steps for one event before it is another's turn."""
PLACES, WALL = "places:", "wall:"
"""What of older posts is still to be read: first what is gathered already, then what is on the wall."""


class Gatherer:
    """Gathers what is said in the chats of all events. Run `run` as a task, in as many processes as there are."""

    def __init__(self, store: Store) -> None:
        self.store = store

    async def run(self, awake: Awake) -> None:
        """Gather until cancelled, through every loss of Redis."""
        await awake.rounds(self.look, every=EVERY_SECONDS, meanwhile="Chats are gathered once Redis is back")

    async def look(self, among: Collection[str] | None = None) -> Collection[str]:
        """Gather what came in the chats of these events, or in any, since the last look; returns which have a chat."""
        slugs = await self.store.chats.slugs(among)
        for slug in slugs:
            await self.gather(slug, most=MOST_STEPS)
        return slugs

    async def gather(self, slug: str, *, most: int | None = None) -> None:
        """Gather what there is for an event, in so many steps at most."""
        steps = 0
        while (most is None or steps < most) and await self._step(slug):
            steps += 1

    async def _step(self, slug: str) -> bool:
        """Take one step; returns whether there may be another one to take."""
        event = await self.store.events.get(slug)
        if event.chat is None:
            return False
        index = self.store.chat_index
        head, tip = await index.head(slug), await self.store.feeds.tip(slug, "public")
        plan = await self.store.chats.plan(slug)
        if head.plan != named(event, plan):
            token, editions = await self.store.chats.planned(slug)
            by = [(one, gathered_by(event, one)) for one in editions]
            await index.replan(slug, head, named(event, token), by)
            return True
        if not head.epoch or head.epoch != tip.epoch or int(head.offset) > tip.offset:
            anew = Head(tip.epoch, str(tip.offset), PLACES + "0" if head.epoch else WALL, head.plan)
            await index.write(slug, head, anew, [])
            return True
        return await self._gather_some(event, head, tip)

    async def _gather_some(self, event: Event, head: Head, tip: Cursor) -> bool:
        """Gather what the feed tells of, else what is to be looked at again, else what was there before."""
        slug, index = event.slug, self.store.chat_index
        offset = int(head.offset)
        if offset < tip.offset:
            updates = await self.store.feeds.after(slug, "public", offset, limit=AT_ONCE)
            whole = [one.offset for one in updates] == list(range(offset + 1, offset + 1 + len(updates)))
            if not updates or not whole:
                await index.write(slug, head, replace(head, offset=str(tip.offset), sweep=PLACES + "0"), [])
                return True
            ids = [one.post_id for one in updates if one.post_id]
            return await self._take(event, head, replace(head, offset=str(updates[-1].offset)), ids)
        if again := await index.stale(slug, AT_ONCE):
            return await self._take(event, head, head, again, done=again)
        if head.sweep.startswith(PLACES):
            cursor, ids = await index.scan(slug, head.sweep.removeprefix(PLACES), AT_ONCE)
            return await self._take(
                event, head, replace(head, sweep=WALL if cursor == "0" else PLACES + cursor), ids
            )
        if head.sweep.startswith(WALL):
            before = head.sweep.removeprefix(WALL)
            page = await self.store.posts.page(
                slug, Status.APPROVED, limit=AT_ONCE, before=int(before) if before else None
            )
            ids = [one.post.id for _, one in page]
            return await self._take(event, head, replace(head, sweep=f"{WALL}{page[-1][0]}" if page else ""), ids)
        return False

    async def _take(
        self, event: Event, head: Head, reached: Head, ids: list[str], *, done: list[str] | None = None
    ) -> bool:
        """Gather some posts as they stand; always returns True, for whoever was slower looks again."""
        slug, index = event.slug, self.store.chat_index
        ids = list(dict.fromkeys(ids))
        moved = await self._moved(event, ids) if ids else []
        stirred = [one.id for one in moved if is_question(one.before) or is_question(one.after)]
        again = await index.replies(slug, stirred) if stirred else []
        await index.write(slug, head, reached, moved, again=again, done=done or [])
        return True

    async def _moved(self, event: Event, ids: list[str]) -> list[Moved]:
        slug, store = event.slug, self.store
        standings = dict(zip(ids, await store.posts.get_all(slug, ids), strict=True))
        there = [one for one in standings.values() if one and one.visible]
        answered = [id for one in there if (id := replied_to(one))]
        before = await store.chat_index.places(slug, list(dict.fromkeys([*ids, *answered])))
        placed = await store.chats.places(slug, ids)
        continents = await self._continents(event, there)
        editions = await store.chats.all(slug)
        moved = []
        for id in ids:
            standing = standings[id]
            after = None
            if standing is not None:
                parent = before.get(replied_to(standing) or "")
                after = gather(
                    standing,
                    editions,
                    answers=decode(Gathered, parent) if parent else None,
                    place=placed.get(id),
                    continents=continents,
                )
            at = standing.post.created_at if standing and standing.visible else None
            moved.append(Moved(id, at, before[id], after))
        return moved

    async def _continents(self, event: Event, standings: list[Standing]) -> dict[str, Continent] | None:
        """Return which continents participants chose to give, by author; None where the chat does not ask."""
        if event.chat is None or not event.chat.continents:
            return None
        authors = {one.post.author.uid: id for one in standings if (id := participant_of(one.post.author.uid))}
        found = await self.store.participants.get_all(event.slug, list(authors.values()))
        return {author: one.continent for author, one in zip(authors, found, strict=True)}


def named(event: Event, token: str) -> str:
    """Return what the plan of a chat is called: another word after each change of what posts are gathered by."""
    return f"{token} {'continents' if event.chat and event.chat.continents else ''}".strip()


def gathered_by(event: Event, edition: Edition) -> str:
    """Return a word for all of an edition that decides where a post goes; its questions do not."""
    hosts = [[one.person, *one.known_as] for one in edition.hosts]
    by = [str(edition.opens), str(edition.closes), hosts, bool(event.chat and event.chat.continents)]
    return hashlib.sha256(json.dumps(by).encode()).hexdigest()[:16]


def is_question(place: bytes | Gathered | None) -> bool:
    """Tell whether a place is that of a host's asking, which decides where replies to it go."""
    found = decode(Gathered, place) if isinstance(place, bytes) and place else place
    return isinstance(found, Gathered) and found.part == "question"

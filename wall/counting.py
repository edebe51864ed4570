"""Keeps the ledger of every event as the feeds tell of its posts, so that figures are there when somebody asks.

Any number of these may run; one of them reads an event at a time. Up to where the feeds are read is written in the same
step as what was read, and only over what was there before: whoever is killed, or slower, has done nothing.
"""

import asyncio
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from wall.awake import Awake
from wall.core.edition import Edition
from wall.core.entry import Entry, row
from wall.core.feed import Cursor, FeedName, Update
from wall.core.moderation import Standing, Status, answered_id
from wall.core.mood import Heard
from wall.store import Store
from wall.store.ledger_head import Head

EVERY_SECONDS = 1.0
AT_ONCE = 100
"""Posts of one step, between which others are served."""
MOST_STEPS = 40
"""Steps for one event before it is another's turn."""
LEASE_SECONDS = 5.0
FEEDS: tuple[FeedName, ...] = ("desk", "public")
COUNTED = "counted"
"""What the public feed alone tells of; of each post that comes or changes, the desk's tells as well."""
PLACES = "places"
SWEEP: Mapping[str, str] = dict(pairwise((PLACES, *Status, "")))
"""What of older posts is read after what: those in the ledger, then all there are, status by status."""


class Counter:
    """Counts the posts of all events. Run `run` as a task, in as many processes as there are."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.holder = secrets.token_hex(8)
        self.hosted: dict[str, tuple[str, list[Edition]]] = {}

    async def run(self, awake: Awake) -> None:
        """Count until cancelled, through every loss of Redis."""
        await awake.rounds(self.look, every=EVERY_SECONDS, meanwhile="Posts are counted once Redis is back")

    async def look(self, among: Collection[str] | None = None) -> Collection[str]:
        """Count what came in these events, or in any, since the last look; returns where there may be more."""
        ledger = self.store.ledger
        behind = await ledger.behind(among)
        for slug in behind:
            steps = 0
            while (
                steps < MOST_STEPS
                and await ledger.lease(slug, self.holder, seconds=LEASE_SECONDS)
                and await self.step(slug)
            ):
                steps += 1
                await asyncio.sleep(0)
            await ledger.lease(slug, self.holder, seconds=0)
        return behind

    async def count(self, slug: str) -> None:
        """Count all there is of an event."""
        while await self.step(slug):
            pass

    async def step(self, slug: str) -> bool:
        """Take one step; returns whether there may be another one to take."""
        ledger, feeds = self.store.ledger, self.store.feeds
        head = await ledger.head(slug)
        tips = {name: await feeds.tip(slug, name) for name in FEEDS}
        plan = await self.store.chats.plan(slug)
        anew = replace(head, desk=str(tips["desk"]), public=str(tips["public"]), plan=plan, sweep=f"{PLACES}:")
        if plan != head.plan:
            return await self._go_on(slug, head, replace(head, plan=plan, sweep=f"{PLACES}:"))
        reached, told = head, list[str]()
        for name in FEEDS:
            cursor, tip = Cursor.parse(getattr(head, name)), tips[name]
            if cursor is None or cursor.epoch != tip.epoch or cursor.offset > tip.offset:
                return await self._go_on(slug, head, anew)
            if cursor.offset < tip.offset:
                updates = await feeds.after(slug, name, cursor.offset, limit=AT_ONCE)
                if not whole(updates, cursor.offset):
                    return await self._go_on(slug, head, anew)
                reached = reached.at(name, Cursor(tip.epoch, updates[-1].offset))
                told += [one.post_id for one in updates if one.post_id and (name == "desk" or one.kind == COUNTED)]
        if reached != head:
            return await self._take(slug, head, reached, told)
        if again := await ledger.stale(slug, AT_ONCE):
            return await self._take(slug, head, head, again, done=again)
        return await self._sweep(slug, head) if head.sweep else False

    async def _sweep(self, slug: str, head: Head) -> bool:
        """Read some of the older posts, those that the feeds tell of or not."""
        part, _, after = head.sweep.partition(":")
        if part == PLACES:
            cursor, ids = await self.store.ledger.scan(slug, after or "0", AT_ONCE)
            left = cursor != "0"
        else:
            rows = await self.store.ledger.ids(slug, Status(part), after, AT_ONCE)
            ids, left = [id for id, _ in rows], len(rows) == AT_ONCE
            cursor = rows[-1][1] if rows else ""
        following = f"{SWEEP[part]}:" if SWEEP[part] else ""
        sweep = f"{part}:{cursor}" if left else following
        return await self._take(slug, head, replace(head, sweep=sweep, whole=head.whole or not sweep), ids)

    async def _go_on(self, slug: str, head: Head, reached: Head) -> bool:
        await self.store.ledger.write(slug, head, reached, {})
        return True

    async def _take(
        self, slug: str, head: Head, reached: Head, ids: Iterable[str], *, done: Iterable[str] = ()
    ) -> bool:
        """Take in some posts as they stand; always returns True, for whoever was slower looks again."""
        entries = await self._entries(slug, head, list(dict.fromkeys(ids)))
        await self.store.ledger.write(slug, head, reached, entries, done=list(done))
        return True

    async def _entries(self, slug: str, head: Head, ids: list[str]) -> dict[str, Entry | None]:
        posts = self.store.posts
        standings = dict(zip(ids, await posts.get_all(slug, ids), strict=True)) if ids else {}
        answered = {id for one in standings.values() if one and (id := answered_id(one.post))} - {*standings}
        others = list(answered)
        there = standings | (dict(zip(others, await posts.get_all(slug, others), strict=True)) if others else {})
        editions = await self._editions(slug, head.plan)
        heard = await self.store.moods.get_all(slug, ids) if ids else []
        amplifiers = await self.store.amplifiers.get_all(slug, ids)

        def entry(standing: Standing, heard: Heard, amplifiers: Sequence[str]) -> Entry | None:
            by_host = any(edition.has_host(standing.post) for edition in editions)
            answers = author(there.get(answered_id(standing.post) or ""))
            return row(standing, by_host=by_host, answered=answers, amplifiers=amplifiers, mood=heard.figure)

        found = zip(standings.items(), heard, amplifiers, strict=True)
        return {id: entry(one, its, by) if one else None for (id, one), its, by in found}

    async def _editions(self, slug: str, plan: str) -> list[Edition]:
        """Return the editions of an event's chat, whose hosts are known by them."""
        if not plan:
            return []
        known = self.hosted.get(slug)
        if known is None or known[0] != plan:
            known = self.hosted[slug] = await self.store.chats.planned(slug)
        return known[1]


def author(standing: Standing | None) -> str:
    """Return who wrote a post that is answered, "" once it was taken back."""
    return standing.post.author.uid if standing and standing.status is not Status.WITHDRAWN else ""


def whole(updates: list[Update], offset: int) -> bool:
    """Tell whether updates follow an offset, with none missing."""
    return bool(updates) and [one.offset for one in updates] == list(range(offset + 1, offset + 1 + len(updates)))

"""Cards as kept in Redis: who leads each, and what follows for the rest of it from what became of one of its posts.

What is to follow is written down with the change that it follows from, so whoever comes next finishes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from wall.core import authorship, card
from wall.core.moderation import Standing, Status
from wall.errors import StoreUnavailable
from wall.store.change import change_call
from wall.store.clues import NAMED, ids_of
from wall.store.database import Call, Script
from wall.store.keys import EventKeys
from wall.store.stamp import stamp

if TYPE_CHECKING:
    from wall.store.posts import Posts

SETTLED = Script("settled", after=("current", "append"))
TRIES = 30


class Cards:
    """The cards of every event, by slug."""

    def __init__(self, posts: Posts) -> None:
        self.posts = posts

    async def leads(self, slug: str, cards: Sequence[str]) -> list[Standing | None]:
        """Return which post leads each of some cards, None where there is none."""
        if not cards:
            return []
        kept = await self.posts.database.command("HMGET", EventKeys(slug).cards, *cards)
        return await self.posts.get_all(
            slug, [lead.decode() if lead else card for lead, card in zip(kept, cards, strict=True)]
        )

    async def named(self, slug: str, name: str) -> list[Standing]:
        """Return the posts that came lately and go by a name, or say that they were copied from it."""
        kept = await self.posts.database.command("GET", EventKeys(slug).clue(NAMED + name))
        found = await self.posts.get_all(slug, list(ids_of((kept or b"").decode())))
        return [one for one in found if one]

    async def settle(self, slug: str, *, now: datetime) -> None:
        """Finish what somebody left undone who changed a post of a card."""
        for id in await self.posts.database.command("HKEYS", EventKeys(slug).unsettled):
            await settle(self.posts, slug, id.decode(), now=now)


async def lead(posts: Posts, slug: str, id: str) -> Standing | None:
    """Return which post leads a card, if somebody may still be grouped behind it."""
    (found,) = await Cards(posts).leads(slug, [id])
    return None if found is None or found.status in (Status.GROUPED, Status.WITHDRAWN) else found


async def stir(posts: Posts, slug: str, id: str, *, now: datetime) -> None:
    """Look at a card once more, of which something changed that is told with it."""
    await posts.database.command("HINCRBY", EventKeys(slug).unsettled, id, 1)
    await settle(posts, slug, id, now=now)


async def settle(posts: Posts, slug: str, id: str, *, now: datetime) -> None:
    """Have a card's posts follow what became of one of them, until nothing more follows."""
    keys = EventKeys(slug)
    for _ in range(TRIES):
        changes, kept, ids = await posts.database.commands(
            ("HGET", keys.unsettled, id), ("HGET", keys.cards, id), ("SMEMBERS", keys.card(id)), atomic=True
        )
        if changes is None:
            return
        found = await posts.get_all(slug, sorted(one.decode() for one in ids))
        members = [one for one in found if one and card.card_of(one) == id]
        first = next((one for one in members if one.post.id == (kept.decode() if kept else id)), None)
        if first and await follow(posts, slug, first, [one for one in members if one is not first], now):
            continue
        if await written(posts, slug, id, changes, first, members, now):
            return
    raise StoreUnavailable("A card changed faster than it could be looked at.")


async def follow(posts: Posts, slug: str, first: Standing, members: Sequence[Standing], now: datetime) -> bool:
    """Do the next thing that follows for a card whose lead is `first`; returns whether there was any."""
    gone = first.status is Status.WITHDRAWN
    if not gone and any(one.bond == "original" and one.status is Status.WITHDRAWN for one in members):
        return await withdraw(posts, slug, [first], now)
    if await withdraw(posts, slug, card.orphans([first, *members]), now):
        return True
    next_one = card.heir(first, members)
    if next_one is None:
        return False
    if gone:
        call = change_call(EventKeys(slug), next_one, card.released(next_one), "grouped", now, leads=True)
    else:
        after, yields = card.taken_over(next_one, first, now)
        call = change_call(EventKeys(slug), next_one, after, "grouped", now, leads=True, along=(first, yields))
    await posts.database.run(call)  # What moved meanwhile is looked at again.
    if after_first := (await posts.get_all(slug, [first.post.id]))[0]:
        await posts.lead_answer(slug, first, after_first, now=now)
    return True


async def withdraw(posts: Posts, slug: str, standings: Sequence[Standing], now: datetime) -> bool:
    """Withdraw what is gone with another post of its card; returns whether there was any."""

    def withdrawn(standing: Standing) -> Standing | None:
        return None if standing.status is Status.WITHDRAWN else authorship.withdraw(standing, now)

    for standing in standings:
        # Without looking at the card again: that is what is being done.
        await posts.change(slug, standing.post.id, withdrawn, "withdrawn", now, settles=False)
    return bool(standings)


async def written(
    posts: Posts,
    slug: str,
    id: str,
    changes: bytes,
    first: Standing | None,
    members: Sequence[Standing],
    now: datetime,
) -> bool:
    """Write what is grouped behind the lead of a card; returns False when the card changed meanwhile."""
    keys = EventKeys(slug)
    behind = card.copies(members)
    change: dict[str, object] = stamp(now)
    if first:
        change |= {"id": first.post.id, "version": first.version, "was": first.status, "status": first.status}
    same = first is None or first.copies == behind
    written = await posts.database.run(
        Call(
            SETTLED,
            [
                keys.post(first.post.id if first else id),
                keys.feed("desk"),
                keys.head("desk"),
                keys.feed("public"),
                keys.head("public"),
                keys.unsettled,
            ],
            [msgspec.json.encode(change), id, changes, b"" if same else msgspec.json.encode(behind)],
        )
    )
    return bool(written)

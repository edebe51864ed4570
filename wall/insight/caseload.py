"""Reads who wants an answer at an event: the newest posts, how they sound, and what was answered."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from wall.core import speakers
from wall.core.caseload import Concern, Noted, Reply, concerns
from wall.core.event import Event
from wall.core.influence import Band
from wall.core.moderation import Standing, Status
from wall.core.watch import is_ours
from wall.store import Store

MOST_POSTS = 400
"""Of each status, the newest; what sounds unhappy is looked at beyond these."""
MOST_UNHAPPY = 200
MOST_ANSWERED = 100
"""Posts whose answers are read."""
READ = (Status.WAITING, Status.STASHED, Status.APPROVED)
SPAN = timedelta(days=3)


async def caseload(
    store: Store, event: Event, *, now: datetime, bands: Mapping[str, Band] | None = None
) -> list[Concern]:
    """Return everybody who may want an answer just now, those who want it first at the top.

    `bands` are those whom others listen to, by author, as far as that is known.
    """
    slug = event.slug
    standings = await newest(store, slug, since=now - SPAN)
    heard = await store.moods.get_all(slug, [one.post.id for one in standings])
    replies = await answers(store, event, standings)
    noted = [
        Noted(standing, sounds, replies.get(standing.post.id, ()))
        for standing, sounds in zip(standings, heard, strict=True)
    ]
    programme = await store.programmes.get(slug)
    return concerns(
        noted,
        event.watch,
        now=int(now.timestamp()),
        held=await store.cases.all(slug),
        bands=bands,
        speakers=speakers.handles(programme, (one.post.author for one in standings)),
    )


async def newest(store: Store, slug: str, *, since: datetime) -> list[Standing]:
    """Return the newest posts that wait or are shown, and those that sound unhappy, each once."""
    found: dict[str, Standing] = {}
    for status in READ:
        found |= {one.post.id: one for _place, one in await store.posts.page(slug, status, limit=MOST_POSTS)}
    unhappy = await store.moods.unhappy(slug, "newest", limit=MOST_UNHAPPY)
    said = await store.moods.said(slug, limit=MOST_UNHAPPY)
    missing = [id for id in dict.fromkeys((*unhappy, *said)) if id not in found]
    found |= {one.post.id: one for one in await store.posts.get_all(slug, missing) if one}
    return [one for one in found.values() if one.status in READ and one.post.created_at >= since]


async def answers(store: Store, event: Event, standings: list[Standing]) -> dict[str, list[Reply]]:
    """Return what answers posts, by their ids: what stands on the wall, the wall's own answer among it."""
    asked = [one for one in standings if one.replies or one.spoken]
    asked = sorted(asked, key=lambda one: one.post.created_at, reverse=True)[:MOST_ANSWERED]
    spoken = await store.posts.get_all(event.slug, [one.spoken for one in asked if one.spoken])
    ours = {one.post.id: one for one in spoken if one and one.visible}
    found = {}
    for one in asked:
        theirs = await store.threads.replies(event.slug, one.post.id) if one.replies else []
        told = {reply.post.id: reply for reply in theirs if reply.visible}
        if one.spoken in ours:
            told[one.spoken] = ours[one.spoken]
        found[one.post.id] = [
            Reply(int(reply.post.created_at.timestamp()), reply.post.author.uid, is_ours(event.watch, reply.post))
            for reply in told.values()
        ]
    return found

"""What is kept in Redis, and so told alike by every process: sources by kind, posts that wait. No event is named."""

import asyncio

from wall.core.measures import Tally
from wall.core.moderation import Status
from wall.errors import StoreUnavailable
from wall.store import Store

PATIENCE_SECONDS = 3.0
COUNTED = {
    "posts": ("wall_source_posts_total", "Posts that sources brought, by kind."),
    "edits": ("wall_source_edits_total", "Edits of posts that sources brought, by kind."),
    "deletes": (
        "wall_source_deletes_total",
        "Posts on the wall or waiting that their authors took back, by kind.",
    ),
    "set aside": ("wall_source_set_aside_total", "Posts that could not be read, by kind."),
    "errors": ("wall_source_errors_total", "Times that a source could not be read, by kind."),
}


class Kept:
    """The numbers, empty at first; `counted` are those of sources, by what they did."""

    def __init__(self) -> None:
        self.counted = {what: Tally(name, help, ("kind",)) for what, (name, help) in COUNTED.items()}
        self.states = Tally(
            "wall_sources", "Sources that are set up, by kind and state.", ("kind", "state"), "gauge"
        )
        self.lags = Tally(
            "wall_source_lag_seconds",
            "How long posts are on their way of late, of the slowest source of a kind.",
            ("kind",),
            "gauge",
        )
        self.waiting = Tally("wall_posts_waiting", "Posts that wait for a moderator, in all events.", (), "gauge")
        self.letters = Tally("wall_letters_waiting", "Letters to staff that are not sent yet.", (), "gauge")

    def all(self) -> list[Tally]:
        return [*self.counted.values(), self.states, self.lags, self.waiting, self.letters]


async def kept_tallies(store: Store) -> list[Tally]:
    """Return all of it; nothing while Redis is away."""
    kept = Kept()
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            kept.letters.set(to=await store.letters.how_many())
            for (kind, what), number in (await store.sources.totals()).items():
                kept.counted[what].set(kind, to=number)
            events = await store.events.all()
            sources = await store.sources.of([event.slug for event in events])
            for event, settings in zip(events, sources, strict=True):
                healths = await store.sources.healths(event.slug, [one.id for one in settings])
                for one, health in zip(settings, healths, strict=True):
                    kept.states.add(one.kind, health.state)
                    if health.usual_lag is not None:
                        slowest = max(health.usual_lag, kept.lags.values.get((one.kind,), 0.0))
                        kept.lags.set(one.kind, to=slowest)
                kept.waiting.add(by=(await store.posts.counts(event.slug))[Status.WAITING])
    except (StoreUnavailable, TimeoutError):
        return []
    return kept.all()

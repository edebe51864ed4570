"""What the sources of all events took in and how they fare, by kind, for Prometheus. Nothing of it names an event."""

import asyncio

from wall.core.measures import Tally
from wall.errors import StoreUnavailable
from wall.store import Store

PATIENCE_SECONDS = 3.0
STATES = "wall_sources"
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


async def source_tallies(store: Store) -> list[Tally]:
    """Return them as every process tells them alike, for they are counted in Redis; nothing while that is away."""
    tallies = {what: Tally(name, help, ("kind",)) for what, (name, help) in COUNTED.items()}
    states = Tally(STATES, "Sources that are set up, by kind and state.", ("kind", "state"), "gauge")
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            for (kind, what), number in (await store.sources.totals()).items():
                tallies[what].set(kind, to=number)
            for event in await store.events.all():
                settings = await store.sources.all(event.slug)
                healths = await store.sources.healths(event.slug, [one.id for one in settings])
                for one, health in zip(settings, healths, strict=True):
                    states.add(one.kind, health.state)
    except (StoreUnavailable, TimeoutError):
        return []
    return [*tallies.values(), states]

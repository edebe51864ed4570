"""Which events there are, for those who look at one after another."""

from collections.abc import Callable, Collection

from wall.store.database import Database
from wall.store.keys import EVENT_SLUGS, EventKeys


async def event_slugs(database: Database, among: Collection[str] | None = None) -> list[str]:
    """Return the slugs of all events, or of those of these that there are, in order."""
    if among is None:
        return sorted(slug.decode() for slug in await database.command("SMEMBERS", EVENT_SLUGS))
    if not among:
        return []
    there = await database.command("SMISMEMBER", EVENT_SLUGS, *among)
    return sorted(slug for slug, one in zip(among, there, strict=True) if one)


async def slugs_with(
    database: Database, key: Callable[[EventKeys], str], among: Collection[str] | None = None
) -> list[str]:
    """Return those events, of these or of all, of which there is something at a key."""
    slugs = await event_slugs(database, among)
    there = await database.commands(*(("EXISTS", key(EventKeys(slug))) for slug in slugs))
    return [slug for slug, one in zip(slugs, there, strict=True) if one]

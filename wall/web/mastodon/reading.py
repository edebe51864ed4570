"""The walls that a request is about: one below /e/{slug}, else all that are open to programs of others."""

from collections.abc import Sequence

from starlette.requests import Request

from wall.core.event import Event
from wall.core.timeline import Asked, Listed
from wall.errors import NotFound, StoreUnavailable
from wall.web import access
from wall.web.addresses import address
from wall.web.mastodon.door import Door
from wall.web.mastodon.patience import patiently
from wall.web.mastodon.status import passed_on
from wall.web.mastodon.walls import Wall, newest_first
from wall.web.state import state

MOST_WALLS = 12
"""So many of the newest events are read together where no hashtag says which one is meant."""


def door_of(request: Request, slug: str) -> Door:
    """Return how a request comes to an event."""
    return Door(address(request, ""), slug, plain="slug" in request.path_params)


async def wall_of(request: Request, slug: str) -> Wall:
    """Return the wall of an event as it is; as it last was, while Redis is away. Raises NotFound, StoreUnavailable."""
    walls = state(request)["walls"]
    try:
        async with patiently():
            return await walls.look(await access.outside(request, slug))
    except NotFound:
        walls.forget(slug)
        raise
    except StoreUnavailable:
        return walls.last(slug)


async def events_of(request: Request) -> Sequence[Event]:
    """Return the events that a request may be about; raises NotFound, and StoreUnavailable where nobody knows them."""
    slug = request.path_params.get("slug")
    if slug is not None:
        return [(await wall_of(request, slug)).event]
    walls, now = state(request)["walls"], state(request)["now"]()
    if not walls.listed(now):
        try:
            async with patiently():
                walls.list(await access.all_outside(request), now)
        except StoreUnavailable:
            if walls.listed_at is None:
                raise
    return walls.events


async def walls_of(request: Request) -> list[Wall]:
    """Return every wall that a request may be about, the newest event first."""
    events = newest_first(await events_of(request), state(request)["now"]().date())
    found = []
    for event in events[:MOST_WALLS]:
        try:
            found.append(await wall_of(request, event.slug))
        except NotFound:
            continue  # it was closed a moment ago
    return found


def merged(request: Request, walls: Sequence[Wall]) -> list[Listed]:
    """Return the statuses of several walls, the newest first."""
    all = [one for wall in walls for one in wall.timeline(door_of(request, wall.event.slug))]
    return all if len(walls) == 1 else sorted(all, key=lambda one: one.id, reverse=True)


def pins(request: Request, walls: Sequence[Wall], asked: Asked) -> list[Listed]:
    """Return what is pinned as the wall passes it on, where that is understood and the first page is asked for."""
    found: list[Listed] = []
    for wall in walls:
        door = door_of(request, wall.event.slug)
        if asked.newest and not door.plain:
            timeline, now = wall.timeline(door), state(request)["now"]()
            found += passed_on(door, wall.event, wall.pinned(door), timeline, now)
    return found

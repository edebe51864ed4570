"""What the organiser's page of an event says of its circles."""

import secrets
from typing import Any

from wall.core.event import Event
from wall.core.people import Person
from wall.web.state import State


async def team(services: State, event: Event) -> list[Person]:
    """Return who works on an event."""
    return [one for one in await services["store"].people.all() if one.may(event.slug, "speaker")]


async def circles_view(services: State, event: Event, who: Person) -> dict[str, Any]:
    """Return what an organiser sees of an event's circles: those that they are on the team of themselves."""
    if event.part_of is not None or event.circle is not None:
        return {"possible": False}
    there = [one for one in await services["store"].circles.of(event.slug) if who.may(one.slug, "moderator")]
    return {
        "possible": True,
        "nonce": secrets.token_hex(6),
        "team": [{"id": one.id, "name": one.name} for one in await team(services, event) if one.id != who.id],
        "there": [
            {
                "title": one.title,
                "url": f"/{one.slug}",
                "organise_url": f"/organise/{one.slug}" if who.may(one.slug, "organiser") else None,
            }
            for one in there
        ],
    }

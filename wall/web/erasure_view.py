"""What an event's page says of erasing it."""

from typing import Any

from wall.core.event import Event
from wall.core.people import Person
from wall.web.state import State
from wall.web.when import ago


async def erasure_view(services: State, event: Event, who: Person) -> dict[str, Any]:
    """Return what the section of an event's page shows."""
    wish = await services["store"].erasures.wished(event.slug)
    return {
        "two": services["config"].two_to_erase,
        "wish": {"name": wish.by_name, "at": ago(wish.at, services["now"]()), "own": wish.by == who.id}
        if wish
        else None,
    }

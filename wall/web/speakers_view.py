"""What the organiser's page of a programme says of its speakers."""

from typing import Any

from wall.core.event import Event
from wall.core.programme import Programme
from wall.core.speakers import called, named
from wall.web.state import State


async def speakers_view(services: State, event: Event, programme: Programme) -> list[dict[str, Any]]:
    """Return the speakers, each with who they are, or with whom of the team their name suggests."""
    people = [one for one in await services["store"].people.all() if one.may(event.slug, "speaker")]
    names = {one.id: one.name for one in people}
    by_name = {called(one.name): one for one in people}
    return [
        {
            "name": one,
            "is": names.get(programme.speaking.get(called(one), "")),
            "may_be": {"id": by_name[called(one)].id, "name": by_name[called(one)].name}
            if called(one) in by_name
            else None,
        }
        for one in named(programme)
    ]

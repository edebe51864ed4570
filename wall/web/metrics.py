"""What this process counts, for Prometheus; and how the streams count themselves."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wall.core.measures import exposition
from wall.core.near import near
from wall.core.people import Role
from wall.errors import NotAllowed
from wall.hub import Viewer
from wall.vitals import vitals
from wall.web.frames import Close
from wall.web.kept_metrics import kept_tallies
from wall.web.state import State, state

TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8"


@dataclass(slots=True)
class Ending:
    """Why a stream ended: one of our codes, or None when the viewer went."""

    code: Close | None = None


@contextmanager
def followed(services: State, road: str, role: Role) -> Iterator[Ending]:
    """Count a stream for as long as it is open, and then what ended it."""
    measures = services["measures"]
    measures.streams.add(road, role)
    ending = Ending()
    try:
        yield ending
    finally:
        measures.streams.add(road, role, by=-1)
        measures.ended.add(road, ending.code.name.lower() if ending.code else "gone")


def count_delivery(services: State, road: str, viewer: Viewer, updates: int) -> None:
    """Count a frame of updates that was written to a viewer."""
    lag = (services["now"]() - viewer.newest).total_seconds() if viewer.newest else 0.0
    services["measures"].delivered(road, updates, lag=lag)


async def metrics(request: Request) -> Response:
    """Return the numbers of this process, and what is kept in Redis, to callers in its own network."""
    if not near(request.client.host if request.client else None):
        raise NotAllowed("The numbers of this wall are for machines of its own network.")
    services = state(request)
    measures, hub = services["measures"], services["hub"]
    measures.caught_up.set(to=int(hub.caught_up))
    measures.channels.set(to=len(hub.channels))
    told = [*measures.all(), *vitals(), *await kept_tallies(services["store"])]
    return Response(exposition(told), media_type=TEXT_FORMAT, headers={"cache-control": "no-store"})


routes = [Route("/metrics", metrics)]

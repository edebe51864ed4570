"""The figures of an event for programs: what its page of figures counts, of the same scopes, as numbers."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from wall.core.counted import Counted
from wall.core.counts import Count, Wait
from wall.core.course import Course
from wall.core.event_figures import DeskFigures, EventFigures
from wall.web import access
from wall.web.figures import around_of, counted_of
from wall.web.figures_form import asked
from wall.web.figures_view import names_of
from wall.web.state import state
from wall.web.views import timestamp

NOTHING = Counted(EventFigures(), DeskFigures(), Course())


async def show(request: Request) -> JSONResponse:
    """Tell the figures of a scope; `counted` says whether all posts were counted once."""
    event = await access.event(request, "organiser", by_key=True)
    services = state(request)
    around = await around_of(services, event)
    chosen = asked(request.query_params, around)
    found = await counted_of(services, event, chosen.scope)
    figures, desk = (found or NOTHING).figures, (found or NOTHING).desk
    names = await names_of(services, event, [author for author, _posts in figures.top])
    team = {one.id: one.name for one in await services["store"].people.all()} if desk.decided else {}
    body = {
        "counted": found is not None,
        "scope": dict(chosen.values),
        **{name: getattr(figures, name) for name in NUMBERS},
        "first": at(figures.first),
        "last": at(figures.last),
        "gini": round(figures.gini, 4),
        "top": [{"name": names.get(author) or None, "posts": posts} for author, posts in figures.top],
        "hours": [{"at": at(hour), "posts": posts} for hour, posts in sorted(figures.hours.items())],
        **{name: counts(getattr(figures, name).items()) for name in BY_NAME},
        **{name: counts(getattr(figures, name)) for name in MOST_USED},
        **{name: [{"id": id, "number": number} for id, number in getattr(figures, name)] for name in MOST},
        "to_screen": waited(figures.to_screen),
        "desk": desk_view(desk, team),
    }
    return JSONResponse(body, headers={"cache-control": "no-store"})


NUMBERS = (
    "posts", "people", "new", "replies", "questions", "pictured", "mentioning", "linking", "reposts", "reactions",
    "half", "eighty",
)  # fmt: skip
BY_NAME = ("networks", "languages", "sessions", "where")
MOST_USED = ("hashtags", "links", "mentioned")
MOST = ("most_replied", "most_reposted", "most_reacted")


def desk_view(desk: DeskFigures, team: Mapping[str, str]) -> dict[str, Any]:
    decided = [{"name": team.get(person), "decisions": number} for person, number in desk.decided.items()]
    return {
        "came": desk.came,
        "statuses": dict(desk.statuses),
        "decided": sorted(decided, key=lambda one: -int(one["decisions"] or 0)),
        "approval_rate": desk.approval_rate,
        "to_decision": waited(desk.to_decision),
    }


def counts(found: Iterable[tuple[str, Count]]) -> list[dict[str, Any]]:
    rows = sorted(found, key=lambda one: (-one[1].posts, one[0]))
    return [{"name": name, "posts": one.posts, "people": one.people} for name, one in rows]


def waited(wait: Wait) -> dict[str, Any]:
    return {"number": wait.number, "median": round(wait.median, 3), "most": round(wait.most, 3)}


def at(seconds: int) -> str | None:
    return timestamp(datetime.fromtimestamp(seconds, UTC)) if seconds else None


routes = [Route("/organise/{slug}/figures.json", show)]

"""Accounts: those of authors, and `wall`, `pinned` and `sponsors`, by which the wall itself speaks."""

from collections.abc import Sequence
from typing import Any

from starlette.requests import Request

from wall.core.timeline import Asked, Listed, parse_asked
from wall.core.words import _
from wall.errors import NotFound
from wall.web.mastodon.account import OWN, PINNED, SPONSORS, WALL, answers_to, decimal, own_account
from wall.web.mastodon.answers import Answer, answering
from wall.web.mastodon.reading import door_of, merged, pins, walls_of
from wall.web.mastodon.sponsored import sponsored
from wall.web.mastodon.timelines import page, told
from wall.web.mastodon.walls import Wall
from wall.web.state import state

UNKNOWN = _("Nobody of this name is on the wall.")


@answering
async def lookup(request: Request) -> Answer:
    """Return the account of a name: one of the wall's own, or of an author who stands on it."""
    walls, asked = await walls_of(request), request.query_params.get("acct", "")
    host = door_of(request, "").host
    for one in accounts(request, walls):
        if answers_to(one, asked, host):
            return one, {}
    raise NotFound(UNKNOWN)


@answering
async def show(request: Request) -> Answer:
    """Return the account of an id."""
    for one in accounts(request, await walls_of(request)):
        if one["id"] == request.path_params["account"]:
            return one, {}
    raise NotFound(UNKNOWN)


def accounts(request: Request, walls: Sequence[Wall]) -> list[dict[str, Any]]:
    """Return every account there is; none where there is no wall."""
    if not walls:
        return []
    door, title = door_of(request, walls[0].event.slug), title_of(request, walls)
    return [
        *(own_account(door, name, title) for name in OWN),
        *(one.status["account"] for one in merged(request, walls)),
    ]


def title_of(request: Request, walls: Sequence[Wall]) -> str:
    return walls[0].event.title if len(walls) == 1 else door_of(request, "").host


@answering
async def statuses(request: Request) -> Answer:
    """Return the statuses of an account."""
    asked, walls, id = parse_asked(request.query_params), await walls_of(request), request.path_params["account"]
    if walls and id == decimal("own", WALL):
        return page(request, walls, asked)
    if walls and id == decimal("own", PINNED):
        return told(request, asked, asked.page(pinned(request, walls, asked)))
    if walls and id == decimal("own", SPONSORS):
        return told(request, asked, asked.page(sponsors(request, walls)))
    theirs = [one for one in merged(request, walls) if one.status["account"]["id"] == id]
    if not theirs:
        raise NotFound(UNKNOWN)
    return told(request, asked, asked.page(theirs))


def pinned(request: Request, walls: Sequence[Wall], asked: Asked) -> list[Listed]:
    """Return what is pinned, passed on by the wall unless whoever asks wants nothing that is."""
    if not asked.exclude_reblogs and (raised := pins(request, walls, asked)):
        return raised
    return [one for wall in walls for one in wall.pinned(door_of(request, wall.event.slug))]


def sponsors(request: Request, walls: Sequence[Wall]) -> list[Listed]:
    now = state(request)["now"]()
    return [
        one
        for wall in walls
        for one in sponsored(door_of(request, wall.event.slug), wall.event.title, wall.sponsors, now)
    ]

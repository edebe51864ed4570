"""How often a program may ask, told in the headers that Mastodon has for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from starlette.requests import Request

from wall.errors import StoreUnavailable
from wall.web.mastodon.patience import patiently
from wall.web.state import state
from wall.web.views import timestamp

MOST = 600
SECONDS = 60.0
"""A hall of sixty walls behind one address, each asking every six seconds."""


@dataclass(frozen=True, slots=True)
class Rate:
    """Whether somebody asked more often than they may, and the headers that say how often they may."""

    exceeded: bool = False
    headers: Mapping[str, str] = field(default_factory=dict)


async def count(request: Request) -> Rate:
    """Count a request. While Redis is away nobody is counted: what is answered then was read before."""
    services = state(request)
    caller = request.client.host if request.client else "here"
    try:
        async with patiently():
            tries, left = await services["store"].limits.count(f"mastodon {caller}", seconds=SECONDS)
    except StoreUnavailable:
        return Rate()
    exceeded = tries > MOST
    headers = {
        "x-ratelimit-limit": str(MOST),
        "x-ratelimit-remaining": str(max(0, MOST - tries)),
        "x-ratelimit-reset": timestamp(services["now"]() + timedelta(seconds=left)),
    }
    return Rate(exceeded, {**headers, "retry-after": str(int(left) + 1)} if exceeded else headers)

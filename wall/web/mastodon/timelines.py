"""Timelines: of a hashtag, of everything, and of what the room likes best."""

from collections.abc import Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request

from wall.core.hashtag import tagkey
from wall.core.timeline import Asked, Listed, ends, parse_asked
from wall.web.addresses import address
from wall.web.mastodon.answers import Answer, answering
from wall.web.mastodon.reading import events_of, merged, pins, wall_of, walls_of
from wall.web.mastodon.walls import Wall, tagged
from wall.web.state import state

BOUNDS = ("max_id", "since_id", "min_id")


@answering
async def of_hashtag(request: Request) -> Answer:
    """Return the wall of the event that has a hashtag; below /e/, with another hashtag, the posts that have that."""
    asked, tag = parse_asked(request.query_params), request.path_params["tag"]
    event = tagged(await events_of(request), tag, state(request)["now"]().date())
    if event is not None:
        return page(request, [await wall_of(request, event.slug)], asked)
    if "slug" not in request.path_params:
        return [], {}
    key, walls = tagkey(tag), await walls_of(request)
    found = [one for one in merged(request, walls) if any(tag["name"] == key for tag in one.status["tags"])]
    return told(request, asked, asked.page(found))


@answering
async def of_everything(request: Request) -> Answer:
    """Return what stands on every wall that is open to programs of others."""
    return page(request, await walls_of(request), parse_asked(request.query_params))


@answering
async def trends(request: Request) -> Answer:
    """Return what the room reacted to most."""
    asked = parse_asked(request.query_params)
    found = [one for one in merged(request, await walls_of(request)) if liked(one) > (0, 0)]
    best = sorted(found, key=liked, reverse=True)
    return [one.status for one in Asked(limit=asked.limit).page(best)], {}


def liked(listed: Listed) -> tuple[int, int]:
    return listed.status["favourites_count"], listed.status["reblogs_count"]


def page(request: Request, walls: Sequence[Wall], asked: Asked) -> Answer:
    """Return the page that is asked for of some walls, what is pinned first."""
    first = [one for one in pins(request, walls, asked) if asked.wants(one)]
    return told(request, asked, [*first, *asked.page(merged(request, walls))][: asked.limit])


def told(request: Request, asked: Asked, page: Sequence[Listed]) -> Answer:
    """Return a page with the addresses of those before and after it."""
    headers = {"link": links(request, *found)} if (found := ends(page)) else {}
    return [one.status for one in page], headers


def links(request: Request, oldest: int, newest: int) -> str:
    kept = [(name, value) for name, value in request.query_params.multi_items() if name not in BOUNDS]
    here = address(request, quote(request.scope["path"]))
    older, newer = (f"{here}?{urlencode([*kept, bound])}" for bound in (("max_id", oldest), ("min_id", newest)))
    return f'<{older}>; rel="next", <{newer}>; rel="prev"'

"""The pictures on an open wall, for pages of other sites: for as long as their posts are on it."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from wall.assets import folder
from wall.core.words import _
from wall.errors import NotFound
from wall.web.mastodon.answers import CORS
from wall.web.mastodon.reading import wall_of
from wall.web.pictures import SIZES
from wall.web.state import state

AGAIN = {**CORS, "cache-control": "no-cache"}
"""Caches ask each time, so that what left the wall leaves them."""
NO_PICTURE = _("This picture is not on the wall.")


async def of_post(request: Request) -> Response:
    """Return a picture of a post that stands on the wall."""
    post_id, picture, size = (request.path_params[name] for name in ("post_id", "picture_id", "size"))
    wall = await wall_of(request, request.path_params["slug"])
    shown = (one.post.pictures for one in wall.snapshot.standings if one.visible and one.post.id == post_id)
    if size not in SIZES or not any(picture == one.id for pictures in shown for one in pictures):
        raise NotFound(NO_PICTURE)
    return sent(request, state(request)["pictures"].open(picture, size), f'"{picture}-{size}"')


async def logo(request: Request) -> Response:
    """Return the logo of a sponsor."""
    picture = request.path_params["picture_id"]
    wall = await wall_of(request, request.path_params["slug"])
    if picture not in wall.sponsors.pictures:
        raise NotFound(NO_PICTURE)
    return sent(request, state(request)["pictures"].open(picture, "screen"), f'"{picture}"')


async def face(request: Request) -> Response:
    """Return what stands for the face of who has none."""
    await wall_of(request, request.path_params["slug"])
    headers = {**CORS, "cache-control": "public, max-age=3600"}
    return FileResponse(folder("static") / "img" / "icon-192.png", headers=headers)


def sent(request: Request, path: Path | None, etag: str) -> Response:
    if path is None:
        raise NotFound(NO_PICTURE)
    headers = {**AGAIN, "etag": etag}
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="image/webp", headers=headers)

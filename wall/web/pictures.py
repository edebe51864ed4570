"""Pictures of posts, from our own copies: for everybody while the post is on the wall, else for its moderators."""

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from wall.core.words import _
from wall.errors import NotAllowed, NotFound
from wall.web import access
from wall.web.state import state

SIZES = ("thumb", "screen")


async def show(request: Request) -> Response:
    """Return one picture of one post.

    The address names the post, so its status decides, at every request: caches must ask again each time, and
    a removal holds for them too.
    """
    event = await access.event(request, "viewer", by_key=True)
    services = state(request)
    post_id, picture_id, size = (request.path_params[name] for name in ("post_id", "picture_id", "size"))
    standing = await services["store"].posts.get(event.slug, post_id)
    if not standing.visible:
        try:
            await access.event(request, "moderator", by_key=True)
        except NotAllowed as error:
            raise NotFound(_("This picture is not on the wall.")) from error
    path = services["pictures"].open(picture_id, size) if size in SIZES else None
    if path is None or picture_id not in {picture.id for picture in standing.post.pictures}:
        raise NotFound(_("There is no such picture."))
    etag = f'"{picture_id}-{size}"'
    headers = {"cache-control": "private, no-cache", "etag": etag}
    if event.circle is None and standing.visible:
        headers["cross-origin-resource-policy"] = (
            "cross-origin"  # for readers of our feeds, who have none of our cookies
        )
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return FileResponse(path, media_type="image/webp", headers=headers)


routes = [Route("/{slug}/media/{post_id}/{picture_id}/{size}", show)]

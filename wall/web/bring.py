"""One post by its address: a moderator pastes it, sees what would come, and takes it in."""

from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.moderation import Standing, Status
from wall.core.people import Person
from wall.core.post import Post
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, SourceError
from wall.sources.implied import implied
from wall.sources.single.base import Sought
from wall.sources.single.registry import find
from wall.web import access
from wall.web.acts import entry
from wall.web.example import example
from wall.web.form import fields
from wall.web.state import State, state

MOST_PER_MINUTE = 20
THERE: dict[Status, str] = {
    Status.WAITING: _("It is here already: waiting"),
    Status.APPROVED: _("It is here already: approved"),
    Status.REJECTED: _("It is here already: rejected"),
    Status.REMOVED: _("It is here already: removed"),
    Status.STASHED: _("It is here already: stashed"),
    Status.WITHDRAWN: _("It is here already: withdrawn"),
    Status.GROUPED: _("It is here already: grouped with another post"),
}
LISTS: dict[Status, str] = {
    Status.WAITING: _("To the waiting posts"),
    Status.APPROVED: _("To the approved posts"),
    Status.REJECTED: _("To the rejected posts"),
    Status.REMOVED: _("To the removed posts"),
    Status.STASHED: _("To the stashed posts"),
    Status.WITHDRAWN: _("To the withdrawn posts"),
}


async def show(request: Request) -> HTMLResponse:
    """Show where an address is pasted."""
    event, who = await access.staff(request, "moderator")
    return page(request, event, who, brought=await just_brought(request, event))


async def bring(request: Request) -> Response:
    """Look for the post at an address, and show what would come; take it in once somebody has seen just that."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    address = values.get("address", "")
    try:
        post = await looked_for(services, event, who, address)
    except (InvalidInput, SourceError) as error:
        return page(request, event, who, address=address, error=error.message)
    if there := await already(services, event, post):
        return page(request, event, who, address=address, there=there)
    if values.get("seen") != post.content_hash:
        changed = bool(values.get("seen"))
        return page(request, event, who, address=address, found=post, changed=changed)
    # Before the act, so that none goes untold.
    await services["store"].audit.note(event.slug, entry(request, who, "brought", post=post.id))
    await services["acceptor"].accept(event.slug, [post])
    there = await already(services, event, post)
    if there is None:
        refused = _("It was not taken in: its author left this wall, or asks programs to keep away.")
        return page(request, event, who, address=address, error=refused)
    return RedirectResponse(f"/{event.slug}/moderate/bring?brought={post.id}", HTTPStatus.SEE_OTHER)


async def looked_for(services: State, event: Event, who: Person, address: str) -> Post:
    """Return the post at an address, as one that this moderator brings; raises InvalidInput or SourceError."""
    if not await services["store"].limits.allow(
        f"{event.slug} brought by {who.id}", most=MOST_PER_MINUTE, seconds=60
    ):
        raise InvalidInput(_("That was a lot at once. Wait a minute, then go on."), field="address")
    sources = await services["store"].sources.all(event.slug)
    post = await find(Sought(address=address, fetch=services["fetch"], sources=sources, now=services["now"]()))
    return replace(post, source=replace(post.source, brought_by=who.name), tags=implied(event, post.tags))


async def already(services: State, event: Event, post: Post) -> Standing | None:
    return (await services["store"].posts.get_all(event.slug, [post.id]))[0]


def page(
    request: Request,
    event: Event,
    who: Person,
    *,
    address: str = "",
    found: Post | None = None,
    there: Standing | None = None,
    brought: Standing | None = None,
    changed: bool = False,
    error: str | None = None,
) -> HTMLResponse:
    shown = there or brought or (Standing(post=found, status=Status.WAITING) if found else None)
    return state(request)["pages"].page(
        "moderate/bring.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        address=address,
        error=error,
        changed=changed,
        post=example(request, event, shown) if shown else None,
        original=shown.post.url if shown else None,
        there=there.status if there else None,
        there_words=THERE[there.status] if there else "",
        lists=LISTS,
        brought=brought.status if brought else None,
        seen=found.content_hash if found else "",
        media=len(found.media) if found else 0,
        warned=bool(found and (found.sensitive or found.content_warning)),
    )


async def just_brought(request: Request, event: Event) -> Standing | None:
    """Return how the post stands that was taken in just now."""
    id = request.query_params.get("brought", "")
    try:
        return await state(request)["store"].posts.get(event.slug, id) if id else None
    except NotFound:
        return None


routes = [
    Route("/{slug}/moderate/bring", show),
    Route("/{slug}/moderate/bring", bring, methods=["POST"]),
]

"""What screens show: they say so themselves once it is painted, and moderators are told who has confirmed what."""

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from wall.core.curtain import CurtainKind
from wall.core.feed import Cursor
from wall.core.people import ScreenKind
from wall.core.showing import Script, Showing, Witness, witnesses
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.body import read
from wall.web.state import State, state
from wall.web.views import timestamp

WITNESSES: tuple[ScreenKind, ...] = ("screen", "overlay", "stage")
"""What stands before an audience or a speaker, by a link of ours, and must confirm what left the wall."""
NO_STORE = {"cache-control": "no-store"}

Device = Annotated[str, msgspec.Meta(pattern="^[a-z0-9]{16,40}$")]
Words = Annotated[str, msgspec.Meta(max_length=40)]
Number = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class ShowingForm(msgspec.Struct):
    """What a screen sends once it has painted: how far it is, and what stands there."""

    device: Device
    cursor: Words
    posts: Number = 0
    curtain: CurtainKind = "open"
    version: Words = ""
    width: Number = 0
    height: Number = 0
    road: Literal["websocket", "sse", "polling", ""] = ""
    page: Words = ""
    scene: Annotated[str, msgspec.Meta(max_length=80)] = ""
    post: Annotated[str, msgspec.Meta(max_length=80)] = ""
    told: Words = ""
    did: Words = ""
    left: bool = False
    missing: tuple[Script, ...] = ()


async def note_screen(request: Request) -> Response:
    """Note what a screen shows."""
    return await note(request, "screen")


async def note_overlay(request: Request) -> Response:
    """Note what an overlay shows."""
    return await note(request, "overlay")


async def note_stage(request: Request) -> Response:
    """Note what a stage view shows."""
    return await note(request, "stage")


async def note(request: Request, kind: ScreenKind) -> Response:
    """Note what one of a kind shows. Staff who only look at one are no witness of a hall."""
    event = await access.event(request, kind)
    services = state(request)
    form = await read(request, ShowingForm)
    if Cursor.parse(form.cursor) is None:
        raise InvalidInput(_("A screen says up to which cursor it is true."), field="cursor")
    screen = await access.screen(request, event.slug, kind)
    if screen:
        now = services["now"]()
        said = msgspec.structs.asdict(form)
        showing = Showing(screen=screen.id, reached_at=now, seen_at=now, told_at=now, **said)
        await services["store"].showings.note(event.slug, showing)
    return Response(status_code=204, headers=NO_STORE)


async def show(request: Request) -> JSONResponse:
    """Tell which screens have painted what a post or the curtain came to last, or a cursor."""
    event = await access.event(request, "moderator")
    services = state(request)
    store = services["store"]
    tip = await store.feeds.tip(event.slug, "public")
    wanted = await asked(request, event.slug, tip)
    at = await happened_at(services, event.slug, wanted)
    now = services["now"]()
    found = witnesses(
        [one for one in await store.screens.all(event.slug) if one.kind in WITNESSES],
        await store.showings.all(event.slug),
        wanted,
        tip,
        now=now,
    )
    body = {
        "cursor": str(wanted),
        "at": timestamp(at) if at else None,
        "now": timestamp(now),
        "screens": [witness_view(one, at, now) for one in found],
    }
    return JSONResponse(body, headers=NO_STORE)


async def asked(request: Request, slug: str, tip: Cursor) -> Cursor:
    """Return the place of the public feed that a desk asks about."""
    store = state(request)["store"]
    if text := request.query_params.get("cursor"):
        cursor = Cursor.parse(text)
        if cursor is None:
            raise InvalidInput(_("This is no cursor."), field="cursor")
        return cursor
    if post_id := request.query_params.get("post"):
        return Cursor(tip.epoch, (await store.posts.told(slug, [post_id]))[0])
    return Cursor(tip.epoch, await store.curtains.told(slug))


async def happened_at(services: State, slug: str, wanted: Cursor) -> datetime | None:
    """Return when the update of a place happened, if there is one and it is still kept."""
    if not wanted.offset:
        return None
    updates = await services["store"].feeds.after(slug, "public", wanted.offset - 1, limit=1)
    return updates[0].at if updates and updates[0].offset == wanted.offset else None


def witness_view(witness: Witness, at: datetime | None, now: datetime) -> dict[str, Any]:
    """Return what a desk knows of a screen. Times are in seconds; clocks of several machines differ a little."""
    after = (witness.painted_at - at).total_seconds() if witness.painted_at and at else None
    return {
        "id": witness.screen.id,
        "name": witness.screen.name,
        "painted": witness.painted_at is not None,
        "after": max(0.0, after) if after is not None else None,
        "silent": max(0.0, (now - witness.heard_at).total_seconds()),
        "devices": [device_view(one, now) for one in witness.showings],
    }


def device_view(showing: Showing, now: datetime) -> dict[str, Any]:
    return {
        "cursor": showing.cursor,
        "posts": showing.posts,
        "curtain": showing.curtain,
        "version": showing.version,
        "width": showing.width,
        "height": showing.height,
        "road": showing.road,
        "scene": showing.scene,
        "post": showing.post,
        "missing": list(showing.missing),
        "silent": max(0.0, (now - showing.seen_at).total_seconds()),
    }


routes = [
    Route("/{slug}/screen/showing", note_screen, methods=["POST"]),
    Route("/{slug}/overlay/showing", note_overlay, methods=["POST"]),
    Route("/{slug}/stage/showing", note_stage, methods=["POST"]),
    Route("/{slug}/moderate/screens", show),
]

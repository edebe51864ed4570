"""The overlay: a see-through page over an event's video, and the desk's hand on it."""

from dataclasses import replace
from typing import Any, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall.core.curtain import Curtain
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.overlay import OVERLAY_FORMS, Overlay, OverlayForm
from wall.core.words import _
from wall.errors import ChangedMeanwhile, NotFound
from wall.web import access, frames
from wall.web.acts import entry
from wall.web.body import read
from wall.web.screen import exchange, opening, stream_url
from wall.web.state import State, state
from wall.web.views import timestamp

NO_STORE = {"cache-control": "no-store"}
WORDS_SHOWN = 160


class OverlayAct(msgspec.Struct):
    """What a desk sends: the post that it wants there as it was seen (`hash`), or that it saw there and wants off."""

    act: Literal["show", "off", "form"]
    post: str = ""
    hash: str = ""
    form: OverlayForm | None = None


# What lies over the video


async def show(request: Request) -> HTMLResponse:
    """Show the overlay: nothing, until the desk sends a post. `?form=` lets one link show one form only."""
    event = await access.event(request, "overlay")
    services = state(request)
    screen = await access.screen(request, event.slug, "overlay")
    if screen:
        await services["store"].screens.saw(event.slug, screen, now=services["now"]())
    form = request.query_params.get("form")
    return services["pages"].page(
        "overlay/overlay.html",
        event=event,
        form=form if form in OVERLAY_FORMS else None,
        cursor=str(await services["store"].feeds.tip(event.slug, "public")),
        stream_url=await stream_url(services, event.slug, screen, path="overlay"),
        showing_url=f"/{event.slug}/overlay/showing" if screen else None,
    )


async def show_open(request: Request) -> HTMLResponse:
    """Show the page that an overlay's link opens."""
    return opening(request, "overlay")


async def open_overlay(request: Request) -> Response:
    """Exchange an overlay's token for its cookie."""
    return await exchange(request, "overlay")


async def show_state(request: Request) -> JSONResponse:
    """Tell what lies over the video now."""
    event = await access.event(request, "overlay")
    services = state(request)
    overlay, standing, curtain = await current(services, event)
    may = overlay.may_show(standing, curtain)
    post = frames.post_html(event.slug, standing, services["pages"]) if standing and may else None
    body = {
        "version": overlay.version,
        "form": overlay.form,
        "curtain": curtain.kind,
        "post": {"id": post["id"], "html": str(post["html"])} if post else None,
    }
    return JSONResponse(body, headers=NO_STORE)


async def current(services: State, event: Event) -> tuple[Overlay, Standing | None, Curtain]:
    """Return what the desk has sent there, how that post stands, and the curtain before it."""
    store = services["store"]
    overlay = await store.outputs.overlay(event.slug)
    (standing,) = await store.posts.get_all(event.slug, [overlay.post_id]) if overlay.post_id else [None]
    curtain = await store.curtains.get(event.slug)
    return overlay, standing, curtain


# The desk


async def show_desk(request: Request) -> JSONResponse:
    """Tell a desk what lies over the video, who sent it there, and whether there is an overlay at all."""
    event = await access.event(request, "moderator")
    return JSONResponse(await desk_view(state(request), event), headers=NO_STORE)


async def create_act(request: Request) -> JSONResponse:
    """Send a post over the video, take it off, or change its form; answers with what lies there then."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    act = await read(request, OverlayAct)
    now = services["now"]()

    def changed(overlay: Overlay) -> Overlay:
        if act.act == "form":
            return replace(overlay, form=act.form or overlay.form, version=overlay.version + 1)
        if act.act == "off" and act.post and overlay.post_id not in ("", act.post):
            raise ChangedMeanwhile(
                _("%(name)s changed the overlay meanwhile. Look again.", name=overlay.by_name or _("Somebody"))
            )
        return Overlay(
            post_id=act.post if act.act == "show" else "",
            content_hash=act.hash if act.act == "show" else "",
            form=act.form or overlay.form,
            since=now,
            by=who.id,
            by_name=who.name,
            version=overlay.version + 1,
        )

    if act.act == "show":
        await check(services, event, act)
    about = {"show": "Sent there", "off": "Taken off", "form": f"As {act.form}"}[act.act]
    told = entry(request, who, "overlay", about=about, post=act.post or None)
    await services["store"].outputs.change(event.slug, Overlay, changed, now=now, entry=told)
    return JSONResponse(await desk_view(services, event), headers=NO_STORE)


async def check(services: State, event: Event, act: OverlayAct) -> None:
    """Refuse a post that is not on the wall, or not as the moderator saw it."""
    standing = await services["store"].posts.get(event.slug, act.post)
    if not standing.visible:
        raise NotFound(_("This post is not on the wall, so it cannot lie over the video."))
    if standing.post.content_hash != act.hash:
        raise ChangedMeanwhile(_("Its author changed this post meanwhile. Read it again first."))


async def desk_view(services: State, event: Event) -> dict[str, Any]:
    overlay, standing, curtain = await current(services, event)
    screens = await services["store"].screens.all(event.slug)
    shown = None
    if overlay.post_id and standing and overlay.may_show(standing, Curtain()):
        author = standing.post.author
        shown = {
            "post": overlay.post_id,
            "name": author.name or author.handle,
            "words": standing.post.text[:WORDS_SHOWN],
            "since": timestamp(overlay.since) if overlay.since else None,
            "by": overlay.by_name,
            "hidden": not overlay.may_show(standing, curtain),
        }
    return {
        "overlays": sum(one.kind == "overlay" for one in screens),
        "form": overlay.form,
        "version": overlay.version,
        "shown": shown,
    }


routes = [
    Route("/{slug}/overlay", show),
    Route("/{slug}/overlay/open", show_open),
    Route("/{slug}/overlay/open", open_overlay, methods=["POST"]),
    Route("/{slug}/overlay/state", show_state),
    Route("/{slug}/moderate/overlay", show_desk),
    Route("/{slug}/moderate/overlay", create_act, methods=["POST"]),
]

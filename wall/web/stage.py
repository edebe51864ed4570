"""The stage view: what those who speak see of the wall and are told by the desk, and the desk's hand on it."""

from datetime import timedelta
from typing import Annotated, Literal

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.stage import LONGEST_MESSAGE, Stage, StageMessage
from wall.core.text import clean
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.body import read
from wall.web.screen import SCREEN_MARK, exchange, opening, stream_url, worker_of
from wall.web.stage_view import desk_view, stage_view
from wall.web.state import state

NO_STORE = {"cache-control": "no-store"}

Id = Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9]{8,64}$")]
Minutes = Annotated[int, msgspec.Meta(ge=0, le=720)]


class StageAct(msgspec.Struct):
    """What a desk sends: a message to tell, one to take away, or in how many minutes the session ends (None: never)."""

    act: Literal["tell", "clear", "end"]
    id: Id | None = None
    text: str = ""
    minutes: Minutes | None = None


class SeenForm(msgspec.Struct):
    """What a stage view sends once it has painted messages."""

    ids: Annotated[list[Id], msgspec.Meta(max_length=20)]


# Before the speakers


async def show(request: Request) -> HTMLResponse:
    """Show the stage view; what stands on it is fetched, and kept for when there is no server."""
    event = await access.event(request, "stage")
    services = state(request)
    screen = await access.screen(request, event.slug, "stage")
    if screen:
        await services["store"].screens.saw(event.slug, screen, now=services["now"]())
    page = services["pages"].page(
        "stage/stage.html",
        event=event,
        cursor=str(await services["store"].feeds.tip(event.slug, "public")),
        stream_url=await stream_url(services, event.slug, screen, path="stage"),
        showing_url=f"/{event.slug}/stage/showing" if screen else None,
        seen_url=f"/{event.slug}/stage/seen" if screen else None,
        next_url=f"/{event.slug}/moderate/questions/next" if await leads(request, event) else None,
    )
    page.headers.update(SCREEN_MARK)
    return page


async def leads(request: Request, event: Event) -> bool:
    """Tell whether whoever looks may go on to the next question: a stage view's link alone changes nothing."""
    signed_in = await access.session(request) if event.questions != "off" else None
    return signed_in is not None and signed_in[1].may(event.slug, "moderator")


async def show_open(request: Request) -> HTMLResponse:
    """Show the page that a stage view's link opens."""
    return opening(request, "stage")


async def open_stage(request: Request) -> Response:
    """Exchange a stage view's token for its cookie."""
    return await exchange(request, "stage")


async def worker(request: Request) -> Response:
    """Return the service worker, which keeps the page for when there is no server."""
    return await worker_of(request, "stage")


async def show_state(request: Request) -> JSONResponse:
    """Tell what stands on the stage view now."""
    event = await access.event(request, "stage")
    services = state(request)
    screen = await access.screen(request, event.slug, "stage")
    return JSONResponse(await stage_view(services, event, screen.room if screen else ""), headers=NO_STORE)


async def note_seen(request: Request) -> Response:
    """Note that messages were painted on a stage. Staff who only look at one are no witness of it."""
    event = await access.event(request, "stage")
    services = state(request)
    form = await read(request, SeenForm)
    if await access.screen(request, event.slug, "stage"):
        now = services["now"]()
        ids = tuple(form.ids)
        await services["store"].outputs.change(event.slug, Stage, lambda stage: stage.seen(ids, at=now), now=now)
    return Response(status_code=204, headers=NO_STORE)


# The desk


async def show_desk(request: Request) -> JSONResponse:
    """Tell a desk what the speakers were told, whether they have it before them, and until when they speak."""
    event = await access.event(request, "moderator")
    services = state(request)
    return JSONResponse(
        await desk_view(services, event, await services["store"].outputs.stage(event.slug)), headers=NO_STORE
    )


async def create_act(request: Request) -> JSONResponse:
    """Tell the speakers something, take it away, or say when the session ends; answers with what stands there then."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    act = await read(request, StageAct)
    now = services["now"]()
    text = clean(act.text, limit=LONGEST_MESSAGE, lines=1)
    if act.act != "end" and not act.id:
        raise InvalidInput(_("A message has an id."), field="id")
    if act.act == "tell" and not text:
        raise InvalidInput(_("Write what the speakers should read."), field="text")

    def changed(stage: Stage) -> Stage:
        match act.act:
            case "tell":
                return stage.told(StageMessage(id=act.id or "", text=text, by_name=who.name, at=now))
            case "clear":
                return stage.without(act.id or "")
            case "end":
                at = None if act.minutes is None else now + timedelta(minutes=act.minutes)
                return stage.ending(at, now=now)

    about = {"tell": f"“{text}”", "clear": "Took a message away", "end": ending_words(act.minutes)}[act.act]
    told = entry(request, who, "stage", about=about)
    stage = await services["store"].outputs.change(event.slug, Stage, changed, now=now, entry=told)
    return JSONResponse(await desk_view(services, event, stage), headers=NO_STORE)


def ending_words(minutes: int | None) -> str:
    return "Took back when the session ends" if minutes is None else f"The session ends in {minutes} min"


routes = [
    Route("/{slug}/stage", show),
    Route("/{slug}/stage/open", show_open),
    Route("/{slug}/stage/open", open_stage, methods=["POST"]),
    Route("/{slug}/stage/worker.js", worker),
    Route("/{slug}/stage/state", show_state),
    Route("/{slug}/stage/seen", note_seen, methods=["POST"]),
    Route("/{slug}/moderate/stage", show_desk),
    Route("/{slug}/moderate/stage", create_act, methods=["POST"]),
]

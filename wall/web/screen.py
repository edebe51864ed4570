"""The projector's page: opened by a token that reads one event, and shows what is approved."""

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from wall import __version__
from wall.assets import folder
from wall.core.event import Event
from wall.core.people import Screen, ScreenKind
from wall.core.tickets import make_ticket
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed
from wall.web import access, frames
from wall.web.brands import brand_view
from wall.web.error_pages import wants_page
from wall.web.join_page import form_source
from wall.web.live import stream_ticket
from wall.web.pairing import SCREEN_COOKIE_SECONDS as COOKIE_SECONDS
from wall.web.pairing import pairing_page
from wall.web.plan import PREVIEW, admitted, embedded, plan
from wall.web.plan import routes as plan_routes
from wall.web.qr import qr_svg
from wall.web.scenes import SCRIPTS, SHEETS
from wall.web.security import IN_OUR_FRAME
from wall.web.state import State, state

SCREEN_POSTS = 120
SCREEN_MARK = {"wall-page": "screen"}


async def show(request: Request) -> HTMLResponse:
    """Show the wall on a projector; on one that was taken back, how it is paired anew."""
    try:
        event, screen = await admitted(request)
    except NotAllowed:
        if await was_screen(request):
            return pairing_page(request, gone=request.path_params["slug"])
        raise
    services = state(request)
    preview = PREVIEW in request.query_params
    if screen:
        await services["store"].screens.saw(event.slug, screen, now=services["now"]())
    snapshot = await services["hub"].snapshot(event.slug, "public", limit=SCREEN_POSTS)
    theme = request.query_params.get("theme")
    tries = preview or "look" in request.query_params
    runs = await plan(request, event, screen)
    brand = await services["store"].brands.get(event.slug)
    page = services["pages"].page(
        "screen/screen.html",
        event=event,
        theme=theme if theme in ("dark", "light") else None,
        posts=[
            {"id": standing.post.id, "html": services["pages"].post(event.slug, standing)}
            for standing in snapshot.standings
        ],
        pinned=[standing.post.id for standing in snapshot.standings if standing.pinned],
        curtain=frames.curtain(snapshot.curtain),
        held_back=[
            standing.post.id
            for standing in snapshot.standings
            if snapshot.curtain.holds_back(standing.approved_at)
        ],
        cursor=str(snapshot.cursor),
        stream_url=await stream_url(services, event.slug, screen),
        feed_url=f"/{event.slug}/feed",
        showing_url=f"/{event.slug}/screen/showing" if screen else None,
        version=__version__,
        look=runs["screen"]["look"],
        brand=brand_view(brand, event),
        plan=embedded(runs),
        plan_url=f"/{event.slug}/screen/plan{f'?{request.query_params}' if tries else ''}",
        preview=preview,
        scene_sheets=SHEETS,
        scene_scripts=SCRIPTS,
        live_url=address(request, event),
        join={"url": join_address(request, event), "qr_url": f"/{event.slug}/screen/join.svg"}
        if await form_source(services, event)
        else None,
    )
    page.headers.update({"content-security-policy": IN_OUR_FRAME} if preview else SCREEN_MARK)
    if screen:
        keep_cookie(request, page)
    return page


async def was_screen(request: Request) -> bool:
    """Tell whether a browser that may show nothing is a machine in a hall, and no person who looks for something."""
    name = access.cookie(request, access.screen_cookie("screen", request.path_params["slug"]))
    return wants_page(request) and name in request.cookies and await access.session(request) is None


def keep_cookie(request: Request, page: Response) -> None:
    """Let the browser keep a screen's cookie for as long again: some machines learn the date late."""
    slug = request.path_params["slug"]
    token = request.cookies.get(access.cookie(request, access.screen_cookie("screen", slug)))
    if token:
        access.set_cookie(request, page, access.screen_cookie("screen", slug), token, seconds=COOKIE_SECONDS)


async def stream_url(services: State, slug: str, screen: Screen | None, *, path: str = "screen") -> str:
    """Return a screen's stream. Staff who look at one are let in by who they are, and asked again meanwhile."""
    stream = f"/{slug}/{path}/stream"
    return f"{stream}?ticket={await stream_ticket(services, slug, screen)}" if screen else stream


async def show_open(request: Request) -> HTMLResponse:
    """Show the page that a screen's link opens; its script hands the token of the link's fragment to `open_screen`."""
    return opening(request, "screen")


def opening(request: Request, kind: ScreenKind) -> HTMLResponse:
    """Return the page behind the link of a kind."""
    page = state(request)["pages"].page("screen/open.html", slug=request.path_params["slug"], kind=kind)
    page.headers["wall-page"] = "open"
    return page


async def open_screen(request: Request) -> Response:
    """Exchange a screen's token for its cookie."""
    return await exchange(request, "screen")


async def exchange(request: Request, kind: ScreenKind) -> Response:
    """Exchange a token for the cookie that opens the page of its kind, and nothing else."""
    slug = request.path_params["slug"]
    services = state(request)
    token = (await request.form()).get("token")
    if not isinstance(token, str):
        raise InvalidInput(_("A screen is opened by its whole link."))
    screen = await access.of_kind(request, slug, token, kind)
    await services["store"].screens.saw(slug, screen, now=services["now"]())
    answer = JSONResponse({"url": f"/{slug}/{kind}"})
    access.set_cookie(request, answer, access.screen_cookie(kind, slug), token, seconds=COOKIE_SECONDS)
    return answer


async def join_code(request: Request) -> Response:
    """Return the QR code that leads a phone to the form, with a ticket that soon ends; the screen asks for it anew."""
    event = await access.event(request, "screen")
    services = state(request)
    way_in = f"{join_address(request, event)}?k={await ticket(services, event.slug)}"
    return Response(qr_svg(way_in), media_type="image/svg+xml", headers={"cache-control": "no-store"})


async def worker(request: Request) -> Response:
    """Return the screen's service worker, which keeps the last good wall for when there is no server."""
    return await worker_of(request, "screen")


async def worker_of(request: Request, kind: ScreenKind) -> Response:
    """Return the worker that keeps the page of a kind, and nothing else of the event."""
    await access.event(request, "viewer")
    path = folder("static") / "js" / "workers" / "screen.js"
    scope = f"/{request.path_params['slug']}/{kind}"
    headers = {"cache-control": "no-cache", "service-worker-allowed": scope}
    return FileResponse(path, media_type="text/javascript", headers=headers)


async def watchdog(request: Request) -> Response:
    """Return the worker that notices a hung page; it lives where the service worker hears it."""
    await access.event(request, "viewer")
    path = folder("static") / "js" / "workers" / "watchdog.js"
    return FileResponse(path, media_type="text/javascript", headers={"cache-control": "no-cache"})


def join_address(request: Request, event: Event) -> str:
    """Return the address of the form, as people can type it."""
    return f"{address(request, event)}/join"


def address(request: Request, event: Event) -> str:
    """Return the address of the live page, where everything approved is."""
    base = state(request)["config"].public_url or f"{request.url.scheme}://{request.headers['host']}"
    return f"{base}/{event.slug}"


async def ticket(services: State, slug: str) -> str:
    return make_ticket(await services["store"].screens.secret(slug), slug, now=services["now"]())


routes = [
    Route("/{slug}/screen", show),
    Route("/{slug}/screen/open", show_open),
    Route("/{slug}/screen/open", open_screen, methods=["POST"]),
    Route("/{slug}/screen/join.svg", join_code),
    *plan_routes,
    Route("/{slug}/screen/worker.js", worker),
    Route("/{slug}/screen/watchdog.js", watchdog),
]

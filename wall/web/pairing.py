"""Pairing a machine like a television: it shows a code, an organiser types it, and the machine becomes a screen."""

from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.assets import folder
from wall.core.event import Event
from wall.core.pairing import read_code
from wall.core.people import Screen
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotAllowed, NotSignedIn
from wall.store.pairings import MOST_WAITING
from wall.store.screens import fingerprint
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.error_pages import wants_page
from wall.web.form import Trouble, fields
from wall.web.language import say
from wall.web.qr import qr_svg
from wall.web.state import state

COOKIE = "pairing"
COOKIE_SECONDS = 24 * 3600
SCREEN_COOKIE_SECONDS = 400 * 24 * 3600  # as long as browsers keep one
WINDOW_SECONDS = 300
MOST_CODES = 60  # from one address: a hall of machines behind one router
TRIES = 10
RENEW_SECONDS = 30  # before its end, so that nobody types a code that is over
MOST_SCREENS = 100
LONGEST_TOKEN = 100
NO_STORE = {"cache-control": "no-store"}
TOO_MANY = _("Too many machines ask for a code. This one tries again by itself.")
NO_MACHINE = _("No machine shows this code now. Codes change every few minutes: read it once more.")


# The machine


async def show(request: Request) -> HTMLResponse:
    """Show the page on which a machine shows its code; its script asks for that."""
    return pairing_page(request)


def pairing_page(request: Request, *, gone: str | None = None) -> HTMLResponse:
    """Return the pairing page; with `gone`, in the place of an event's screen that was taken back."""
    page = state(request)["pages"].page(
        "screen/pair.html",
        status=HTTPStatus.FORBIDDEN if gone else HTTPStatus.OK,
        gone=gone or "",
        place=address(request, "/screen/pair").split("://")[-1],
    )
    page.headers["wall-page"] = "gone" if gone else "screen"
    return page


async def worker(request: Request) -> FileResponse:
    """Return the worker that keeps this page, so that a machine which starts here starts without a server, too."""
    path = folder("static") / "js" / "workers" / "screen.js"
    headers = {"cache-control": "no-cache", "service-worker-allowed": "/screen"}
    return FileResponse(path, media_type="text/javascript", headers=headers)


async def ask(request: Request) -> Response:
    """Tell a machine its code, or, once somebody has typed that, where it shows what from now on.

    With `new`, a machine that is a screen already wants a code all the same.
    """
    values = await fields(request)
    if "new" not in values and (slug := await screen_of(request)):
        return JSONResponse({"url": f"/{slug}/screen"}, headers=NO_STORE)
    services = state(request)
    pairings = services["store"].pairings
    secret = request.cookies.get(access.cookie(request, COOKIE), "")[:LONGEST_TOKEN]
    machine = fingerprint(secret)
    if slug := await pairings.paired(machine):
        try:
            return await come_in(request, slug, secret)
        except NotAllowed:
            secret = ""  # taken back before it came in
    code, left = await pairings.code(machine) if secret else (None, 0)
    known = code is not None
    if code is None or left < RENEW_SECONDS:
        await check_rate(request)
        if known:
            code = await pairings.renew(machine)
        else:
            secret, code = await pairings.begin()
        _, left = await pairings.code(fingerprint(secret))
    body = {"code": code, "seconds": left}
    if values.get("shown") != code:
        body["qr"] = qr_svg(address(request, f"/screen/pair?code={code}")).decode()
    answer = JSONResponse(body, headers=NO_STORE)
    if not known:
        access.set_cookie(request, answer, COOKIE, secret, seconds=COOKIE_SECONDS)
    return answer


async def come_in(request: Request, slug: str, secret: str) -> Response:
    """Make the secret that a machine has its screen's token; raises NotAllowed when the screen was taken back."""
    services = state(request)
    screen = await access.of_kind(request, slug, secret, "screen")
    await services["store"].screens.saw(slug, screen, now=services["now"]())
    answer = JSONResponse({"url": f"/{slug}/screen"}, headers=NO_STORE)
    access.set_cookie(request, answer, access.screen_cookie("screen", slug), secret, seconds=SCREEN_COOKIE_SECONDS)
    access.delete_cookie(request, answer, COOKIE)
    return answer


async def screen_of(request: Request) -> str | None:
    """Return the event that this browser is a screen of: of several, the one it became last.

    None once any of its screens was taken back: it does not go on with another event by itself.
    """
    prefix = access.cookie(request, access.screen_cookie("screen", ""))
    found: list[tuple[Screen, str]] = []
    for name, token in list(request.cookies.items())[:MOST_SCREENS]:
        if not name.startswith(prefix):
            continue
        slug = name.removeprefix(prefix)
        try:
            found.append((await access.of_kind(request, slug, token, "screen"), slug))
        except NotAllowed:
            return None
    return max(found, key=lambda one: one[0].created_at)[1] if found else None


async def check_rate(request: Request) -> None:
    """Raise InvalidInput when too many codes were given out lately, to this address or to all."""
    limits = state(request)["store"].limits
    client = request.client.host if request.client else "here"
    near = await limits.allow(f"pairing from {client}", most=MOST_CODES, seconds=WINDOW_SECONDS)
    if not near or not await limits.allow("pairing", most=MOST_WAITING, seconds=WINDOW_SECONDS):
        raise InvalidInput(TOO_MANY)


# The organiser


async def choose(request: Request) -> Response:
    """Lead whoever scanned a machine's code to the event that it is to be a screen of."""
    code = request.query_params.get("code", "")[:LONGEST_TOKEN]
    query = f"?code={quote(code)}" if code else ""
    try:
        who = await access.person(request)
    except NotSignedIn:
        if not wants_page(request):
            raise
        back = quote(f"/screen/pair{query}")
        return RedirectResponse(f"/sign-in?next={back}", HTTPStatus.SEE_OTHER)
    services = state(request)
    events = [one for one in await services["store"].events.all() if who.may(one.slug, "organiser")]
    if len(events) == 1:
        return RedirectResponse(f"/organise/{events[0].slug}/screens/pairing{query}", HTTPStatus.SEE_OTHER)
    return services["pages"].page(
        "organise/pair_events.html",
        page="organise",
        person={"name": who.name},
        events=[{"title": one.title, "url": f"/organise/{one.slug}/screens/pairing{query}"} for one in events],
    )


async def show_form(request: Request) -> HTMLResponse:
    """Show the form that makes a machine a screen, with its code filled in for who scanned it."""
    event, _ = await access.staff(request, "organiser")
    return await form_page(request, event, code=request.query_params.get("code", "")[:LONGEST_TOKEN])


async def pair(request: Request) -> Response:
    """Make the machine that shows a code a screen of the event."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    store, now = services["store"], services["now"]()
    values = await fields(request)
    name = clean_name(values.get("name", "")) or say(_("Screen"))
    room = clean_name(values.get("room", ""))
    tries = f"pairing by {who.id}"
    try:
        code = read_code(values.get("code", ""))
        if len(await store.screens.all(event.slug)) >= MOST_SCREENS:
            raise InvalidInput(
                _(
                    "An event has at most %(most_screens)s screens; take one back first.",
                    most_screens=MOST_SCREENS,
                ),
                field="name",
            )
        if not await store.limits.allow(tries, most=TRIES, seconds=WINDOW_SECONDS):
            raise InvalidInput(_("Those were %(tries)s tries. Wait five minutes.", tries=TRIES), field="code")
        machine = await store.pairings.take(code)
        if machine is None:
            raise InvalidInput(NO_MACHINE, field="code")
    except InvalidInput as error:
        return await form_page(request, event, Trouble("pair", error, values))
    await store.limits.forget(tries)
    opened = entry(request, who, "screen opened", about=f"{name}{f', in {room}' if room else ''}")
    await store.screens.admit(event.slug, Screen(id=machine, name=name, created_at=now, room=room), entry=opened)
    await store.pairings.pair(machine, event.slug)
    return RedirectResponse(f"/organise/{event.slug}#screens", HTTPStatus.SEE_OTHER)


async def form_page(
    request: Request, event: Event, trouble: Trouble | None = None, *, code: str = ""
) -> HTMLResponse:
    who = await access.person(request)
    return state(request)["pages"].page(
        "organise/pair.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        place=address(request, "/screen").split("://")[-1],
        code=code,
        trouble=trouble,
    )


organise_routes = [
    Route("/organise/{slug}/screens/pairing", show_form),
    Route("/organise/{slug}/screens/pairing", pair, methods=["POST"]),
]
routes = [
    Route("/screen", show),
    Route("/screen/code", ask, methods=["POST"]),
    Route("/screen/pair", choose),
    Route("/screen/worker.js", worker),
]

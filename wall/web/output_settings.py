"""Overlays, stage views and widgets of an event, opened by an organiser; each by a token that can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry
from wall.core.event import Event
from wall.core.origins import parse_origins
from wall.core.people import Screen, ScreenKind
from wall.core.text import clean_name
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.once import Told, told_once
from wall.web.staff_settings import MOST_SCREENS
from wall.web.state import state

KINDS: dict[str, ScreenKind] = {"overlay": "overlay", "stage": "stage", "embed": "embed"}
ROOM = "backchannel-wall:not(:defined) { display: block; block-size: 36rem }"
LEADS: dict[ScreenKind, str] = {
    "overlay": "Add a browser source to the video mixer with this link, 1920 by 1080 or upright. It is empty and see-"
    "through until the desk sends a post to it; you can take it back at any time.",
    "stage": "Open this link on the tablet or monitor before the speakers. It shows what the audience sees, their "
    "time, and what the desk tells them; you can take it back at any time.",
    "embed": "Put one of these into your site's page. Whoever sees the page can read the link, which shows what "
    "is on the wall and can do nothing else; you can take it back at any time.",
}


async def open_output(request: Request) -> Response:
    """Make an overlay, a stage view or a widget, and show its link once."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values = await fields(request)
    try:
        kind = KINDS[values.get("kind", "")]
        origins = parse_origins(values.get("origins", "")) if kind == "embed" else ()
        if len(await services["store"].screens.all(event.slug)) >= MOST_SCREENS:
            raise InvalidInput(f"An event has at most {MOST_SCREENS} screens; take one back first.", field="name")
    except KeyError:
        error = InvalidInput("Choose what to open.", field="kind")
        return await event_page(request, event, Trouble("output", error, values))
    except InvalidInput as error:
        return await event_page(request, event, Trouble("output", error, values))
    name = clean_name(values.get("name", "")) or kind.capitalize()
    room = clean_name(values.get("room", "")) if kind == "stage" else ""
    noted = entry(request, who, "screen opened", about=f"{name} ({kind})")
    _, token = await services["store"].screens.open(
        event.slug, name, now=services["now"](), kind=kind, room=room, origins=origins, entry=noted
    )
    path = f"/{event.slug}/embed/{token}" if kind == "embed" else f"/{event.slug}/{kind}/open#{token}"
    return told_once(
        request,
        title=f"The {'widget' if kind == 'embed' else kind} “{name}”",
        lead=LEADS[kind],
        told=snippets(request, event, path) if kind == "embed" else [Told("Link", address(request, path))],
        open_here=None if kind == "embed" else path,
        back=f"/organise/{event.slug}#outputs",
    )


def snippets(request: Request, event: Event, path: str) -> list[Told]:
    """Return what a site's page needs, as an element and as a plain frame."""
    wall, script = address(request, path), address(request, f"/{event.slug}/embed.js")
    live, title = address(request, f"/{event.slug}"), escape(event.title)
    return [
        Told(
            "As an element, in your page",
            f'<script type="module" src="{script}"></script> '
            f'<backchannel-wall src="{wall}" label="{title}"><a href="{live}">{title}, live</a></backchannel-wall>',
        ),
        Told("And in your stylesheet, so that nothing moves when it comes", ROOM),
        Told(
            "Or as a plain frame",
            f'<iframe src="{wall}" title="{title}" width="100%" height="600" loading="lazy" '
            f'referrerpolicy="no-referrer"></iframe>',
        ),
    ]


async def change_origins(request: Request) -> Response:
    """Change which sites may frame a widget; frames that are open already stay."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    found = await opened(request, event, "embed", request.path_params["screen"])
    try:
        origins = parse_origins(values.get("origins", ""))
    except InvalidInput as error:
        return await event_page(request, event, Trouble(f"origins-{found.id}", error, values))
    told = entry(request, who, "settings", about=f"sites of the widget “{found.name}”")
    return await arrange(request, event, found, lambda screen: replace(screen, origins=origins), told)


async def change_room(request: Request) -> Response:
    """Say in which room a stage view stands: whose time it shows goes by that."""
    event, who = await access.staff(request, "organiser")
    room = clean_name((await fields(request)).get("room", ""))
    found = await opened(request, event, "stage", request.path_params["stage"])
    told = entry(request, who, "screen arranged", about=f"{found.name}: {f'in {room}' if room else 'in no room'}")
    return await arrange(request, event, found, lambda screen: replace(screen, room=room), told)


async def opened(request: Request, event: Event, kind: ScreenKind, id: str) -> Screen:
    """Return one of a kind that was opened; raises NotFound."""
    for one in await state(request)["store"].screens.all(event.slug):
        if one.id == id and one.kind == kind:
            return one
    called = "widget" if kind == "embed" else "stage view"
    raise NotFound(f"There is no such {called} any more; its link was taken back.")


async def arrange(
    request: Request, event: Event, screen: Screen, change: Callable[[Screen], Screen], told: Entry
) -> Response:
    services = state(request)
    await services["store"].screens.arrange(event.slug, screen.id, change, now=services["now"](), entry=told)
    return RedirectResponse(f"/organise/{event.slug}#outputs", HTTPStatus.SEE_OTHER)


routes = [
    Route("/organise/{slug}/outputs", open_output, methods=["POST"]),
    Route("/organise/{slug}/outputs/{screen}/origins", change_origins, methods=["POST"]),
    Route("/organise/{slug}/outputs/{stage}/room", change_room, methods=["POST"]),
]

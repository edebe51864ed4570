"""Overlays, stage views and widgets of an event, opened by an organiser; each by a token that can be taken back."""

from collections.abc import Callable
from dataclasses import replace
from html import escape
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry, changes
from wall.core.event import Event
from wall.core.origins import parse_origins
from wall.core.people import Screen, ScreenKind
from wall.core.text import clean_name
from wall.core.words import Words, _
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.language import say
from wall.web.once import Told, told_once
from wall.web.staff_settings import MOST_SCREENS
from wall.web.state import state

KINDS: dict[str, ScreenKind] = {"overlay": "overlay", "stage": "stage", "embed": "embed"}
ROOM = "backchannel-wall:not(:defined) { display: block; block-size: 36rem }"
USUAL_NAMES: dict[ScreenKind, str] = {"overlay": _("Overlay"), "stage": _("Stage"), "embed": _("Embed")}
LEADS: dict[ScreenKind, str] = {
    "overlay": _(
        "Add a browser source to the video mixer with this link, 1920 by 1080 or upright. It is empty and see-"
        "through until the desk sends a post to it; you can take it back at any time."
    ),
    "stage": _(
        "Open this link on the tablet or monitor before the speakers. It shows what the audience sees, their "
        "time, and what the desk tells them; you can take it back at any time."
    ),
    "embed": _(
        "Put one of these into your site's page. Whoever sees the page can read the link, which shows what "
        "is on the wall and can do nothing else; you can take it back at any time."
    ),
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
            raise InvalidInput(
                _(
                    "An event has at most %(most_screens)s screens; take one back first.",
                    most_screens=MOST_SCREENS,
                ),
                field="name",
            )
    except KeyError:
        error = InvalidInput(_("Choose what to open."), field="kind")
        return await event_page(request, event, Trouble("output", error, values))
    except InvalidInput as error:
        return await event_page(request, event, Trouble("output", error, values))
    name = clean_name(values.get("name", "")) or say(USUAL_NAMES[kind])
    room = clean_name(values.get("room", "")) if kind == "stage" else ""
    noted = entry(request, who, "screen opened", about=f"{name} ({kind})")
    __, token = await services["store"].screens.open(
        event.slug, name, now=services["now"](), kind=kind, room=room, origins=origins, entry=noted
    )
    path = f"/{event.slug}/embed/{token}" if kind == "embed" else f"/{event.slug}/{kind}/open#{token}"
    return told_once(
        request,
        title=title_of(kind, name),
        lead=LEADS[kind],
        told=snippets(request, event, path) if kind == "embed" else [Told(_("Link"), address(request, path))],
        open_here=None if kind == "embed" else path,
        back=f"/organise/{event.slug}#outputs",
    )


def title_of(kind: ScreenKind, name: str) -> Words:
    if kind == "overlay":
        return _("The overlay “%(name)s”", name=name)
    if kind == "stage":
        return _("The stage “%(name)s”", name=name)
    return _("The widget “%(name)s”", name=name)


def snippets(request: Request, event: Event, path: str) -> list[Told]:
    """Return what a site's page needs, as an element and as a plain frame."""
    wall, script = address(request, path), address(request, f"/{event.slug}/embed.js")
    live, title = address(request, f"/{event.slug}"), escape(event.title)
    live_words = escape(say(_("%(title)s, live", title=event.title)))
    return [
        Told(
            _("As an element, in your page"),
            f'<script type="module" src="{script}"></script> '
            f'<backchannel-wall src="{wall}" label="{title}"><a href="{live}">{live_words}</a></backchannel-wall>',
        ),
        Told(_("And in your stylesheet, so that nothing moves when it comes"), ROOM),
        Told(
            _("Or as a plain frame"),
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


async def change_mastodon(request: Request) -> Response:
    """Open the wall to programs of others, or close it: they learn of it with the next thing they ask."""
    event, who = await access.staff(request, "organiser")
    on = (await fields(request)).get("mastodon_api") == "yes"
    made = entry(request, who, "settings")

    def told(before: Event, after: Event) -> Entry | None:
        words = "; ".join(changes(before, after))
        return replace(made, about=words) if words else None

    await state(request)["store"].events.change(
        event.slug, lambda before: replace(before, mastodon_api=on), entry=told
    )
    return RedirectResponse(f"/organise/{event.slug}#outputs", HTTPStatus.SEE_OTHER)


async def opened(request: Request, event: Event, kind: ScreenKind, id: str) -> Screen:
    """Return one of a kind that was opened; raises NotFound."""
    for one in await state(request)["store"].screens.all(event.slug):
        if one.id == id and one.kind == kind:
            return one
    if kind == "embed":
        raise NotFound(_("There is no such widget any more; its link was taken back."))
    raise NotFound(_("There is no such stage view any more; its link was taken back."))


async def arrange(
    request: Request, event: Event, screen: Screen, change: Callable[[Screen], Screen], told: Entry
) -> Response:
    services = state(request)
    await services["store"].screens.arrange(event.slug, screen.id, change, now=services["now"](), entry=told)
    return RedirectResponse(f"/organise/{event.slug}#outputs", HTTPStatus.SEE_OTHER)


routes = [
    Route("/organise/{slug}/outputs", open_output, methods=["POST"]),
    Route("/organise/{slug}/outputs/mastodon", change_mastodon, methods=["POST"]),
    Route("/organise/{slug}/outputs/{screen}/origins", change_origins, methods=["POST"]),
    Route("/organise/{slug}/outputs/{stage}/room", change_room, methods=["POST"]),
]

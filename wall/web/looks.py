"""How a screen looks: its layout by the two numbers of the rule, and what its projector and room ask for."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.brand import Brand
from wall.core.event import Event
from wall.core.legibility import LAYOUTS, Seats, why_not
from wall.core.look import Look, look_values, parse_look
from wall.core.people import Person, Screen
from wall.core.theme import THEMES
from wall.core.words import _, listed
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.acts import entry
from wall.web.brands import brand_view, theme_sheet
from wall.web.form import Trouble, fields
from wall.web.state import state


def look_view(look: Look, event: Event, brand: Brand) -> dict[str, Any]:
    """Return a look as a screen is sent it: `type` in hundredths of the height, or of the shorter side by itself."""
    theme = look.theme or brand.theme
    return {
        "layout": look.chosen or "auto",
        "type": round(look.type_size, 3),
        "scale": look.scale / 100,
        "margin": look.margin,
        "shade": look.shade or event.theme,
        "theme": theme,
        "theme_sheet": theme_sheet(theme),
        "brand_sheet": brand_view(brand, event)["sheet"],
    }


async def show_look(request: Request) -> HTMLResponse:
    """Show how a screen is set, and which layouts its last row can read."""
    event, who = await access.staff(request, "organiser")
    return look_page(request, event, who, await screen_of(request, event))


async def change_look(request: Request) -> Response:
    """Set a screen; a layout that its last row cannot read is refused with the sentence that says so."""
    event, who = await access.staff(request, "organiser")
    screen = await screen_of(request, event)
    values = await fields(request)
    try:
        look = parse_look(values)
    except InvalidInput as error:
        return look_page(request, event, who, screen, Trouble("look", error, values))
    services = state(request)
    told = entry(request, who, "screen arranged", about=f"{screen.name}: {in_words(look)}")
    await services["store"].screens.arrange(
        event.slug, screen.id, lambda one: replace(one, look=look), now=services["now"](), entry=told
    )
    return RedirectResponse(f"/organise/{event.slug}#screens", HTTPStatus.SEE_OTHER)


def look_page(
    request: Request, event: Event, who: Person, screen: Screen, trouble: Trouble | None = None
) -> HTMLResponse:
    values = {**look_values(screen.look), **(trouble.values if trouble else {})}
    return state(request)["pages"].page(
        "organise/screen.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        screen={"id": screen.id, "name": screen.name},
        values=values,
        layouts=layouts_view(screen.look),
        themes=THEMES,
        trouble=trouble,
    )


def layouts_view(look: Look) -> list[dict[str, Any]]:
    """Return every layout with what the saved numbers say of it."""
    return [
        {
            "id": layout,
            "name": setting.name,
            "cards": setting.cards,
            "type": setting.type_size,
            "why_not": why_not(layout, look.seats, scale=look.scale) if look.seats else "",
        }
        for layout, setting in LAYOUTS.items()
    ]


def in_words(look: Look) -> str:
    """Return how a screen is set, in a line."""
    layout = (
        _("%(layout)s layout", layout=LAYOUTS[look.chosen].name) if look.chosen else _("by the picture's shape")
    )
    return listed([layout, seats_words(look.seats)]) if look.seats else layout


def seats_words(seats: Seats) -> str:
    return _(
        "picture %(height)s m high, last row at %(distance)s m",
        height=f"{seats.height:g}",
        distance=f"{seats.distance:g}",
    )


async def screen_of(request: Request, event: Event) -> Screen:
    """Return the screen that the path names; raises NotFound."""
    screens = await state(request)["store"].screens.all(event.slug)
    found = next((one for one in screens if one.id == request.path_params["screen"]), None)
    if found is None:
        raise NotFound(_("There is no such screen any more; its link was taken back."))
    return found


routes = [
    Route("/organise/{slug}/screens/{screen}/look", show_look),
    Route("/organise/{slug}/screens/{screen}/look", change_look, methods=["POST"]),
]

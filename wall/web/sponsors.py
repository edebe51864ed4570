"""The page of an event's sponsors: who they are, in which tier, and how often one is on the wall."""

import secrets
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import cast, get_args

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.brand import Plate
from wall.core.event import Event
from wall.core.people import Person
from wall.core.sponsors import EVERY, MOST, SECONDS, Sponsor, Sponsors
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.acts import entry
from wall.web.brands import large, with_picture
from wall.web.form import MOST_FIELDS, Trouble, fields
from wall.web.scene_form import whole
from wall.web.sponsor_view import sponsor_view
from wall.web.state import state


async def show(request: Request) -> HTMLResponse:
    """Show the sponsors of an event, and how often they are seen."""
    event, who = await access.staff(request, "organiser")
    return await sponsors_page(request, event, who)


async def create(request: Request) -> Response:
    """Add a sponsor, with the logo that was sent, encoded anew."""
    event, who = await access.staff(request, "organiser")
    new = Sponsor(id=secrets.token_hex(4), name="")
    return await keep_form(
        request, event, who, new, lambda all, sponsor: all.added(sponsor), "added a sponsor", form="sponsor"
    )


async def change(request: Request) -> Response:
    """Change a sponsor in its place; the logo stays unless another was sent, or none is wanted."""
    event, who = await access.staff(request, "organiser")
    before = (await state(request)["store"].sponsors.get(event.slug)).one(request.path_params["sponsor"])
    return await keep_form(
        request,
        event,
        who,
        before,
        lambda all, sponsor: all.changed(sponsor),
        "changed a sponsor",
        form=f"sponsor-{before.id}",
    )


async def keep_form(
    request: Request,
    event: Event,
    who: Person,
    before: Sponsor,
    change: Callable[[Sponsors, Sponsor], Sponsors],
    about: str,
    *,
    form: str,
) -> Response:
    """Keep a sponsor as filled in; what cannot be used is said beside the form that has this name."""
    async with request.form(max_files=1, max_fields=MOST_FIELDS) as filled:
        values = {name: value for name, value in filled.multi_items() if isinstance(value, str)}
        try:
            sponsor = replace(
                before,
                name=values.get("name", ""),
                tier=values.get("tier", ""),
                plate=plate(values.get("plate", "light")),
                logo=await with_picture(state(request), filled, "logo", "logo", before.logo),
            )
            await keep(request, event, who, lambda all: change(all, sponsor), about)
        except InvalidInput as error:
            return await sponsors_page(request, event, who, Trouble(form, error, values))
    return back(event, f"#sponsor-{sponsor.id}")


async def pace(request: Request) -> Response:
    """Set after how many posts one has a card on the wall, and for how long."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        every, seconds = whole(values.get("every", ""), "every"), whole(values.get("seconds", ""), "seconds")
        await keep(
            request, event, who, lambda all: all.paced(every, seconds), "set how often they are on the wall"
        )
    except InvalidInput as error:
        return await sponsors_page(request, event, who, Trouble("pace", error, values))
    return back(event)


async def raise_one(request: Request) -> Response:
    """Move a sponsor a place up, and its tier with it if it is the first of that."""
    event, who = await access.staff(request, "organiser")
    id = request.path_params["sponsor"]
    await keep(request, event, who, lambda all: all.raised(id), "changed their order")
    return back(event, f"#sponsor-{id}")


async def delete(request: Request) -> Response:
    """Take a sponsor out; one that is gone already is as good."""
    event, who = await access.staff(request, "organiser")
    await keep(request, event, who, lambda all: all.without(request.path_params["sponsor"]), "took one out")
    return back(event)


async def keep(
    request: Request, event: Event, who: Person, change: Callable[[Sponsors], Sponsors], about: str
) -> None:
    told = entry(request, who, "settings", about=f"the sponsors: {about}")
    services = state(request)
    await services["store"].sponsors.change(event.slug, change, now=services["now"](), entry=told)


def plate(text: str) -> Plate:
    if text not in get_args(Plate):
        raise InvalidInput(_("Choose what the logo stands on."), field="plate")
    return cast(Plate, text)


def back(event: Event, place: str = "") -> Response:
    return RedirectResponse(f"/organise/{event.slug}/sponsors{place}", HTTPStatus.SEE_OTHER)


async def sponsors_page(
    request: Request, event: Event, who: Person, trouble: Trouble | None = None
) -> HTMLResponse:
    services = state(request)
    sponsors = await services["store"].sponsors.get(event.slug)
    return services["pages"].page(
        "organise/sponsors.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        sponsors=[sponsor_view(one, event) for one in sponsors.all],
        tiers=[tier for tier in sponsors.tiers if tier],
        every=sponsors.every,
        seconds=sponsors.seconds,
        limits={"every": EVERY, "seconds": SECONDS, "most": MOST},
        full=len(sponsors.all) >= MOST,
        trouble=trouble,
    )


BASE = "/organise/{slug}/sponsors"
routes = [
    Route(BASE, show),
    large(BASE, create),
    Route(f"{BASE}/pace", pace, methods=["POST"]),
    large(f"{BASE}/{{sponsor}}", change),
    Route(f"{BASE}/{{sponsor}}/raise", raise_one, methods=["POST"]),
    Route(f"{BASE}/{{sponsor}}/deletion", delete, methods=["POST"]),
]

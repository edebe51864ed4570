"""Announcements: made at the desk, shown on screens, live pages and stages for as long as their time is."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.announcing import LONGEST, PLACES, Announcement, Place, announcement
from wall.core.event import Event
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput
from wall.web import access, frames
from wall.web.acts import entry
from wall.web.ending import parse_local
from wall.web.feed import FRESH
from wall.web.form import fields
from wall.web.shared_nav import announced
from wall.web.state import state
from wall.web.when import clock

NONCE_LENGTH = 32
LABELS: dict[Place, str] = {
    "screens": _("Screens"),
    "live": _("Live page"),
    "stage": _("Before the speakers"),
}
NOTHING = dict.fromkeys(("text", "when", "starts", "until", "how", *(f"place-{place}" for place in PLACES)), "")
USUAL = NOTHING | {f"place-{place}": "yes" for place in PLACES}


async def show(request: Request) -> HTMLResponse:
    """Show what is announced, and where something is announced."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def announce(request: Request) -> Response:
    """Announce something now or later; one form is one announcement, however often it is sent."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    values = await fields(request)
    try:
        made = parsed(values, event, who, services["now"]())
        told = entry(request, who, "announced", about=", ".join(LABELS[place] for place in made.places))
        await services["store"].announcements.announce(event.slug, made, now=services["now"](), entry=told)
    except InvalidInput as error:
        return await page(request, event, who, values=values, error=error)
    return back(event)


async def end(request: Request) -> Response:
    """Take an announcement from everywhere, or one that has yet to begin from what is planned."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    await services["store"].announcements.end(
        event.slug,
        request.path_params["announcement"],
        now=services["now"](),
        entry=entry(request, who, "announcement ended"),
    )
    return back(event)


async def current(request: Request) -> Response:
    """Return what live pages announce now, the same for all who ask."""
    event = await access.event(request, "viewer")
    services = state(request)
    there = await services["store"].announcements.all(event.slug)
    body = frames.dump({"announcements": await announced(services["store"], event, there, services["now"]())})
    return Response(body, media_type="application/json", headers={"cache-control": FRESH})


def parsed(values: Mapping[str, str], event: Event, who: Person, now: datetime) -> Announcement:
    nonce = values.get("nonce", "")
    if not nonce.isalnum() or not nonce.isascii() or len(nonce) != NONCE_LENGTH:
        raise InvalidInput(_("This form is not whole; load the page again."))
    return announcement(
        values.get("text", ""),
        id=nonce,
        starts=time(values, "starts", event) if values.get("when") == "later" else None,
        until=time(values, "until", event) if values.get("until", "").strip() else None,
        places=tuple(place for place in PLACES if values.get(f"place-{place}") == "yes"),
        pinned=values.get("how") == "pinned",
        by_name=who.name,
        now=now,
    )


def time(values: Mapping[str, str], field: str, event: Event) -> datetime:
    try:
        return parse_local(values.get(field, ""), event)
    except InvalidInput as error:
        raise InvalidInput(error.message, field=field) from error


def back(event: Event) -> Response:
    return RedirectResponse(f"/{event.slug}/moderate/announcements", HTTPStatus.SEE_OTHER)


async def page(
    request: Request,
    event: Event,
    who: Person,
    *,
    values: Mapping[str, str] | None = None,
    error: InvalidInput | None = None,
) -> HTMLResponse:
    services = state(request)
    now = services["now"]()
    there = await services["store"].announcements.all(event.slug)
    return services["pages"].page(
        "moderate/announcements.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate",
        nonce=secrets.token_hex(NONCE_LENGTH // 2),
        values=USUAL if values is None else NOTHING | dict(values),
        error=error,
        limit=LONGEST,
        places=LABELS,
        timezone=event.timezone,
        holding=[view(one, event, now) for one in there if one.holds(now)],
        coming=[view(one, event, now) for one in reversed(there) if one.starts > now],
        over=[view(one, event, now) for one in there if one.over(now)],
    )


def view(one: Announcement, event: Event, now: datetime) -> dict[str, Any]:
    return {
        "id": one.id,
        "text": one.text,
        "by": one.by_name,
        "pinned": one.pinned,
        "places": [LABELS[place] for place in one.places],
        "starts": clock(one.starts, now, event.timezone),
        "until": clock(one.until, now, event.timezone) if one.until else "",
    }


routes = [
    Route("/{slug}/announcements", current),
    Route("/{slug}/moderate/announcements", show),
    Route("/{slug}/moderate/announcements", announce, methods=["POST"]),
    Route("/{slug}/moderate/announcements/{announcement}/ending", end, methods=["POST"]),
]

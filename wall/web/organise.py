"""Organising: the events, one page for each, and what is set there."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import Entry, changes
from wall.core.event import Event
from wall.core.participation import NEW
from wall.core.people import Person
from wall.core.source import SourceSettings
from wall.core.words import Words, _, all_of, ngettext
from wall.errors import InvalidInput, NotFound
from wall.sources.form import Form
from wall.web import (
    access,
    audit,
    brands,
    chat_form,
    circle_settings,
    circles,
    comparison,
    coverage,
    erasure,
    figures,
    keeping,
    looks,
    mode_settings,
    output_settings,
    pairing,
    participation_settings,
    programme,
    replay,
    report,
    retention_form,
    rule_settings,
    scene_settings,
    source_settings,
    source_trial,
    speakers,
    sponsors,
    staff_settings,
    transcript,
)
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.coverage import fares_of
from wall.web.event_form import BLANK, form_values, parse_event, parse_slug, zones_by_area
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.restored import restored_notes
from wall.web.source_health import WORST_FIRST, health_view
from wall.web.state import State, state
from wall.web.when import ago, days

MOST_ERASED = 20
SECTIONS = (
    "settings",
    "modes",
    "participation",
    "circle",
    "circles",
    "moderators",
    "screens",
    "outputs",
    "erasure",
    "retention",
)


async def show_events(request: Request) -> HTMLResponse:
    """Show the events that a person works on."""
    return await events_page(request, await access.person(request))


async def create_event(request: Request) -> Response:
    """Make an event, with the form for the room as its first source."""
    who = await access.owner(request)
    services = state(request)
    values = await fields(request)
    try:
        event = replace(parse_event(values, slug=parse_slug(values.get("slug", ""))), participation=NEW)
        await services["store"].events.create(event)
    except InvalidInput as error:
        return await events_page(request, who, Trouble("event", error, values))
    added = entry(request, who, "source added", about=Form.title)
    await services["store"].sources.save(event.slug, SourceSettings(id=Form.kind, kind=Form.kind), entry=added)
    return RedirectResponse(f"/organise/{event.slug}", HTTPStatus.SEE_OTHER)


async def show_event(request: Request) -> HTMLResponse:
    """Show everything that can be set for an event."""
    return await event_page(request, await access.event(request, "organiser"))


async def change_event(request: Request) -> Response:
    """Change the settings of an event; with other hashtags, its sources start anew."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    try:
        changed = parse_event(values, slug=event.slug)
    except InvalidInput as error:
        return await event_page(request, event, Trouble("settings", error, values))
    made = entry(request, who, "settings")

    def told(before: Event, after: Event) -> Entry | None:
        words = "; ".join(changes(before, after))
        return replace(made, about=words) if words else None

    await state(request)["store"].events.change(
        event.slug,
        lambda before: replace(
            changed,
            mode=before.mode,
            modes=before.modes,
            participation=before.participation,
            retention=before.retention,
            polls=before.polls,
            chat=changed.chat if chat_form.SHOWN in values else before.chat,
            circle=before.circle,
            part_of=before.part_of,
            mastodon_api=before.mastodon_api,
            version=before.version + 1,
        ),
        entry=told,
    )
    return RedirectResponse(f"/organise/{event.slug}#settings", HTTPStatus.SEE_OTHER)


async def back(request: Request) -> Response:
    """Lead from the address of a form, which has no page of its own, back to its place on the event's page."""
    event = await access.event(request, "organiser")
    section = request.path_params["section"]
    if section not in SECTIONS:
        raise NotFound(_("There is nothing at this address."))
    return RedirectResponse(f"/organise/{event.slug}#{section}", HTTPStatus.SEE_OTHER)


async def events_page(request: Request, who: Person, trouble: Trouble | None = None) -> HTMLResponse:
    services = state(request)
    events = [one for one in await services["store"].events.all() if who.may(one.slug, "moderator")]
    return services["pages"].page(
        "organise/events.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        person={"name": who.name, "owner": who.owner},
        events=[await event_view(services, who, one) for one in events],
        values=form_values(BLANK),
        zones=zones_by_area(),
        wall_address=address(request, "/"),
        erased=await erased_view(services) if who.owner else [],
        notes=await restored_notes(services, events[0].timezone if events else "UTC"),
        trouble=trouble,
    )


async def erased_view(services: State) -> list[dict[str, str]]:
    """Return the events that were erased last, of which the address is left."""
    now = services["now"]()
    found = (await services["store"].erasures.all())[:MOST_ERASED]
    return [
        {"slug": one.slug, "when": ago(one.at, now), "by": all_of([one.by_name, *filter(None, [one.second])])}
        for one in found
    ]


async def event_view(services: State, who: Person, event: Event) -> dict[str, Any]:
    organises = who.may(event.slug, "organiser")
    return {
        "title": event.title,
        "hashtags": event.hashtags,
        "days": days_of(event),
        "role": who.role(event.slug),
        "desk_url": f"/{event.slug}/moderate",
        "live_url": f"/{event.slug}",
        "figures_url": f"/organise/{event.slug}/figures",
        "organise_url": f"/organise/{event.slug}" if organises else None,
        "health": await worst(services, event) if organises else None,
    }


async def worst(services: State, event: Event) -> dict[str, str]:
    """Return the worst state among an event's sources, and in words how many are in it."""
    now = services["now"]()
    views = [health_view(event, *one, now) for one in await fares_of(services, event)]
    states = [view["state"] for view in views]
    found = next((one for one in WORST_FIRST if one in states), None)
    if found is None:
        return {"state": "new", "words": _("No source yet")}
    return {"state": found, "words": in_state(states.count(found), found)}


def in_state(count: int, state: str) -> Words:
    """Return how many sources are in a state."""
    if state == "failing":
        return ngettext("%(num)s source failing", "%(num)s sources failing", count)
    if state == "degraded":
        return ngettext("%(num)s source degraded", "%(num)s sources degraded", count)
    if state == "new":
        return ngettext("%(num)s source starting", "%(num)s sources starting", count)
    return ngettext("%(num)s source healthy", "%(num)s sources healthy", count)


def days_of(event: Event) -> str:
    """Return when an event takes place; "" when that is not said."""
    first, last = event.starts or event.ends, event.ends or event.starts
    return days(first, last) if first and last else ""


routes = [
    Route("/organise", show_events),
    Route("/organise", create_event, methods=["POST"]),
    Route("/organise/{slug}", show_event),
    Route("/organise/{slug}/settings", change_event, methods=["POST"]),
    *audit.routes,
    *coverage.routes,
    *mode_settings.routes,
    *circle_settings.routes,
    *circles.routes,
    *participation_settings.routes,
    *programme.routes,
    *speakers.routes,
    *source_trial.routes,
    *source_settings.routes,
    *rule_settings.routes,
    *scene_settings.routes,
    *pairing.organise_routes,
    *staff_settings.routes,
    *looks.routes,
    *brands.organise_routes,
    *output_settings.routes,
    *keeping.routes,
    *erasure.routes,
    *retention_form.routes,
    *sponsors.routes,
    *figures.routes,
    *comparison.routes,
    *replay.routes,
    *report.making,
    *transcript.organiser_routes,
    Route("/organise/{slug}/{section}", back),
]

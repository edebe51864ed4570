"""The figures of an event: its team reads them live, by times, session, network, language and place."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from wall.core.counted import Counted, counted
from wall.core.event import Event
from wall.core.event_report import OF_STAFF, PARTS
from wall.core.ledger import EVERYTHING, Ledger, Scope
from wall.core.people import Person
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.web import access
from wall.web.addresses import address
from wall.web.figure_parts import TITLES, Section, Shown, sections
from wall.web.figure_words import day_and_time, scope_words
from wall.web.figures_form import Around, Asked, asked, form_view
from wall.web.form import Trouble
from wall.web.resolving import resolved
from wall.web.state import State, state


async def show(request: Request) -> HTMLResponse:
    """Show the figures of what is asked for; with ?part, what may have changed, for a page that is open."""
    event, who = await access.staff(request, "moderator")
    return await figures_page(request, event, who)


async def figures_page(
    request: Request, event: Event, who: Person, trouble: Trouble | None = None
) -> HTMLResponse:
    """Return the page; with `trouble`, one of its forms says what could not be used."""
    services = state(request)
    around = await around_of(services, event)
    try:
        chosen = asked(trouble.values if trouble else request.query_params, around)
    except InvalidInput as error:
        chosen = Asked(EVERYTHING, {})
        trouble = trouble or Trouble("scope", error, request.query_params)
    ledger = await services["ledgers"].get(event.slug)
    base = f"/organise/{event.slug}/figures"
    context: dict[str, Any] = {
        "page": "organise",
        "event": event,
        "base": base,
        "address": f"?{urlencode(chosen.values)}" if chosen.values else "",
        "sections": await shown_sections(services, around, chosen),
        "tables": f"{base}/",
    }
    if "part" in request.query_params:
        return services["pages"].page("report/_sections.html", **context)
    organises = who.may(event.slug, "organiser")
    return services["pages"].page(
        "organise/figures.html",
        status=422 if trouble else 200,
        **context,
        person={"name": who.name},
        may_change=organises,
        refresh=f"{base}?{urlencode({**chosen.values, 'part': ''})}",
        scope=scope_words(chosen.scope, event, around.programme),
        form=form_view(chosen, around, ledger),
        chosen=chosen.values,
        parts=[(part, TITLES[part], part in OF_STAFF) for part in PARTS],
        reports=await reports_view(request, event) if organises else [],
        trouble=trouble,
    )


async def export(request: Request) -> Response:
    """Return the numbers of one chart as a table that no spreadsheet takes for formulas."""
    event, _who = await access.staff(request, "moderator")
    services = state(request)
    around = await around_of(services, event)
    chosen = asked(request.query_params, around)
    found = await shown_sections(services, around, chosen)
    return table(event, found or [], request.path_params["table"])


def table(event: Event, found: Sequence[Section], name: str) -> Response:
    """Return the table of a chart; raises NotFound."""
    for section in found:
        for chart in section.charts:
            if chart.name == name:
                headers = {
                    "content-disposition": f'attachment; filename="{event.slug}-{name}.csv"',
                    "cache-control": "no-store",
                }
                return Response(chart.table.csv(), media_type="text/csv; charset=utf-8", headers=headers)
    raise NotFound(_("There is no such table here just now."))


async def shown_sections(services: State, around: Around, chosen: Asked) -> list[Section] | None:
    """Return all parts of a scope as they are now; None while posts are still being counted."""
    event = around.event
    found = await counted_of(services, event, chosen.scope)
    if found is None:
        return None
    edition = int(chosen.values.get("edition") or 0)
    names = await resolved(services, around, found, chosen.scope, edition=edition)
    return sections(Shown(counted=found, resolved=names, scope=chosen.scope, timezone=event.timezone))


async def counted_of(services: State, event: Event, scope: Scope, *, moment: int | None = None) -> Counted | None:
    """Return the figures of a scope, as of a moment if one is given; None while posts are still being counted."""

    def count(ledger: Ledger) -> Counted:
        return counted(ledger, scope, event.timezone, own=event.keys, moment=moment)

    asked_for = (counted, scope, event.timezone, event.keys, moment)
    return await services["ledgers"].answer(event.slug, asked_for, count)


async def around_of(services: State, event: Event) -> Around:
    """Return what the scopes of an event are named by."""
    programme = await services["store"].programmes.get(event.slug)
    editions = await services["store"].chats.all(event.slug) if event.chat else []
    return Around(event, programme, editions)


async def reports_view(request: Request, event: Event) -> list[dict[str, Any]]:
    services = state(request)
    programme = await services["store"].programmes.get(event.slug)
    return [
        {
            "token": one.token,
            "title": one.title,
            "url": address(request, f"/{event.slug}/report/{one.token}"),
            "scope": scope_words(one.scope, event, programme),
            "made": day_and_time(int(one.made_at.timestamp()), event.timezone),
            "by": one.made_by,
        }
        for one in await services["store"].event_reports.all(event.slug)
    ]


BASE = "/organise/{slug}/figures"
routes = [Route(BASE, show), Route(f"{BASE}/{{table}}.csv", export)]

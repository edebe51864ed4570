"""Two scopes side by side: of one event, or of two that somebody works on; the same card twice, and the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.event import Event
from wall.core.event_figures import EventFigures
from wall.core.ledger import EVERYTHING
from wall.core.people import Person
from wall.core.words import Words, _
from wall.errors import InvalidInput
from wall.web import access
from wall.web.figure_words import scope_words
from wall.web.figures import around_of, counted_of
from wall.web.figures_form import Asked, asked, form_view
from wall.web.findings import compared, facts, headline
from wall.web.form import Trouble
from wall.web.state import State, state

OTHER = "other-"


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: which event, what of it, what that comes to, and what its form offers."""

    event: Event
    figures: EventFigures | None
    scope: Words
    form: Mapping[str, Any]

    @property
    def headline(self) -> Words:
        return headline(self.figures) if self.figures else _("The posts of this event are being counted just now.")


async def show(request: Request) -> HTMLResponse:
    """Show both; what is not asked of the second is all of its event."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    given = request.query_params
    readable = await events_of(services, who)
    trouble = None
    other = next((one for one in readable if one.slug == given.get(f"{OTHER}event", event.slug)), None)
    if other is None:
        trouble = Trouble("scope", InvalidInput(_("There is no such event whose figures you may read.")))
    sides, refused = [], None
    for one, prefix in ((event, ""), (other or event, OTHER)):
        side, refused = await side_of(services, one, given, prefix)
        trouble = trouble or (Trouble("scope", refused) if refused else None)
        sides.append(side)
    ours, others = sides
    return services["pages"].page(
        "organise/comparison.html",
        status=422 if trouble else 200,
        page="organise",
        event=event,
        person={"name": who.name},
        may_change=who.may(event.slug, "organiser"),
        base=f"/organise/{event.slug}/figures",
        sides=sides,
        other=others.event.slug,
        events=[(one.slug, one.title) for one in readable],
        rows=compared(facts(ours.figures), facts(others.figures)) if ours.figures and others.figures else [],
        trouble=trouble,
    )


async def side_of(
    services: State, event: Event, given: Mapping[str, str], prefix: str
) -> tuple[Side, InvalidInput | None]:
    """Return one side, and what could not be used of what was asked for it."""
    around = await around_of(services, event)
    refused = None
    try:
        chosen = asked(given, around, prefix=prefix)
    except InvalidInput as error:
        chosen, refused = Asked(EVERYTHING, {}), error
    counted = await counted_of(services, event, chosen.scope)
    ledger = await services["ledgers"].get(event.slug)
    side = Side(
        event=event,
        figures=counted.figures if counted else None,
        scope=scope_words(chosen.scope, event, around.programme),
        form=form_view(chosen, around, ledger, prefix=prefix),
    )
    return side, refused


async def events_of(services: State, who: Person) -> list[Event]:
    """Return the events whose figures somebody may read: those that they moderate or organise."""
    return [one for one in await services["store"].events.all() if who.may(one.slug, "moderator")]


routes = [Route("/organise/{slug}/figures/comparison", show)]

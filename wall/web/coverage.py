"""The page on how all sources of an event fare: what is read of what is said about it, and what cannot be seen."""

from collections.abc import Sequence
from datetime import datetime
from statistics import mean

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.core.event import Event
from wall.core.source import SourceHealth, SourceSettings
from wall.core.words import Words, _, ngettext
from wall.web import access
from wall.web.language import number
from wall.web.source_health import health_view, is_pushed
from wall.web.source_view import reads_of
from wall.web.state import State, state

SILENT_AFTER_HOURS = 6
USUAL_POSTS = 5
"""An hour: a source that brought this many in each of the hours before, and none in the last, is silent."""

Fares = tuple[SourceSettings, SourceHealth]


async def show(request: Request) -> HTMLResponse:
    """Show how the sources fare; with ?part, what of it may have changed, for a page that is open."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    now = services["now"]()
    fares = await fares_of(services, event)
    positions = await services["store"].sources.positions(event.slug, [settings.id for settings, _ in fares])
    sources = [
        {**health_view(event, settings, health, now, position=position), "reads": reads_of(settings)}
        for (settings, health), position in zip(fares, positions, strict=True)
    ]
    return services["pages"].page(
        f"organise/{'_' if 'part' in request.query_params else ''}coverage.html",
        page="organise",
        event=event,
        person={"name": who.name},
        summary=summary([health for _, health in fares_read(fares)], now),
        troubles=[one for one in sources if one["state"] in ("failing", "degraded")],
        silent=[view["title"] for view, (_, health) in zip(sources, fares, strict=True) if is_silent(health, now)],
        sources=sources,
    )


async def show_health(request: Request) -> HTMLResponse:
    """Return what may have changed of the sources on the event's page; it asks every few seconds."""
    event = await access.event(request, "organiser")
    services = state(request)
    now = services["now"]()
    sources = [health_view(event, *one, now) for one in await fares_of(services, event)]
    return services["pages"].page("organise/_healths.html", sources=sources)


async def fares_of(services: State, event: Event) -> list[Fares]:
    """Return the sources of an event, each with how it fares."""
    sources = await services["store"].sources.all(event.slug)
    healths = await services["store"].sources.healths(event.slug, [one.id for one in sources])
    return list(zip(sources, healths, strict=True))


def fares_read(fares: Sequence[Fares]) -> list[Fares]:
    """Return those that count as read or not: one that waits for others to send is always open."""
    return [
        (settings, health) for settings, health in fares if health.state != "new" or not is_pushed(settings.kind)
    ]


def summary(healths: Sequence[SourceHealth], now: datetime) -> str:
    """Return in words how much of the event is covered."""
    posts = sum(health.hourly(now)[-1] for health in healths)
    if not healths:
        return _("No source is read yet.")
    came = ngettext(
        "%(num)s post came in the last hour.", "%(num)s posts came in the last hour.", posts, num=number(posts)
    )
    read = [health for health in healths if health.state in ("healthy", "degraded")]
    partly = sum(health.state == "degraded" for health in read)
    covered = read_words(len(read), len(healths))
    if not partly:
        return _("%(covered)s; %(came)s", covered=covered, came=came)
    return ngettext(
        "%(covered)s, %(num)s of them in part; %(came)s",
        "%(covered)s, %(num)s of them in part; %(came)s",
        partly,
        covered=covered,
        came=came,
    )


def read_words(read: int, of: int) -> Words:
    if of == 1:
        return _("The source is read") if read else _("The source is not read just now")
    if read == of:
        return ngettext("All %(num)s sources are read", "All %(num)s sources are read", of)
    if not read:
        return ngettext("None of %(num)s sources is read just now", "None of %(num)s sources is read just now", of)
    return ngettext("%(num)s of %(of)s sources is read", "%(num)s of %(of)s sources are read", read, of=of)


def is_silent(health: SourceHealth, now: datetime) -> bool:
    """Tell whether a source that says it is well brought nothing for an hour, and much in each of those before."""
    *before, last = health.hourly(now)[-SILENT_AFTER_HOURS - 1 :]
    return health.state == "healthy" and not last and mean(before) >= USUAL_POSTS


routes = [Route("/organise/{slug}/sources", show), Route("/organise/{slug}/health", show_health)]

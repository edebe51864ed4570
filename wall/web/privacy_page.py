"""The page about privacy of an event: what is kept, until when, by whom, and how one leaves; out of its settings."""

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from wall.web import access
from wall.web.about import networks
from wall.web.nav import nav
from wall.web.retention_view import AFTERWARDS, kept_words
from wall.web.state import state


async def show(request: Request) -> HTMLResponse:
    """Show everybody what becomes of what is written here."""
    event = await access.event(request, "viewer")
    services = state(request)
    sources = await services["store"].sources.all(event.slug)
    return services["pages"].page(
        "live/privacy.html",
        event=event,
        nav=await nav(request, event),
        kept=kept_words(event),
        afterwards=AFTERWARDS[event.retention.left] if event.retention.posts is not None else "",
        networks=list(networks(sources).values()),
        figures=await services["store"].retentions.figures(event.slug),
        listens=event.listens != "no",
    )


routes = [Route("/{slug}/privacy", show)]

"""What stands at the head of every page of an event's audience: its pages, and what is announced now."""

from contextlib import suppress
from dataclasses import replace

from starlette.requests import Request

from wall.core.event import Event
from wall.core.member import participant_member
from wall.errors import NotFound
from wall.web import access
from wall.web.circle_view import news
from wall.web.participation import own_id
from wall.web.security import PRIVATE
from wall.web.shared_nav import Link, Nav, shared_nav
from wall.web.state import state


async def nav(request: Request, event: Event) -> Nav:
    """Return the head of a page for whoever asks; where it names a circle of theirs, no cache keeps the page."""
    services = state(request)
    found = await shared_nav(services["store"], services["outlines"], event, services["now"]())
    circles = await circles_of(request, event)
    if circles:
        request.scope[PRIVATE] = True
    return replace(
        found,
        circle_news=await news(request, event),
        circles=circles,
        whole=await whole_of(request, event),
        asked=await asked_of(request, event),
    )


async def circles_of(request: Request, event: Event) -> list[Link]:
    """Return those circles of an event that whoever asks is of, or on the team of; nobody else has any."""
    if event.hidden or not access.may_be_known(request):
        return []
    circles = await state(request)["store"].circles.of(event.slug)
    return [Link(one.title, f"/{one.slug}") for one in circles if await access.is_of(request, one)]


async def whole_of(request: Request, event: Event) -> Link | None:
    """Return the event that a circle is a part of, where that is open to everybody."""
    if event.part_of is None or not event.hidden:
        return None
    with suppress(NotFound):
        whole = await state(request)["store"].events.get(event.part_of)
        return Link(whole.title, f"/{whole.slug}") if whole.circle is None else None
    return None


async def asked_of(request: Request, event: Event) -> int:
    """Return about how many of their posts whoever asks is to say whether they may be passed on."""
    if not event.hidden:
        return 0
    me = participant_member(await own_id(request, event) or "")
    asked = await state(request)["store"].passing.all(event.slug)
    return sum(one.stage == "proposed" and me in one.quoted for one in asked.values())

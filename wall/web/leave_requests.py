"""Leaving by handle: anybody asks on the about page, and a moderator who has made sure confirms or declines."""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.leave_request import LeaveRequest, leave_request
from wall.core.people import Person
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.registry import KINDS, source_class, title
from wall.store import Store
from wall.web import access
from wall.web.about import networks
from wall.web.acts import entry
from wall.web.doors import whence
from wall.web.form import fields
from wall.web.state import State, state
from wall.web.when import ago

HOUR = 3600
MOST_PER_ADDRESS = 20  # a venue shares one
MOST_PER_EVENT = 100


async def ask(request: Request) -> Response:
    """Keep a request for the moderators. The answer is the same whoever is named, and whether they ever wrote here."""
    event = await access.event(request, "viewer")
    services = state(request)
    values = await fields(request)
    try:
        await keep(services, event, values, whence(request))
    except InvalidInput as error:
        page = await services["about"].refused(event, error, values)
        return HTMLResponse(page, HTTPStatus.UNPROCESSABLE_ENTITY, headers={"cache-control": "no-store"})
    return RedirectResponse(f"/{event.slug}/about?asked#asked", HTTPStatus.SEE_OTHER)


async def keep(services: State, event: Event, values: dict[str, str], address: str) -> None:
    store, now = services["store"], services["now"]()
    if values.get("website"):
        raise InvalidInput(_("Leave the hidden field empty."))
    kind = values.get("network", "")
    if kind not in networks(await store.sources.all(event.slug)):
        raise InvalidInput(_("Choose where the handle is from."), field="network")
    asked = leave_request(kind, values.get("handle", ""), values.get("words", ""), now=now)
    await uids(store, event.slug, asked)
    for key, most in (
        (f"{event.slug} asks from {address}", MOST_PER_ADDRESS),
        (f"{event.slug} asks", MOST_PER_EVENT),
    ):
        if not await store.limits.allow(key, most=most, seconds=HOUR):
            raise InvalidInput(
                _("There were many requests within the hour. Ask again later, or ask the organisers.")
            )
    if not await store.leave_requests.ask(event.slug, asked):
        raise InvalidInput(_("Very many requests wait already. Ask the organisers."))


async def show(request: Request) -> HTMLResponse:
    """Show moderators what nobody has answered."""
    event, who = await access.staff(request, "moderator")
    return await page(request, event, who)


async def page(
    request: Request, event: Event, who: Person, *, error: InvalidInput | None = None, about: str = ""
) -> HTMLResponse:
    services = state(request)
    asked = await services["store"].leave_requests.all(event.slug)
    return services["pages"].page(
        "moderate/leave_requests.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/{event.slug}/moderate/leaving",
        requests=[await view(services, event, one) for one in asked],
        error={"about": about, "message": error.message} if error else None,
    )


async def view(services: State, event: Event, asked: LeaveRequest) -> dict[str, Any]:
    """Return what moderators are told of a request: who is meant, and what of theirs is here."""
    store = services["store"]
    posts = [
        one for uid in await uids(store, event.slug, asked) for one in await store.posts.of_author(event.slug, uid)
    ]
    return {
        "id": asked.id,
        "network": title(asked.kind),
        "handle": asked.handle,
        "words": asked.words,
        "asked": ago(asked.asked_at, services["now"]()),
        "posts": len(posts),
        "post": posts[0].post.id if posts else None,
    }


async def answer(request: Request) -> Response:
    """Leave an author out as asked, or decline with a reason."""
    event, who = await access.staff(request, "moderator")
    services = state(request)
    store, now = services["store"], services["now"]()
    values = await fields(request)
    asked = await store.leave_requests.get(event.slug, request.path_params["request"])
    network = title(asked.kind)
    if values.get("do") == "confirm":
        if not (authors := await uids(store, event.slug, asked)):
            error = InvalidInput(_("No source of this event is of that kind any more, so nobody can be meant."))
            return await page(request, event, who, error=error, about=asked.id)
        # First what was asked for, which may be done twice; then the note that it is done, and no request any more.
        for uid in authors:
            await services["leaving"].leave(event.slug, uid, at=now, now=now)
        done = entry(request, who, "left out", about=network)
    elif reason := clean_name(values.get("reason", "")):
        done = replace(entry(request, who, "not left out", about=network), reason=reason)
    else:
        error = InvalidInput(_("Say why not; it is kept in the audit log."), field="reason")
        return await page(request, event, who, error=error, about=asked.id)
    await store.leave_requests.answered(event.slug, asked, done)
    return RedirectResponse(f"/{event.slug}/moderate/leaving", HTTPStatus.SEE_OTHER)


async def uids(store: Store, slug: str, asked: LeaveRequest) -> list[str]:
    """Return every author whom a request means, here before or not; raises InvalidInput for what is no handle."""
    found: dict[str, None] = {}
    for settings in await store.sources.all(slug):
        if settings.kind != asked.kind or asked.kind not in KINDS:
            continue
        if known_as := getattr(source_class(settings.kind), "known_as", None):
            found |= dict.fromkeys(known_as(asked.handle, settings))
    return list(found)


routes = [
    Route("/{slug}/about/leaving", ask, methods=["POST"]),
    Route("/{slug}/moderate/leaving", show),
    Route("/{slug}/moderate/leaving/{request}", answer, methods=["POST"]),
]

"""The transcript of an event: ordered by organisers, and by everybody who may read the wall where they publish it."""

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route

from wall.core.event import Event
from wall.core.moderation import Status
from wall.core.transcript.formats import FORMATS, FormatName
from wall.core.transcript.line import held
from wall.core.words import _
from wall.errors import ByInvitation, InvalidInput, NotFound
from wall.web import access
from wall.web.addresses import address
from wall.web.chat_view import chat_of, of_path
from wall.web.form import Trouble
from wall.web.nav import nav
from wall.web.programme_view import readable
from wall.web.state import State, state
from wall.web.transcribing import Transcriber
from wall.web.transcript_files import Order, written
from wall.web.transcript_form import (
    EDITION,
    FIELDS,
    LONGEST,
    SESSION,
    edition_choices,
    parse_asked,
    session_choices,
)

MOST_ORDERS, WITHIN_SECONDS = 30, 600
"""So many transcripts the audience is given for an address: a hall has one, and each is read from the posts anew."""


async def show(request: Request) -> HTMLResponse:
    """Show organisers what they may ask for, and what it will hold."""
    event, who = await access.staff(request, "organiser")
    services, values = state(request), chosen(request)
    trouble, size, holds = None, "", 0
    try:
        asked, _about = await parse_asked(values, event, services["store"])
        plan = await transcriber(request).plan(event, asked, now=services["now"]())
        size, holds = held(plan.posts, plan.people), plan.posts
    except InvalidInput as error:
        trouble = Trouble("transcript", error, values)
    return services["pages"].page(
        "organise/transcript.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=f"/organise/{event.slug}",
        zone=readable(event.timezone),
        values=values,
        size=size,
        holds=holds,
        recording=await recording_words(services, event, values),
        query=urlencode(values),
        formats=FORMATS,
        trouble=trouble,
        **await choices(services, event),
    )


async def export(request: Request) -> Response:
    """Give organisers a transcript."""
    event = await access.event(request, "organiser")
    return await ordered(request, event, chosen(request))


async def show_public(request: Request) -> HTMLResponse:
    """Show everybody who may read the wall the transcripts there are."""
    event = await published(request)
    services = state(request)
    counts = await services["store"].posts.counts(event.slug)
    return services["pages"].page(
        "live/transcript.html",
        event=event,
        here="transcript",
        nav=await nav(request, event),
        posts=counts[Status.APPROVED] - await services["store"].answering.shown(event.slug),
        values=chosen(request),
        formats=FORMATS,
        **await choices(services, event),
    )


async def export_public(request: Request) -> Response:
    """Give everybody who may read the wall a transcript, with as much of names as its organisers publish."""
    event = await published(request)
    await check_pace(request, event)
    return await ordered(request, event, chosen(request), initials=event.transcript == "initials")


async def export_edition(request: Request) -> Response:
    """Give everybody who may read a chat the transcript of one of its editions, which they may read anyway."""
    event, _chat = await chat_of(request)
    await check_member(request, event)
    number = of_path(request)
    await check_pace(request, event)
    values = {**chosen(request), "part": f"{EDITION}{number}"}
    return await ordered(request, event, values, initials=event.transcript == "initials")


async def published(request: Request) -> Event:
    """Return the event; raises NotFound where its transcript is for its organisers alone."""
    event = await access.event(request, "viewer")
    await check_member(request, event)
    if event.transcript == "no":
        raise NotFound(_("The transcript of this event is not published."))
    return event


async def check_member(request: Request, event: Event) -> None:
    """Raise ByInvitation for who is not of a circle, or its team: its screens show the wall, and take nothing away."""
    if event.circle is not None and not await access.is_of(request, event):
        raise ByInvitation(access.OUTSIDE)


async def check_pace(request: Request, event: Event) -> None:
    """Raise InvalidInput where very many were asked for from an address."""
    client = request.client.host if request.client else ""
    key = f"transcript of {event.slug} from {client}"
    if not await state(request)["store"].limits.allow(key, most=MOST_ORDERS, seconds=WITHIN_SECONDS):
        raise InvalidInput(_("Many transcripts were taken away from here just now. Try again in a few minutes."))


async def ordered(
    request: Request, event: Event, values: Mapping[str, str], *, initials: bool = False
) -> Response:
    """Return a transcript in the format that the path names, written out as it is read."""
    services = state(request)
    format = format_of(request)
    asked, about = await parse_asked(values, event, services["store"])
    asked = replace(asked, initials=asked.initials or initials)
    now, reader = services["now"](), transcriber(request)
    order = Order(event, asked, about, format, await reader.plan(event, asked, now=now))
    headers = {
        "content-disposition": f'attachment; filename="{order.filename}"',
        "cache-control": "no-store",
        "x-robots-tag": "noindex",
    }
    return StreamingResponse(written(reader, order, now=now), media_type=order.kind.media_type, headers=headers)


def transcriber(request: Request) -> Transcriber:
    services = state(request)
    return Transcriber(services["store"], services["pictures"], address(request, ""))


def format_of(request: Request) -> FormatName:
    name = request.path_params["format"]
    found: FormatName | None = next((one for one in FORMATS if one == name), None)
    if found is None:
        raise NotFound(_("There is no such format of a transcript."))
    return found


def chosen(request: Request) -> dict[str, str]:
    """Return what a request asks for, as in its form; what is empty is left out."""
    given = {name: request.query_params.get(name, "")[:LONGEST] for name in FIELDS}
    return {name: value for name, value in given.items() if value}


async def choices(services: State, event: Event) -> dict[str, Any]:
    """Return the parts of an event to choose from."""
    programme = await services["store"].programmes.get(event.slug)
    editions = await services["store"].chats.all(event.slug) if event.chat else []
    return {
        "sessions": session_choices(programme, event),
        "editions": edition_choices(editions, services["now"]()),
    }


async def recording_words(services: State, event: Event, values: Mapping[str, str]) -> str:
    """Return when the recording of a chosen session begins, in words; "" where none is chosen."""
    part = values.get("part", "")
    if not part.startswith(SESSION):
        return ""
    programme = await services["store"].programmes.get(event.slug)
    recording = programme.setting(part.removeprefix(SESSION)).recording
    if recording is None:
        return _("Captions begin with the session: nobody said yet when its recording does.")
    local = f"{recording.astimezone(ZoneInfo(event.timezone)):%H:%M:%S}"
    return _("Captions begin with the recording, at %(time)s.", time=local)


organiser_routes = [
    Route("/organise/{slug}/transcript", show),
    Route("/organise/{slug}/transcript.{format}", export),
]
routes = [
    Route("/{slug}/transcript", show_public),
    Route("/{slug}/transcript.{format}", export_public),
    Route("/{slug}/chat/{number}/transcript.{format}", export_edition),
]

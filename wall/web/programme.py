"""The programme of an event: taken in from an address or a file after a look at it, or made by hand."""

from collections.abc import Callable
from http import HTTPStatus

from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from wall.core.event import Event
from wall.core.modes import MODES, NAMES
from wall.core.people import Person
from wall.core.programme import MOST_SESSIONS, MOST_WITH_MODE, QUIET, Preview, Programme, Reading, Session
from wall.core.text import clean_name
from wall.core.words import _
from wall.errors import InvalidInput, NotFound, SourceError
from wall.programmes import draft_of, fetched, imported
from wall.sources.programme import LARGEST
from wall.web import access
from wall.web.acts import entry
from wall.web.form import Trouble, fields
from wall.web.programme_form import (
    at_address,
    parse_address,
    parse_session,
    parse_setting,
    parse_upload,
)
from wall.web.programme_view import (
    QUIET_WORDS,
    days_view,
    preview_view,
    readable,
    reading_view,
    summary,
    warnings,
)
from wall.web.speakers_view import speakers_view
from wall.web.state import state

UPLOAD = LARGEST + 64 * 1024


async def show(request: Request) -> HTMLResponse:
    """Show the programme, day by day."""
    return await page(request, *await access.staff(request, "organiser"))


async def read(request: Request) -> Response:
    """Read an address or a file, and lead to a look at what is in it; nothing is changed yet."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    values, name, body = await parse_upload(request)
    try:
        if name:
            draft = await draft_of(body, event, services["now"]())
            preview = Preview(draft=draft, origin=clean_name(name) or _("a file"))
        else:
            preview = await at(request, event, parse_address(values))
    except InvalidInput as error:
        return await page(request, event, who, Trouble("import", error, values))
    preview_id = await services["store"].programmes.put_by(event.slug, preview)
    return RedirectResponse(f"{base(event)}/previews/{preview_id}", HTTPStatus.SEE_OTHER)


async def at(request: Request, event: Event, address: str) -> Preview:
    """Return what is at an address; raises InvalidInput in words."""
    services = state(request)
    try:
        preview = await fetched(services["fetch"], address, event, services["now"]())
    except (SourceError, InvalidInput) as error:
        raise at_address(error) from error
    if preview is None:
        raise InvalidInput(
            _("The server says that nothing is newer, although nothing was asked like that."), field="address"
        )
    return preview


async def show_preview(request: Request) -> HTMLResponse:
    """Show what was read, and what would become of the programme by it."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    preview = await services["store"].programmes.preview(event.slug, request.path_params["preview"])
    before = await services["store"].programmes.get(event.slug)
    return services["pages"].page(
        "organise/programme_preview.html",
        page="organise",
        event=event,
        person={"name": who.name},
        base=base(event),
        zone=readable(event.timezone),
        preview_id=request.path_params["preview"],
        preview=preview_view(preview, before, event),
    )


async def take(request: Request) -> Response:
    """Take in what was looked at, in the place of the last import."""
    event, who = await access.staff(request, "organiser")
    services = state(request)
    now = services["now"]()
    preview = await services["store"].programmes.preview(event.slug, request.path_params["preview"])
    count = len(preview.draft.sessions)
    about = f"took in {count:,} session{'' if count == 1 else 's'} of {preview.origin}"
    await changed(request, event, who, lambda before: imported(before, preview, now), about)
    if preview.address:
        reading = Reading(at=now, good_at=now, headers=preview.headers)
        await services["store"].programmes.note(event.slug, reading)
    return RedirectResponse(base(event), HTTPStatus.SEE_OTHER)


async def stop_reading(request: Request) -> Response:
    """Read the address no more; its sessions stay."""
    event, who = await access.staff(request, "organiser")
    await changed(request, event, who, lambda before: before.no_longer_read(), "reads its address no more")
    return RedirectResponse(base(event), HTTPStatus.SEE_OTHER)


# By hand


async def add(request: Request) -> Response:
    """Add a session."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    programme = await state(request)["store"].programmes.get(event.slug)
    try:
        if len(programme.sessions) >= MOST_SESSIONS:
            raise InvalidInput(
                _("A programme has %(most_sessions)s sessions at most.", most_sessions=f"{MOST_SESSIONS:,}"),
                field="title",
            )
        session = parse_session(values, event)
    except InvalidInput as error:
        return await page(request, event, who, Trouble("new", error, values))
    await changed(request, event, who, lambda before: before.with_session(session), f"added “{session.title}”")
    return RedirectResponse(f"{base(event)}#session-{session.id}", HTTPStatus.SEE_OTHER)


async def change(request: Request) -> Response:
    """Change a session that was made by hand."""
    event, who = await access.staff(request, "organiser")
    before = await session_of(request, event, by_hand=True)
    values = await fields(request)
    try:
        session = parse_session(values, event, id=before.id)
    except InvalidInput as error:
        return await page(request, event, who, Trouble(f"session-{before.id}", error, values))
    await changed(request, event, who, lambda before: before.with_session(session), f"changed “{session.title}”")
    return RedirectResponse(f"{base(event)}#session-{session.id}", HTTPStatus.SEE_OTHER)


async def delete(request: Request) -> Response:
    """Delete a session that was made by hand."""
    event, who = await access.staff(request, "organiser")
    session = await session_of(request, event, by_hand=True)
    await changed(request, event, who, lambda before: before.without(session.id), f"deleted “{session.title}”")
    return RedirectResponse(base(event), HTTPStatus.SEE_OTHER)


async def set_session(request: Request) -> Response:
    """Set what screens and new posts do while a session runs."""
    event, who = await access.staff(request, "organiser")
    session = await session_of(request, event)
    values = await fields(request)
    programme = await state(request)["store"].programmes.get(event.slug)
    try:
        setting = parse_setting(values, session, event.timezone)
        others = sum(1 for id, one in programme.settings.items() if one.mode and id != session.id)
        if setting.mode and others >= MOST_WITH_MODE:
            raise InvalidInput(
                _("At most %(most_with_mode)s sessions have a mode of their own.", most_with_mode=MOST_WITH_MODE),
                field="mode",
            )
    except InvalidInput as error:
        return await page(request, event, who, Trouble(f"set-{session.id}", error, values))
    words = f"“{session.title}”: {QUIET_WORDS[setting.quiet].lower()}, {setting.mode or 'new posts as usual'}"
    await changed(request, event, who, lambda before: before.setting_of(session.id, setting), words)
    return RedirectResponse(f"{base(event)}#session-{session.id}", HTTPStatus.SEE_OTHER)


async def session_of(request: Request, event: Event, *, by_hand: bool = False) -> Session:
    """Return the session that the path names; raises NotFound."""
    programme = await state(request)["store"].programmes.get(event.slug)
    session = programme.session(request.path_params["session"])
    if session is None or (by_hand and not session.by_hand):
        raise NotFound(_("There is no such session; an import may have taken it away."))
    return session


async def changed(
    request: Request, event: Event, who: Person, change: Callable[[Programme], Programme], about: str
) -> None:
    """Change the programme, and tell the audit log."""
    made = entry(request, who, "programme", about=about)
    await state(request)["store"].programmes.change(event.slug, change, entry=made, now=made.at)


async def page(request: Request, event: Event, who: Person, trouble: Trouble | None = None) -> HTMLResponse:
    """Return the page; with `trouble`, one of its forms says what could not be used."""
    services = state(request)
    now = services["now"]()
    programme = await services["store"].programmes.get(event.slug)
    reading = await services["store"].programmes.reading(event.slug)
    return services["pages"].page(
        "organise/programme.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if trouble else HTTPStatus.OK,
        page="organise",
        event=event,
        person={"name": who.name},
        base=base(event),
        zone=readable(event.timezone),
        programme=programme,
        summary=summary(programme.sessions, event) if programme.sessions else "",
        warnings=list(warnings(programme.sessions, event)) if programme.sessions else [],
        days=days_view(programme, event),
        speakers=await speakers_view(services, event, programme),
        reading=reading_view(programme, reading, event, now),
        quiet={one: QUIET_WORDS[one] for one in QUIET},
        modes=MODES,
        mode_names=NAMES,
        today=event.starts or now.date(),
        trouble=trouble,
    )


def base(event: Event) -> str:
    return f"/organise/{event.slug}/programme"


routes = [
    Route("/organise/{slug}/programme", show),
    Route(
        "/organise/{slug}/programme",
        read,
        methods=["POST"],
        middleware=[Middleware(RequestBodyLimitMiddleware, max_body_size=UPLOAD)],
    ),
    Route("/organise/{slug}/programme/previews/{preview}", show_preview),
    Route("/organise/{slug}/programme/previews/{preview}", take, methods=["POST"]),
    Route("/organise/{slug}/programme/address/deletion", stop_reading, methods=["POST"]),
    Route("/organise/{slug}/programme/sessions", add, methods=["POST"]),
    Route("/organise/{slug}/programme/sessions/{session}", change, methods=["POST"]),
    Route("/organise/{slug}/programme/sessions/{session}/deletion", delete, methods=["POST"]),
    Route("/organise/{slug}/programme/sessions/{session}/setting", set_session, methods=["POST"]),
]

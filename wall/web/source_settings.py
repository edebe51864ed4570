"""Setting up the sources of an event, by forms drawn from what each kind says it needs; no kind is named here."""

import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wall.core.audit import EntryKind
from wall.core.event import Event
from wall.core.people import Person
from wall.core.source import SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput, NotFound
from wall.sources.base import PushedSource, Source
from wall.sources.registry import source_class
from wall.web import access
from wall.web.acts import entry
from wall.web.addresses import address
from wall.web.event_page import event_page
from wall.web.form import Trouble, fields
from wall.web.once import Told, told_once
from wall.web.source_view import door, may_set_up
from wall.web.state import state

MOST_SOURCES = 40
LONGEST_OPTION = 4_000

SourceClass = type[Source] | type[PushedSource]


async def create_source(request: Request) -> Response:
    """Add a source to an event; secrets that were made for it are shown this once."""
    event, who = await access.staff(request, "organiser")
    values = await fields(request)
    kind = values.get("kind", "")
    try:
        source = source_class(kind)
        check_may_set_up(who, source)
        await check_room(request, event, source)
        options = source.check(given(source, values, {}))
    except InvalidInput as error:
        return await event_page(request, event, Trouble(f"new-{kind}", error, values))
    # What has no options is there once, under the name of its kind.
    settings = SourceSettings(id=secrets.token_hex(4) if source.options else kind, kind=kind, options=options)
    return await save(request, event, who, settings, "source added", made=made(source, values, {}, options))


async def change_source(request: Request) -> Response:
    """Change the options of a source; a secret left empty stays as it was."""
    event, who = await access.staff(request, "organiser")
    settings = await state(request)["store"].sources.get(event.slug, request.path_params["source"])
    values = await fields(request)
    try:
        source = source_class(settings.kind)
        check_may_set_up(who, source)
        options = source.check(given(source, values, settings.options))
        check_destination(source, values, settings.options, options)
    except InvalidInput as error:
        return await event_page(request, event, Trouble(f"source-{settings.id}", error, values))
    changed = replace(settings, options=options, version=settings.version + 1)
    return await save(
        request, event, who, changed, "source changed", made=made(source, values, settings.options, options)
    )


async def delete_source(request: Request) -> Response:
    """Delete a source; the posts that came through it stay."""
    event, who = await access.staff(request, "organiser")
    sources = state(request)["store"].sources
    with suppress(NotFound):
        settings = await sources.get(event.slug, request.path_params["source"])
        told = entry(request, who, "source deleted", about=named(settings))
        await sources.delete(event.slug, settings.id, entry=told)
    return RedirectResponse(f"/organise/{event.slug}#sources", HTTPStatus.SEE_OTHER)


async def save(
    request: Request, event: Event, who: Person, settings: SourceSettings, kind: EntryKind, *, made: list[Told]
) -> Response:
    told_of = entry(request, who, kind, about=named(settings))
    await state(request)["store"].sources.save(event.slug, settings, entry=told_of)
    back = f"/organise/{event.slug}#sources"
    if not made:
        return RedirectResponse(back, HTTPStatus.SEE_OTHER)
    source = source_class(settings.kind)
    path = door(event, source)
    told = [Told(_("Address to send posts to"), address(request, path))] if path else []
    return told_once(
        request,
        title=source.title,
        lead=_("Give these to the sender. The secret is shown this once; if it gets lost, have a new one made."),
        told=[*told, *made],
        back=back,
    )


def named(settings: SourceSettings) -> str:
    """Return what the audit log calls a source: nothing of its options, which may hold secrets."""
    return f"{settings.kind} ({settings.id})" if settings.kind != settings.id else settings.kind


def check_may_set_up(who: Person, source: SourceClass) -> None:
    """Raise InvalidInput for a kind that only an owner of the installation sets up."""
    if not may_set_up(who, source):
        raise InvalidInput(
            _("“%(title)s” is set up by an owner of this installation only.", title=source.title), field="kind"
        )


async def check_room(request: Request, event: Event, source: SourceClass) -> None:
    """Raise InvalidInput when there are too many sources, or a second one would be the same as the first."""
    there = await state(request)["store"].sources.all(event.slug)
    if len(there) >= MOST_SOURCES:
        raise InvalidInput(
            _("An event has at most %(most_sources)s sources; delete one first.", most_sources=MOST_SOURCES)
        )
    if not source.options and any(one.kind == source.kind for one in there):
        raise InvalidInput(_("“%(title)s” is among the sources already.", title=source.title))


def given(source: SourceClass, values: Mapping[str, str], kept: Mapping[str, str]) -> dict[str, str]:
    """Return the options as filled in; a secret left empty is the one kept, unless it is to be forgotten."""
    found = {}
    for option in source.options:
        value = values.get(option.name, "" if option.secret else option.default)
        if len(value) > LONGEST_OPTION:
            raise InvalidInput(
                _("At most %(longest_option)s characters.", longest_option=LONGEST_OPTION), field=option.name
            )
        if option.secret and not value.strip() and f"forget-{option.name}" not in values:
            value = kept.get(option.name, "")
        found[option.name] = value
    return found


def check_destination(
    source: SourceClass, values: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Raise InvalidInput when a secret that was kept would go to another place than it was given for."""
    directing = [option.name for option in source.options if option.directs and not option.secret]
    if source.pushed or all(before.get(name, "") == after.get(name, "") for name in directing):
        return
    for option in source.options:
        if option.secret and after.get(option.name) and not values.get(option.name, "").strip():
            raise InvalidInput(
                _("Where this is used has changed; fill it in once more, or forget it."), field=option.name
            )


def made(
    source: SourceClass, values: Mapping[str, str], before: Mapping[str, str], after: Mapping[str, str]
) -> list[Told]:
    """Return the secrets that a source made for itself just now."""
    return [
        Told(option.label, after[option.name])
        for option in source.options
        if option.secret
        and after.get(option.name)
        and after[option.name] != before.get(option.name)
        and not values.get(option.name, "").strip()
    ]


routes = [
    Route("/organise/{slug}/sources", create_source, methods=["POST"]),
    Route("/organise/{slug}/sources/{source}", change_source, methods=["POST"]),
    Route("/organise/{slug}/sources/{source}/deletion", delete_source, methods=["POST"]),
]

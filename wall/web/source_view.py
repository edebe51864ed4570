"""What an organiser is told of a source: what it reads and how it fares. Secrets are not in it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from wall.core.event import Event
from wall.core.people import Person
from wall.core.source import SourceHealth, SourceSettings
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.base import PushedSource, Source
from wall.sources.registry import KINDS, source_class
from wall.web.source_health import health_view


def source_view(event: Event, settings: SourceSettings, health: SourceHealth, now: datetime) -> dict[str, Any]:
    """Return a source for its place on the organiser's page."""
    view = {
        "id": settings.id,
        "form": f"source-{settings.id}",
        "health": health_view(event, settings, health, now),
    }
    try:
        source = source_class(settings.kind)
    except InvalidInput:
        # Kept by another version of this program; it can still be deleted.
        words = _("This version of the wall cannot read it. It rests until a version that can runs again.")
        return {**view, "title": settings.kind, "reads": words, "door": None, "options": [], "tried": False}
    return {
        **view,
        "title": source.title,
        "reads": reads(source, settings.options),
        "door": door(event, source),
        "options": options_view(source, settings.options),
        "tried": not source.pushed,
    }


def kinds_view(settings: list[SourceSettings], who: Person) -> list[dict[str, Any]]:
    """Return the kinds that a person can add. One without options is the same each time, and there once at most."""
    there = {one.kind for one in settings}
    sources = {kind: source_class(kind) for kind in KINDS}
    return [
        {
            "kind": kind,
            "form": f"new-{kind}",
            "title": source.title,
            "options": options_view(source, {}),
            "tried": not source.pushed,
            "terms": getattr(source, "terms", ""),
        }
        for kind, source in sources.items()
        if (source.options or kind not in there) and may_set_up(who, source)
    ]


def may_set_up(who: Person, source: type[Source] | type[PushedSource]) -> bool:
    """Tell whether an organiser may set up a kind: some are for owners of the installation only."""
    return who.owner or not getattr(source, "owner_only", False)


def options_view(source: type[Source] | type[PushedSource], options: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": option.name,
            "label": option.label,
            "help": option.help,
            # What is folded away cannot be asked for by the browser; it says so only once the form is sent.
            "required": option.required and not option.expert,
            "expert": option.expert,
            "secret": option.secret,
            "kept": option.secret and bool(options.get(option.name)),
            "value": "" if option.secret else options.get(option.name, option.default),
        }
        for option in source.options
    ]


def reads(source: type[Source] | type[PushedSource], options: Mapping[str, str]) -> str:
    """Return what a source was set up to read, in its own words. One with a budget tells of that in its health."""
    plain = [one for one in source.options if not one.secret and not one.expert and not hasattr(source, "terms")]
    values = [options.get(option.name, "") for option in plain]
    return " · ".join(filter(None, values[:1]))


def reads_of(settings: SourceSettings) -> str:
    """Return what a source reads, as far as its kind is known."""
    return reads(source_class(settings.kind), settings.options) if settings.kind in KINDS else ""


def door(event: Event, source: type[Source] | type[PushedSource]) -> str | None:
    """Return the path that posts are sent to, for a source that is not read."""
    name = getattr(source, "door", None)
    return f"/{event.slug}/{name}" if source.pushed and name else None

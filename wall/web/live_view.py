"""What the live page says of an excerpt, of the sessions that are on, and of the programme."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from wall.core.event import Event
from wall.core.excerpt import Excerpt, Span, span_view
from wall.core.programme import Programme, Session
from wall.web.filters import network
from wall.web.outline import Outline
from wall.web.programme_view import times
from wall.web.when import whole_day


def excerpt_view(excerpt: Excerpt, event: Event, query: Mapping[str, str]) -> dict[str, Any]:
    """Return what the filters want: what is chosen, and the ways to choose less of it."""
    return {
        "excerpt": excerpt,
        "chosen": excerpt.view() if excerpt else None,
        "session": session_view(excerpt.span.session, event) if excerpt.span else None,
        "without_session": address(event, {name: value for name, value in query.items() if name != "session"}),
    }


def outline_view(outline: Outline, excerpt: Excerpt, event: Event, now: datetime) -> dict[str, Any]:
    """Return what there is to choose from, and the sessions that are on or begin soon."""
    return {
        "networks": choices(outline, excerpt),
        "has_sessions": bool(outline.programme.sessions),
        "around": [around_view(span, event, now) for span in outline.around(now)],
    }


def choices(outline: Outline, excerpt: Excerpt) -> list[tuple[str, str]]:
    """Return the networks to choose from, the one that is chosen among them whatever it is."""
    found = dict(outline.networks)
    if excerpt.network:
        found.setdefault(excerpt.network, network(excerpt.network))
    return list(found.items())


def around_view(span: Span, event: Event, now: datetime) -> dict[str, Any]:
    return {
        **session_view(span.session, event),
        "span": span_view(span),
        "on": span.session.starts <= now < span.ends,
    }


def programme_days(programme: Programme, event: Event) -> list[dict[str, Any]]:
    """Return the sessions by day, as the venue's clocks count days."""
    return [
        {
            "day": whole_day(day),
            "sessions": [session_view(one, event) for one in programme.of_day(day, event.timezone)],
        }
        for day in programme.days(event.timezone)
    ]


def session_view(session: Session, event: Event) -> dict[str, Any]:
    return {
        "id": session.id,
        "title": session.title,
        "times": times(session, event.timezone),
        "room": session.room,
        "speakers": ", ".join(session.speakers),
        "url": address(event, {"session": session.id}),
    }


def address(event: Event, query: Mapping[str, str]) -> str:
    return f"/{event.slug}?{urlencode(query)}" if query else f"/{event.slug}"

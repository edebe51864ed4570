"""What somebody fills in to order a transcript: a session, an edition of a chat or a range of time, and the manner."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.excerpt import span_of
from wall.core.modes import instant
from wall.core.programme import Programme
from wall.core.transcript.asked import Asked
from wall.core.words import _
from wall.errors import InvalidInput
from wall.store import Store
from wall.web.when import day_and_month

MANNERS = ("initials", "without_pictures", "mark")
FIELDS = ("part", "from", "to", *MANNERS)
LONGEST = 200  # characters
SESSION, EDITION = "session:", "edition:"
YEARS = range(1990, 2200)


async def parse_asked(values: Mapping[str, str], event: Event, store: Store) -> tuple[Asked, str]:
    """Return what is asked for, and what that is called; raises InvalidInput naming the field, or NotFound."""
    zone = ZoneInfo(event.timezone)
    begins = parse_moment(values.get("from", ""), zone, "from")
    ends = parse_moment(values.get("to", ""), zone, "to")
    if begins and ends and ends <= begins:
        raise InvalidInput(_("It has to end after it begins."), field="to")
    whole = Asked(
        begins=begins,
        ends=ends,
        initials="initials" in values,
        pictures="without_pictures" not in values,
        mark="mark" in values,
        recording=begins,
    )
    part = values.get("part", "")[:LONGEST]
    if part.startswith(SESSION):
        programme = await store.programmes.get(event.slug)
        return of_session(programme, part.removeprefix(SESSION), whole)
    if part.startswith(EDITION):
        edition = await store.chats.get(event.slug, parse_number(part.removeprefix(EDITION)))
        asked = replace(whole, begins=None, ends=None, edition=edition.number, recording=edition.starts)
        return asked, edition.topic
    if part:
        raise InvalidInput(_("There is no such part of this event."), field="part")
    return whole, span_words(begins, ends, zone)


def of_session(programme: Programme, session_id: str, whole: Asked) -> tuple[Asked, str]:
    span = span_of(programme, session_id)
    if span is None:
        raise InvalidInput(_("There is no such session; an import may have taken it away."), field="part")
    recording = programme.setting(session_id).recording or span.session.starts
    return replace(whole, span=span, recording=recording), span.session.title


def parse_number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 5:
        raise InvalidInput(_("There is no such edition of this chat."), field="part")
    return int(text)


def parse_moment(text: str, zone: ZoneInfo, field: str) -> datetime | None:
    """Return a day or a time by the clocks of the event; a last day belongs to it as a whole. Raises InvalidInput."""
    text = text.strip()
    if not text:
        return None
    try:
        local = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise InvalidInput(_("A time is written like 2026-06-12T14:30."), field=field) from error
    if local.year not in YEARS:
        raise InvalidInput(_("The year %(year)s cannot be meant.", year=local.year), field=field)
    if field == "to" and len(text) <= len("2026-06-12"):
        local += timedelta(days=1)
    return instant(local, zone)


def span_words(begins: datetime | None, ends: datetime | None, zone: ZoneInfo) -> str:
    """Return what a range is called; "" where it is of whole days, which are told anyway."""
    first, last = (one.astimezone(zone) if one else None for one in (begins, ends))
    if all(one is None or one.time() == time() for one in (first, last)):
        return ""
    if first and last and first.date() == last.date():
        return f"{first:%H:%M}–{last:%H:%M}"
    if first and last:
        return _("From %(first)s to %(last)s", first=point(first), last=point(last))
    if first:
        return _("From %(first)s", first=point(first))
    return _("Until %(last)s", last=point(last)) if last else ""


def point(local: datetime) -> str:
    return f"{day_and_month(local)}, {local:%H:%M}"


# What there is to choose from


def session_choices(programme: Programme, event: Event) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the sessions by day: what each is called in a form, and in words."""
    zone = ZoneInfo(event.timezone)
    return [
        (
            day_and_month(day),
            [
                (f"{SESSION}{one.id}", f"{one.starts.astimezone(zone):%H:%M} {one.title}")
                for one in programme.of_day(day, event.timezone)
            ],
        )
        for day in programme.days(event.timezone)
    ]


def edition_choices(editions: list[Edition], now: datetime) -> list[tuple[str, str]]:
    """Return the editions of a chat that have begun, the newest first."""
    begun = sorted((one for one in editions if one.opens <= now), key=lambda one: one.starts, reverse=True)
    return [(f"{EDITION}{one.number}", f"{one.number} · {one.topic}") for one in begun]

"""The programme as organisers see it: days, times by the venue's clocks, what is set, and how reading goes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.programme import Preview, Programme, Quiet, Reading, Session, overlapping
from wall.web.programme_form import session_values
from wall.web.source_health import counted
from wall.web.when import ago, clock, days

MOST_TOLD = 6

QUIET_WORDS: dict[Quiet, str] = {
    "as usual": "Screens as usual",
    "only questions": "Of posts, screens show only questions",
    "nothing": "Screens show no posts",
}


def days_view(programme: Programme, event: Event) -> list[dict[str, Any]]:
    """Return the sessions by day, as the venue's clocks count days."""
    return [
        {
            "day": f"{day:%A}, {day.day} {day:%B %Y}",
            "sessions": [session_view(programme, one, event) for one in programme.of_day(day, event.timezone)],
        }
        for day in programme.days(event.timezone)
    ]


def session_view(programme: Programme, one: Session, event: Event) -> dict[str, Any]:
    setting = programme.setting(one.id)
    told = [QUIET_WORDS[setting.quiet]] if setting.quiet != "as usual" else []
    return {
        "id": one.id,
        "title": one.title,
        "times": times(one, event.timezone),
        "room": one.room,
        "speakers": ", ".join(one.speakers),
        "track": one.track,
        "by_hand": one.by_hand,
        "quiet": setting.quiet,
        "mode": setting.mode or "",
        "set": told + ([setting.mode.capitalize()] if setting.mode else []),
        "values": session_values(one, event.timezone) if one.by_hand else {},
    }


def times(one: Session, timezone: str) -> str:
    """Return when a session takes place: “10:00–10:45”, “23:00–01:00 (Saturday)”, “10:00” without an end."""
    zone = ZoneInfo(timezone)
    starts, ends = one.starts.astimezone(zone), one.ends.astimezone(zone) if one.ends else None
    if ends is None:
        return f"{starts:%H:%M}"
    later = f" ({ends:%A})" if ends.date() != starts.date() else ""
    return f"{starts:%H:%M}–{ends:%H:%M}{later}"


def preview_view(preview: Preview, before: Programme, event: Event) -> dict[str, Any]:
    """Return what a preview says: how much there is, when, in which zones, and what would change."""
    draft = preview.draft
    return {
        "origin": preview.origin,
        "summary": summary(draft.sessions, event),
        "zones": zones_words(draft.zones, event),
        "left_out": draft.left_out,
        "left_out_words": f"{draft.left_out_count:,} left out" if draft.left_out_count else "",
        "left_out_more": draft.left_out_count - len(draft.left_out),
        "changes": list(change_words(preview, before)),
        "warnings": list(warnings(draft.sessions, event)),
        "days": days_view(Programme(settings=before.settings).with_sessions(draft.sessions), event),
    }


def summary(sessions: Sequence[Session], event: Event) -> str:
    """Return how much there is, and when: “42 sessions in 3 rooms, 12–14 June 2026”."""
    rooms = {one.room for one in sessions if one.room}
    zone = ZoneInfo(event.timezone)
    found = [one.starts.astimezone(zone).date() for one in sessions]
    where = f" in {counted(len(rooms), 'room')}" if rooms else ""
    return f"{counted(len(sessions), 'session')}{where}, {days(min(found), max(found))}"


def zones_words(zones: Sequence[str], event: Event) -> str:
    shown = readable(event.timezone)
    if not zones or set(zones) == {event.timezone}:
        return f"All times are in {shown}."
    named = ", ".join(map(readable, zones[:MOST_TOLD]))
    return f"Its times are in {named}; here and on screens they are shown by the clocks of {shown}."


def change_words(preview: Preview, before: Programme) -> Iterator[str]:
    """Yield what would become of the programme that is here."""
    had = {one.id: one for one in before.sessions if not one.by_hand}
    own = len(before.sessions) - len(had)
    found = {one.id: one for one in preview.draft.sessions}
    if had:
        gone = len(had.keys() - found.keys())
        changed = sum(1 for id, one in found.items() if id in had and had[id] != one)
        yield (
            f"{len(found.keys() - had.keys())} are new, {changed} changed, {gone} of those that are here would go."
        )
    if own:
        yield f"{counted(own, 'session')} made by hand stay{'s' if own == 1 else ''}."
    lost = [id for id in before.settings if id in had and id not in found]
    if lost:
        yield f"{counted(len(lost), 'session')} with something set would go; that is kept, should they come back."
    if before.address and before.address != preview.address:
        yield f"{before.address} would no longer be read."


def warnings(sessions: Sequence[Session], event: Event) -> Iterator[str]:
    """Yield what is odd about sessions, given in order of time, in words."""
    zone = ZoneInfo(event.timezone)
    found = [one.starts.astimezone(zone).date() for one in sessions]
    first, last = event.starts or event.ends, event.ends or event.starts
    if first and last and not any(first <= day <= last for day in found):
        yield f"None of them is within the days of the event, {days(first, last)}."
    for one, other in islice(overlapping(sessions), MOST_TOLD):
        at = other.starts.astimezone(zone)
        yield f"In {one.room}, “{other.title}” begins at {at:%H:%M} ({at.day} {at:%B}) while “{one.title}” still runs."


def reading_view(programme: Programme, reading: Reading, event: Event, now: datetime) -> dict[str, str] | None:
    """Return how the address of a programme fares, in words; None for one that is read nowhere."""
    if not programme.address:
        return None
    if reading.at is None:
        return {"state": "new", "word": "Starting", "detail": "It is read again in a moment."}
    good = f"Read {ago(reading.good_at, now)}" if reading.good_at else "Taken by hand"
    if not reading.trouble:
        return {"state": "healthy", "word": "Healthy", "detail": f"{good}; it is read every ten minutes."}
    since = (
        f"Last read well {ago(reading.good_at, now)} ({clock(reading.good_at, now, event.timezone)})."
        if reading.good_at
        else ""
    )
    return {
        "state": "failing",
        "word": "Failing",
        "detail": f"{reading.trouble} The programme stays as it was. {since}".strip(),
    }


def readable(timezone: str) -> str:
    return timezone.replace("_", " ")

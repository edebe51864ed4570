"""The programme as organisers see it: days, times by the venue's clocks, what is set, and how reading goes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from wall.core.event import Event
from wall.core.modes import NAMES as MODE_NAMES
from wall.core.programme import Preview, Programme, Quiet, Reading, Session, overlapping
from wall.core.words import Words, _, listed, ngettext
from wall.web.language import number
from wall.web.programme_form import session_values
from wall.web.when import ago, clock, day_and_month, days, weekday, whole_day

MOST_TOLD = 6

QUIET_WORDS: dict[Quiet, str] = {
    "as usual": _("Screens as usual"),
    "only questions": _("Of posts, screens show only questions"),
    "nothing": _("Screens show no posts"),
}


def days_view(programme: Programme, event: Event) -> list[dict[str, Any]]:
    """Return the sessions by day, as the venue's clocks count days."""
    return [
        {
            "day": whole_day(day),
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
        "recording": f"{setting.recording.astimezone(ZoneInfo(event.timezone)):%H:%M:%S}"
        if setting.recording
        else "",
        "set": told + ([MODE_NAMES[setting.mode]] if setting.mode else []),
        "values": session_values(one, event.timezone) if one.by_hand else {},
    }


def times(one: Session, timezone: str) -> str:
    """Return when a session takes place: “10:00–10:45”, “23:00–01:00 (Saturday)”, “10:00” without an end."""
    zone = ZoneInfo(timezone)
    starts, ends = one.starts.astimezone(zone), one.ends.astimezone(zone) if one.ends else None
    if ends is None:
        return f"{starts:%H:%M}"
    later = f" ({weekday(ends)})" if ends.date() != starts.date() else ""
    return f"{starts:%H:%M}–{ends:%H:%M}{later}"


def preview_view(preview: Preview, before: Programme, event: Event) -> dict[str, Any]:
    """Return what a preview says: how much there is, when, in which zones, and what would change."""
    draft = preview.draft
    return {
        "origin": preview.origin,
        "summary": summary(draft.sessions, event),
        "zones": zones_words(draft.zones, event),
        "left_out": draft.left_out,
        "left_out_words": left_out_words(draft.left_out_count),
        "left_out_more": draft.left_out_count - len(draft.left_out),
        "changes": list(change_words(preview, before)),
        "warnings": list(warnings(draft.sessions, event)),
        "days": days_view(Programme(settings=before.settings).with_sessions(draft.sessions), event),
    }


def left_out_words(count: int) -> str:
    return ngettext("%(count)s left out", "%(count)s left out", count, count=number(count)) if count else ""


def summary(sessions: Sequence[Session], event: Event) -> Words:
    """Return how much there is, and when: “42 sessions in 3 rooms, 12–14 June 2026”."""
    rooms = {one.room for one in sessions if one.room}
    zone = ZoneInfo(event.timezone)
    found = [one.starts.astimezone(zone).date() for one in sessions]
    when = days(min(found), max(found))
    if not rooms:
        return _("%(sessions)s, %(days)s", sessions=sessions_words(len(sessions)), days=when)
    where = ngettext("%(num)s room", "%(num)s rooms", len(rooms), num=number(len(rooms)))
    return _("%(sessions)s in %(rooms)s, %(days)s", sessions=sessions_words(len(sessions)), rooms=where, days=when)


def sessions_words(count: int) -> Words:
    return ngettext("%(num)s session", "%(num)s sessions", count, num=number(count))


def zones_words(zones: Sequence[str], event: Event) -> str:
    shown = readable(event.timezone)
    if not zones or set(zones) == {event.timezone}:
        return _("All times are in %(zone)s.", zone=shown)
    return _(
        "Its times are in %(zones)s; here and on screens they are shown by the clocks of %(zone)s.",
        zones=listed(map(readable, zones[:MOST_TOLD])),
        zone=shown,
    )


def change_words(preview: Preview, before: Programme) -> Iterator[str]:
    """Yield what would become of the programme that is here."""
    had = {one.id: one for one in before.sessions if not one.by_hand}
    own = len(before.sessions) - len(had)
    found = {one.id: one for one in preview.draft.sessions}
    if had:
        gone = len(had.keys() - found.keys())
        changed = sum(1 for id, one in found.items() if id in had and had[id] != one)
        yield _(
            "%(new)s are new, %(changed)s changed, %(gone)s of those that are here would go.",
            new=len(found.keys() - had.keys()),
            changed=changed,
            gone=gone,
        )
    if own:
        yield ngettext(
            "%(num)s session made by hand stays.", "%(num)s sessions made by hand stay.", own, num=number(own)
        )
    lost = [id for id in before.settings if id in had and id not in found]
    if lost:
        yield ngettext(
            "%(num)s session with something set would go; that is kept, should they come back.",
            "%(num)s sessions with something set would go; that is kept, should they come back.",
            len(lost),
            num=number(len(lost)),
        )
    if before.address and before.address != preview.address:
        yield _("%(address)s would no longer be read.", address=before.address)


def warnings(sessions: Sequence[Session], event: Event) -> Iterator[str]:
    """Yield what is odd about sessions, given in order of time, in words."""
    zone = ZoneInfo(event.timezone)
    found = [one.starts.astimezone(zone).date() for one in sessions]
    first, last = event.starts or event.ends, event.ends or event.starts
    if first and last and not any(first <= day <= last for day in found):
        yield _("None of them is within the days of the event, %(days)s.", days=days(first, last))
    for one, other in islice(overlapping(sessions), MOST_TOLD):
        at = other.starts.astimezone(zone)
        yield _(
            "In %(room)s, “%(later)s” begins at %(time)s (%(day)s) while “%(earlier)s” still runs.",
            room=one.room,
            later=other.title,
            time=f"{at:%H:%M}",
            day=day_and_month(at),
            earlier=one.title,
        )


def reading_view(programme: Programme, reading: Reading, event: Event, now: datetime) -> dict[str, str] | None:
    """Return how the address of a programme fares, in words; None for one that is read nowhere."""
    if not programme.address:
        return None
    if reading.at is None:
        return {"state": "new", "word": _("Starting"), "detail": _("It is read again in a moment.")}
    good = reading.good_at
    if not reading.trouble:
        detail = (
            _("Read %(ago)s; it is read every ten minutes.", ago=ago(good, now))
            if good
            else _("Taken by hand; it is read every ten minutes.")
        )
        return {"state": "healthy", "word": _("Healthy"), "detail": detail}
    detail = (
        _(
            "%(trouble)s The programme stays as it was. Last read well %(ago)s (%(time)s).",
            trouble=reading.trouble,
            ago=ago(good, now),
            time=clock(good, now, event.timezone),
        )
        if good
        else _("%(trouble)s The programme stays as it was.", trouble=reading.trouble)
    )
    return {"state": "failing", "word": _("Failing"), "detail": detail}


def readable(timezone: str) -> str:
    return timezone.replace("_", " ")

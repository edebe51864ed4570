"""Programmes from elsewhere: iCalendar and schedule.json (pretalx, frab), read into sessions. Nothing is fetched."""

from datetime import date, timedelta

from wall.core.programme import Draft
from wall.core.words import _
from wall.errors import InvalidInput
from wall.sources.programme import ical, schedule

LARGEST = 4 * 1024 * 1024  # bytes; the largest congress we know of has two
AROUND = timedelta(days=7)
AHEAD = timedelta(days=90)


def read(body: bytes, *, timezone: str, first: date, last: date) -> Draft:
    """Return what a file holds; raises InvalidInput in words when it is no programme, or one made to exhaust us.

    `timezone` is the event's, for times that name none; of what repeats, only `first` to `last` is taken.
    """
    if len(body) > LARGEST:
        raise too_large()
    start = body.removeprefix(b"\xef\xbb\xbf").lstrip()[:15]
    if start[:1] == b"{":
        return with_sessions(schedule.read(body, timezone=timezone))
    if start.upper() == b"BEGIN:VCALENDAR":
        return with_sessions(ical.read(body, timezone=timezone, first=first, last=last))
    if start[:1] == b"<":
        raise InvalidInput(
            _("This is a web page or XML. Take the address or file that ends in .ics or schedule.json."),
            field="file",
        )
    raise InvalidInput(_("This is neither iCalendar nor a schedule.json of pretalx or frab."), field="file")


def too_large() -> InvalidInput:
    return InvalidInput(
        _("This is larger than %(largest)s MB; a programme is not.", largest=LARGEST // 1024 // 1024), field="file"
    )


def with_sessions(draft: Draft) -> Draft:
    """Return a draft in which there is a session; raises InvalidInput with the first reason why there is none."""
    if not draft.sessions:
        why = f" {draft.left_out_count} left out, the first: {draft.left_out[0]}" if draft.left_out else ""
        raise InvalidInput(_("There is no session in it.%(why)s", why=why), field="file")
    return draft


def window(starts: date | None, ends: date | None, today: date) -> tuple[date, date]:
    """Return from and until which day something that repeats is taken: the event's days and a week around them.

    An event without days goes on for ever, as a weekly chat does: then it is the next three months.
    """
    first, last = starts or ends, ends or starts
    if first and last:
        return first - AROUND, last + AROUND
    return today - timedelta(days=1), today + AHEAD

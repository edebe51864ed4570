"""What an organiser fills in about the programme: a session by hand, what is set for one, an address or a file."""

import secrets
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import cast
from zoneinfo import ZoneInfo

from starlette.datastructures import UploadFile
from starlette.requests import Request

from wall.core.event import Event
from wall.core.modes import MODES, Mode, instant, is_skipped
from wall.core.programme import QUIET, Quiet, Session, Setting
from wall.core.words import _
from wall.errors import InvalidInput, SourceError
from wall.sources.programme.entry import FIRST_YEAR, LAST_YEAR, session
from wall.web.event_form import one_of
from wall.web.when import day_and_month

LONGEST_ADDRESS = 2_000


async def parse_upload(request: Request) -> tuple[dict[str, str], str, bytes]:
    """Return the text fields of an import, and the name and content of its file, both empty for none."""
    async with request.form(max_files=1, max_fields=10) as form:
        values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            return values, "", b""
        return values, file.filename[:200], await file.read()


def parse_address(values: Mapping[str, str]) -> str:
    """Return the address of a programme; calendars call themselves webcal:// at times. Raises InvalidInput."""
    address = values.get("address", "").strip()
    if address.lower().startswith("webcal://"):
        address = "https" + address[len("webcal") :]
    if not address or len(address) > LONGEST_ADDRESS:
        raise InvalidInput(_("Enter the address of a programme, or choose a file."), field="address")
    return address


def at_address(error: SourceError | InvalidInput) -> InvalidInput:
    return InvalidInput(error.message, field="address")


def parse_session(values: Mapping[str, str], event: Event, *, id: str | None = None) -> Session:
    """Return a session as filled in, by the clocks of the venue; raises InvalidInput naming the field."""
    zone = ZoneInfo(event.timezone)
    day = parse_day(values.get("day", ""))
    starts = at(day, parse_time(values.get("from", ""), "from"), zone, "from")
    ends = None
    if values.get("to", "").strip():
        hour = parse_time(values["to"], "to")
        ends = at(day, hour, zone, "to")
        if ends <= starts:
            ends = at(day + timedelta(days=1), hour, zone, "to")  # past midnight
    return session(
        id=id or secrets.token_hex(8),
        title=values.get("title", ""),
        starts=starts,
        ends=ends,
        room=values.get("room", ""),
        speakers=[name for name in values.get("speakers", "").split(",") if name.strip()],
        by_hand=True,
    )


def parse_day(text: str) -> date:
    try:
        day = date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput(_("A day is written like 2026-06-12."), field="day") from error
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise InvalidInput(_("The year %(year)s cannot be meant.", year=day.year), field="day")
    return day


def parse_time(text: str, field: str) -> time:
    try:
        return time.fromisoformat(text.strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError as error:
        raise InvalidInput(_("A time is written like 14:30."), field=field) from error


def at(day: date, hour: time, zone: ZoneInfo, field: str) -> datetime:
    local = datetime.combine(day, hour)
    if is_skipped(local, zone):
        raise InvalidInput(
            _(
                "%(time)s does not exist on %(day)s: clocks go forward then.",
                time=f"{hour:%H:%M}",
                day=day_and_month(day),
            ),
            field=field,
        )
    return instant(local, zone)


def parse_setting(values: Mapping[str, str], one: Session, timezone: str) -> Setting:
    """Return what is set for a session; raises InvalidInput."""
    mode = values.get("mode", "")
    return Setting(
        quiet=cast(Quiet, one_of(QUIET, values.get("quiet", "as usual"), field="quiet")),
        mode=cast(Mode, one_of(MODES, mode, field="mode")) if mode else None,
        recording=parse_recording(values.get("recording", ""), one, timezone),
    )


def parse_recording(text: str, one: Session, timezone: str) -> datetime | None:
    """Return when the recording of a session begins: the time of day that is nearest to the session's own beginning."""
    if not text.strip():
        return None
    try:
        hour = time.fromisoformat(text.strip()).replace(microsecond=0, tzinfo=None)
    except ValueError as error:
        raise InvalidInput(_("A time to the second is written like 14:02:10."), field="recording") from error
    zone = ZoneInfo(timezone)
    day = one.starts.astimezone(zone).date()
    near = [instant(datetime.combine(day + timedelta(days=days), hour), zone) for days in (-1, 0, 1)]
    return min(near, key=lambda time: abs(time - one.starts))


def session_values(one: Session, timezone: str) -> dict[str, str]:
    """Return a session as its form is filled in with it."""
    zone = ZoneInfo(timezone)
    starts = one.starts.astimezone(zone)
    return {
        "title": one.title,
        "room": one.room,
        "day": starts.date().isoformat(),
        "from": f"{starts:%H:%M}",
        "to": f"{one.ends.astimezone(zone):%H:%M}" if one.ends else "",
        "speakers": ", ".join(one.speakers),
    }

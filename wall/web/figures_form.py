"""Which part of an event somebody asks figures of, as an address says it: times, session, network, language, place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from wall.core.edition import Edition
from wall.core.event import Event
from wall.core.ledger import Ledger, NameKind, Scope
from wall.core.phases import PHASES, Phase, spans
from wall.core.programme import Programme
from wall.core.words import Words, _
from wall.errors import InvalidInput
from wall.web.figure_words import language_name, network_name
from wall.web.programme_view import times
from wall.web.when import day_and_month

FIELDS = ("phase", "since", "until", "edition", "session", "network", "language", "where")
LONGEST = 300
PHASE_NAMES: dict[Phase, Words] = {"before": _("Before"), "during": _("During"), "after": _("After")}
WHERE_NAMES = {"room": _("In the room"), "remote": _("From afar")}


@dataclass(frozen=True, slots=True)
class Asked:
    """A scope, and the words of the address that say it."""

    scope: Scope
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Around:
    """What an event's scopes are named by: its programme, and the editions of its chat."""

    event: Event
    programme: Programme = Programme()
    editions: Sequence[Edition] = ()


def asked(given: Mapping[str, str], around: Around, *, prefix: str = "") -> Asked:
    """Return what an address asks for; raises InvalidInput. Each name in it may begin with a prefix."""
    values = {name: given.get(prefix + name, "").strip()[:LONGEST] for name in FIELDS}
    begins, ends = range_of(values, around)
    where = values["where"]
    if where and where not in WHERE_NAMES:
        raise InvalidInput(_("Choose where people were."), field=f"{prefix}where")
    scope = Scope(
        begins=begins,
        ends=ends,
        session=values["session"],
        network=values["network"],
        language=values["language"],
        where=where,
    )
    return Asked(scope, {prefix + name: value for name, value in values.items() if value})


def range_of(values: Mapping[str, str], around: Around) -> tuple[int | None, int | None]:
    """Return from when to when somebody asks: one click on a phase or an edition goes before times that are typed."""
    if phase := values["phase"]:
        found = spans(around.event, around.programme)
        for one in PHASES:
            if one == phase and one in found:
                return found[one]
        raise InvalidInput(_("It is not known when that was: the event has neither days nor a programme."))
    if number := values["edition"]:
        for edition in around.editions:
            if str(edition.number) == number:
                return int(edition.opens.timestamp()), int(edition.closes.timestamp())
        raise InvalidInput(_("There is no such edition."), field="edition")
    zone = ZoneInfo(around.event.timezone)
    begins, ends = moment(values["since"], zone, "since"), moment(values["until"], zone, "until", end=True)
    if begins is not None and ends is not None and begins >= ends:
        raise InvalidInput(_("It ends before it begins."), field="until")
    return begins, ends


def moment(text: str, zone: ZoneInfo, field: str, *, end: bool = False) -> int | None:
    """Return a time that somebody wrote, by the clocks of the venue; a day alone is its beginning, or its end."""
    if not text:
        return None
    try:
        if len(text) == len("2026-06-12"):
            day = date.fromisoformat(text)
            found = datetime.combine(day + timedelta(days=1) if end else day, time(), zone)
        else:
            found = datetime.fromisoformat(text).replace(tzinfo=zone)
        seconds = int(found.timestamp())
    except (ValueError, OverflowError) as error:
        raise InvalidInput(_("A time is written like 2026-06-12 or 2026-06-12T09:30."), field=field) from error
    if not 0 <= seconds < 2**32:
        raise InvalidInput(_("A time is written like 2026-06-12 or 2026-06-12T09:30."), field=field)
    return seconds


def form_view(chosen: Asked, around: Around, ledger: Ledger | None, *, prefix: str = "") -> dict[str, Any]:
    """Return what the form offers, and what of it is chosen."""
    event = around.event
    return {
        "prefix": prefix,
        "values": {name: chosen.values.get(prefix + name, "") for name in FIELDS},
        "phases": [(one, PHASE_NAMES[one]) for one in spans(event, around.programme)],
        "editions": [(str(one.number), f"{day_and_month(one.starts)}: {one.topic}") for one in around.editions],
        "sessions": [
            (one.id, f"{day_and_month(one.starts.astimezone(ZoneInfo(event.timezone)))}, {clock}: {one.title}")
            for one in around.programme.sessions
            for clock in [times(one, event.timezone)]
        ],
        "networks": sorted((name, str(network_name(name))) for name in there(ledger, "network")),
        "languages": sorted(
            ((name, language_name(name)) for name in there(ledger, "language")), key=lambda one: one[1]
        ),
        "wheres": list(WHERE_NAMES.items()),
    }


def there(ledger: Ledger | None, kind: NameKind) -> list[str]:
    return [name for name in ledger.names[kind] if name] if ledger else []

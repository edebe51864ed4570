"""Who is barred from private threads by the team: they read on, report, delete and leave, and add nothing."""

from dataclasses import dataclass
from datetime import datetime

from wall.core.member import PARTICIPANT
from wall.core.report import Report, Reported
from wall.core.words import _

BARRED = _(
    "The team has barred you from private threads at this event: you begin none, write in none and come into none. "
    "What was said you can read, report and delete, and you can leave. Talk to the team if that is a mistake."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred:
    """One who is barred: as which member, by the name they were reported under, and by whom of the team, when."""

    member: str
    name: str
    by_name: str
    at: datetime


def may_be_barred(report: Report, message: Reported) -> bool:
    """Tell whether who said a reported message can be barred: neither the team nor whoever made the report."""
    return message.by.startswith(PARTICIPANT) and message.by != report.by

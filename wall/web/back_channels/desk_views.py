"""What the desk shows of private threads: what was reported, and who is barred."""

from datetime import datetime
from typing import Any

from wall.core.barring import Barred, may_be_barred
from wall.core.event import Event
from wall.core.moderation import Standing
from wall.core.report import Report
from wall.web.back_channels.views import about_view
from wall.web.when import ago, clock


def post_view(event: Event, standing: Standing | None) -> dict[str, Any]:
    """Return what a thread is about, as the desk may know it: every post but what its author took back."""
    return about_view(event, standing, mine=True)


def report_view(
    event: Event, report: Report, standing: Standing | None, now: datetime, out: list[tuple[str, Barred]]
) -> dict[str, Any]:
    members = {one.member for __, one in out}
    barrable = {
        one.by: {"number": number, "name": one.name}
        for number, one in reversed(list(enumerate(report.messages)))
        if may_be_barred(report, one) and one.by not in members
    }
    return {
        "id": report.id,
        "by": report.by_name,
        "words": report.words,
        "asked": ago(report.at, now),
        "about": post_view(event, standing),
        "barrable": list(reversed(barrable.values())),
        "messages": [
            {
                "name": one.name,
                "text": one.text,
                "time": clock(one.at, now, event.timezone),
                "own": one.by == report.by,
            }
            for one in report.messages
        ],
    }


def barred_view(event: Event, name: str, barred: Barred, now: datetime) -> dict[str, Any]:
    return {
        "id": name,
        "name": barred.name,
        "by": barred.by_name,
        "since": clock(barred.at, now, event.timezone),
    }

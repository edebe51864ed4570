from dataclasses import replace
from datetime import datetime

import pytest

from tests.cast import NOW
from wall.core.event import Event
from wall.core.modes import ByHand, Modes, Span
from wall.errors import InvalidInput
from wall.web.mode_form import parse_modes

EVENT = Event(slug="hall", title="Hall", hashtags=(), keys=(), timezone="Europe/Berlin")
FORM = {"mode": "everything waits", "delay_seconds": "30", "approvals": "0"}


def row(number, day, start, end, mode="open with delay"):
    return {f"day_{number}": day, f"from_{number}": start, f"to_{number}": end, f"mode_{number}": mode}


def span(starts, ends):
    return Span(starts=datetime.fromisoformat(starts), ends=datetime.fromisoformat(ends), mode="open with delay")


def test_rows_are_kept_in_their_order_in_time_and_empty_ones_are_not():
    form = {
        **FORM,
        **row(0, "2026-06-13", "09:00", "10:00"),
        **row(1, "", "", ""),
        **row(2, "2026-06-12", "22:00", "01:00"),
    }

    parsed = parse_modes(form, EVENT)

    assert parsed.modes.schedule == (
        span("2026-06-12T22:00", "2026-06-13T01:00"),
        span("2026-06-13T09:00", "2026-06-13T10:00"),
    )


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"mode": "all through"}, "mode"),
        ({"delay_seconds": "4"}, "delay_seconds"),
        ({"delay_seconds": "²"}, "delay_seconds"),
        ({"delay_seconds": "9" * 5000}, "delay_seconds"),
        ({"approvals": "-1"}, "approvals"),
        (row(0, "2026-06-12", "09:00", ""), "schedule"),
        (row(0, "someday", "09:00", "10:00"), "schedule"),
        (row(0, "2026-06-12", "nine", "10:00"), "schedule"),
        (row(0, "9999-12-31", "22:00", "01:00"), "schedule"),
        (row(0, "0001-01-01", "00:00", "01:00"), "schedule"),
        (row(0, "2026-06-12", "09:00", "10:00", "all through"), "schedule"),
        (row(0, "2026-03-29", "02:30", "04:00"), "schedule"),
        (row(0, "2026-06-12", "09:00", "10:00") | row(1, "2026-06-12", "09:59", "11:00"), "schedule"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said_with_its_field(change, field):
    with pytest.raises(InvalidInput) as refused:
        parse_modes({**FORM, **change}, EVENT)

    assert refused.value.field == field


def test_what_a_moderator_chose_outlives_a_change_of_the_schedule_but_not_of_the_usual_mode():
    by_hand = ByHand(mode="everything waits", at=NOW, by="Mia")
    chosen = replace(EVENT, modes=Modes(by_hand=by_hand))

    kept = parse_modes({**FORM, **row(0, "2026-06-12", "09:00", "10:00")}, chosen)
    ended = parse_modes({**FORM, "mode": "hold the suspicious"}, chosen)

    assert (kept.modes.by_hand, ended.modes.by_hand) == (by_hand, None)

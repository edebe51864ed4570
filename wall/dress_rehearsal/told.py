"""The report of a rehearsal: as text, as JSON, and as a page that needs no network and prints."""

import json
from datetime import datetime
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from wall.dress_rehearsal.outcome import Line, Outcome, shown
from wall.dress_rehearsal.plan import Plan

HERE = Path(__file__).resolve().parent


def as_text(outcome: Outcome) -> list[str]:
    """Return every figure in a line, and the verdict at the end."""
    lines = [f"  {line.name:36} {shown(line.value, line.unit):>14}{bound(line)}" for line in outcome.lines]
    if outcome.plan.seed is not None:
        lines.append(f"  {'seed of the random faults':36} {outcome.plan.seed:>14}")
    if outcome.ready:
        return [*lines, "", "Ready."]
    return [*lines, "", "Not ready, because:", *(f"  – {reason}" for reason in outcome.because)]


def bound(line: Line) -> str:
    if line.bound is None:
        return ""
    return f"   at most {shown(line.bound, line.unit)}{'' if line.met else '   MISSED'}"


def as_json(outcome: Outcome) -> str:
    """Return the same for programs; times are in seconds, memory in bytes."""
    return json.dumps(
        {
            "ready": outcome.ready,
            "because": outcome.because,
            "seed": outcome.plan.seed,
            "faults": [{"at": round(at, 1), "fault": fault} for at, fault in outcome.faults],
            "figures": [
                {"name": one.name, "value": one.value, "at_most": one.bound, "unit": one.unit, "met": one.met}
                for one in outcome.lines
            ],
        },
        ensure_ascii=False,
    )


def as_page(outcome: Outcome, *, base: str, at: datetime) -> str:
    """Return one file that shows it anywhere."""
    template = Environment(autoescape=True).from_string((HERE / "page.html").read_text(encoding="utf-8"))
    return template.render(
        outcome=outcome,
        plan=planned(outcome.plan, outcome),
        base=base,
        at=f"{at:%Y-%m-%d %H:%M} UTC",
        shown=shown,
        css=Markup((HERE / "page.css").read_text(encoding="utf-8")),  # noqa: S704 - our own
    )


def planned(plan: Plan, outcome: Outcome) -> list[tuple[str, str]]:
    """Return what was rehearsed, in words."""
    return [
        ("Minutes", f"{plan.minutes:g}"),
        ("Times as fast", f"{plan.speed:g}"),
        ("Viewers", f"{plan.viewers:,}"),
        ("Raid", "yes" if plan.raid else "no"),
        ("Panic", "yes" if plan.panic else "no"),
        *([("Seed of the random faults", str(plan.seed))] if plan.seed is not None else []),
        *((f"Fault after {at:.0f} s", fault) for at, fault in outcome.faults),
    ]

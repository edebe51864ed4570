"""Which drawings are made of the viewers' benchmark: processor time and latency by number of viewers."""

from collections.abc import Sequence
from pathlib import Path

from bench.drawing import Line, Panel, chart
from bench.results import BURSTS, CPU, LAST, Measure, Results

AXIS = "viewers of one process, on one core"
ROLES = {"ours": "ours", "floor": "floor"}


def draw(results: Results, folder: Path) -> list[Path]:
    """Write the drawings into a folder, and return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    drawings = {
        "fanout-cpu.svg": (
            "Processor time that one update costs for one viewer, by number of viewers, beside other servers",
            [
                panel(
                    results,
                    CPU,
                    "Processor time a delivery",
                    "times the floor, a C program that sends one pre-built frame; posts come one at a time",
                    ratio=True,
                ),
                panel(
                    results,
                    BURSTS,
                    "Processor time a delivery, in bursts of ten posts",
                    "times the floor, for each post and viewer",
                    ratio=True,
                ),
                panel(
                    results,
                    CPU,
                    "Processor time a delivery",
                    "in microseconds; posts come one at a time",
                    ratio=False,
                ),
            ],
        ),
        "fanout-latency.svg": (
            "Time until the last viewer has an update, by number of viewers, beside other servers",
            [
                panel(
                    results,
                    LAST,
                    "When the last viewer has a post",
                    "times the floor; posts come one at a time",
                    ratio=True,
                ),
                panel(
                    results,
                    LAST,
                    "When the last viewer has a post",
                    "in milliseconds; posts come one at a time",
                    ratio=False,
                ),
            ],
        ),
    }
    return [write(folder / name, panels, results, words) for name, (words, panels) in drawings.items()]


def write(path: Path, panels: Sequence[Panel], results: Results, words: str) -> Path:
    shown = [panel for panel in panels if panel.lines]
    path.write_text(chart(shown, axis=AXIS, note=note(results), words=words), encoding="utf-8")
    return path


def note(results: Results) -> str:
    """Return the machine without how busy it was, and how often each point was measured."""
    rounds = 1 + max(run.round for run in results.runs)
    machine = results.machine.rsplit(";", 1)[0].replace(" Processor", "")
    return f"{machine}. Medians of {rounds} round{'s' if rounds > 1 else ''}; loopback."


def panel(results: Results, measure: Measure, title: str, subtitle: str, *, ratio: bool) -> Panel:
    lines = [
        Line(title_of, points, ROLES.get(name, ""))
        for name, title_of in results.titles.items()
        if (points := results.points(name, measure, ratio=ratio))
    ]
    return Panel(title, subtitle, " ×" if ratio else "", lines)

"""What we set out to reach, held against what was measured."""

from dataclasses import dataclass
from statistics import median

from bench.results import BURSTS, CPU, FLOOR, HANDSHAKE, LAST, MEMORY, STORM, Measure, Results


@dataclass(frozen=True, slots=True)
class Goal:
    """A bound for our own server, as a ratio to another one, or as it is; at one number of viewers, or at each."""

    words: str
    measure: Measure
    bound: float
    to: str = ""
    viewers: int = 0


GOALS = (
    Goal("CPU a delivery, times the floor", CPU, 1.15, FLOOR),
    Goal("CPU a delivery, times nchan", CPU, 1.0, "nchan"),
    Goal("CPU a post-delivery in bursts of ten, times the floor", BURSTS, 0.2, FLOOR),
    Goal("last viewer of 10,000, times the floor", LAST, 1.2, FLOOR, 10_000),
    Goal("KB of an idle viewer", MEMORY, 1.5),
    Goal("CPU a handshake, times the floor", HANDSHAKE, 3.0, FLOOR),
    Goal("CPU a handshake, times naive Starlette", HANDSHAKE, 1 / 8, "starlette"),
    Goal("5,000 handshakes at once, p99, times the floor", STORM, 1.5, FLOOR, 5_000),
)


def judged(results: Results) -> list[str]:
    """Return a line for each goal that was measured, at each number of viewers it is for."""
    return [
        line(goal, viewers, median(values))
        for goal in GOALS
        for viewers in results.numbers
        if goal.viewers in (0, viewers) and (values := reached(results, goal, viewers))
    ]


def reached(results: Results, goal: Goal, viewers: int) -> list[float]:
    if goal.to:
        return results.ratios("ours", viewers, goal.measure, to=goal.to)
    return results.values("ours", viewers, goal.measure)


def line(goal: Goal, viewers: int, value: float) -> str:
    verdict = "reached" if value <= goal.bound else "MISSED"
    return f"{goal.words}, at {viewers:,}: {value:.2f} of at most {goal.bound:.3g}, {verdict}"

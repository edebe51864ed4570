"""What is counted while a rehearsal runs."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

RECOVERS_SECONDS = 30.0
"""For so long from a fault on, times are its own; whatever is lost or repeated counts all the same."""


@dataclass(slots=True)
class Measured:
    """Counts and times; moments are seconds from the beginning, delays seconds."""

    viewers: int = 0
    expected: int = 0
    taken_in: int = 0
    approved: int = 0
    seen_by_all: int = 0
    lost: int = 0
    repeated: int = 0
    leaked: int = 0
    behind: int = 0
    unconfirmed: int = 0
    reconnects: int = 0
    resyncs: int = 0
    raid: int = 0
    posted: list[tuple[float, float]] = field(default_factory=list)
    removed: list[tuple[float, float]] = field(default_factory=list)
    confirmed: list[tuple[float, float]] = field(default_factory=list)
    redis: list[tuple[float, float]] = field(default_factory=list)
    back: list[float] = field(default_factory=list)
    memory: dict[str, int] = field(default_factory=dict)
    faults: list[tuple[float, str]] = field(default_factory=list)
    curtains: list[tuple[float, float]] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    def quiet(self, timed: Sequence[tuple[float, float]]) -> list[float]:
        """Return the delays of what began in no fault's time."""
        return [
            delay
            for at, delay in timed
            if not any(fault - RECOVERS_SECONDS / 6 <= at < fault + RECOVERS_SECONDS for fault, _ in self.faults)
        ]


def percentile(values: Sequence[float], percent: float) -> float | None:
    """Return what so many in a hundred stay at or below; None of nothing."""
    if not values:
        return None
    return sorted(values)[max(0, ceil(len(values) * percent / 100) - 1)]

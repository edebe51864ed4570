"""What the viewers' benchmark measured: every run as it was counted, its ratios to the floor, and the table of them."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from bench.figures import table
from bench.kit import Counted, lost

FLOOR = "floor"


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of the table: what is read of a case's runs, and in which unit."""

    title: str
    case: str
    key: str
    unit: str


CPU = Measure("CPU a delivery", "single", "cpu_us_per_deliv", "µs")
BURSTS = Measure("in bursts of ten", "bursts", "cpu_us_per_deliv", "µs")
LAST = Measure("last viewer", "single", "last_p50_ms", "ms")
HANDSHAKE = Measure("CPU a handshake", "single", "hs_cpu_us", "µs")
STORM_CPU = Measure("in a storm", "storm", "hs_cpu_us", "µs")
STORM = Measure("all at once, p99", "storm", "hs_p99_ms", "ms")
MEMORY = Measure("KB a viewer", "single", "rss_kb_per_conn", "KB")
COMPARED = (CPU, BURSTS, LAST, HANDSHAKE, STORM_CPU, STORM)


@dataclass(frozen=True, slots=True)
class Run:
    """One server, asked once: by so many viewers, in one case, in one of the rounds."""

    name: str
    viewers: int
    case: str
    round: int
    counted: Counted


@dataclass(slots=True)
class Results:
    """All runs of one machine, with the servers' full titles, and why others are not among them."""

    machine: str
    titles: dict[str, str]
    skipped: dict[str, str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)

    @classmethod
    def load(cls, path: Path) -> "Results":
        saved = json.loads(path.read_text(encoding="utf-8"))
        return cls(saved["machine"], saved["titles"], saved["skipped"], [Run(**run) for run in saved["runs"]])

    def save(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n", encoding="utf-8")

    @property
    def numbers(self) -> list[int]:
        """The numbers of viewers that were measured."""
        return sorted({run.viewers for run in self.runs})

    def values(self, name: str, viewers: int, measure: Measure) -> list[float]:
        return [run.counted[measure.key] for run in self._of(name, viewers, measure.case)]

    def ratios(self, name: str, viewers: int, measure: Measure, *, to: str = FLOOR) -> list[float]:
        """Return a server's values over another's of the same round: both met the same machine."""
        others = {run.round: run.counted[measure.key] for run in self._of(to, viewers, measure.case)}
        runs = self._of(name, viewers, measure.case)
        return [run.counted[measure.key] / others[run.round] for run in runs if others.get(run.round)]

    def points(self, name: str, measure: Measure, *, ratio: bool) -> list[tuple[float, float]]:
        """Return the medians of a server by number of viewers; as ratios to the floor, or as they are."""
        of: Callable[[str, int, Measure], list[float]] = self.ratios if ratio else self.values
        return [(viewers, median(values)) for viewers in self.numbers if (values := of(name, viewers, measure))]

    def table(self, viewers: int) -> str:
        """Return everybody at one number of viewers; ratios to the floor with the smallest and largest of the rounds."""
        head = [f"{viewers:,} viewers", *(measure.title for measure in COMPARED), MEMORY.title, "lost"]
        rows = [self._row(name, viewers) for name in self.titles if self.values(name, viewers, CPU)]
        return table(head, rows)

    def _row(self, name: str, viewers: int) -> list[str]:
        cells = [self._cell(name, viewers, measure) for measure in COMPARED]
        memory = self.values(name, viewers, MEMORY)
        missed = sum(lost(run.counted) for run in self.runs if (run.name, run.viewers) == (name, viewers))
        return [self.titles[name], *cells, f"{median(memory):.1f}", f"{missed:.0f}"]

    def _cell(self, name: str, viewers: int, measure: Measure) -> str:
        values = self.values(name, viewers, measure)
        if name == FLOOR:
            return f"{median(values):.1f} {measure.unit}" if values else ""
        ratios = self.ratios(name, viewers, measure)
        if not ratios:
            return ""
        spread = f" ({min(ratios):.2f}–{max(ratios):.2f})" if len(ratios) > 1 else ""
        return f"{median(ratios):.2f} ×{spread}"

    def _of(self, name: str, viewers: int, case: str) -> list[Run]:
        return [run for run in self.runs if (run.name, run.viewers, run.case) == (name, viewers, case)]

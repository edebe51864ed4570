"""What so many viewers ask for, from what was measured: the sums of docs/scale.md.

python -m bench.scale results.json          # as saved by python -m bench.fanout --save
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.figures import table
from bench.results import BURSTS, CPU, HANDSHAKE, MEMORY, Measure, Results

AUDIENCES = (10_000, 100_000, 1_000_000)
MEASURED_AT = 10_000
WARMING = 2  # posts that the generator sends before it counts
PROCESS_VIEWERS = 20_000
BURST = 10


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one viewer costs: microseconds of processor time, bytes on the wire, kilobytes of memory."""

    delivery: float
    in_burst: float
    handshake: float
    frame: float
    memory: float

    @classmethod
    def of(cls, results: Results) -> "Inputs":
        """Return the medians at ten thousand viewers, or at the most that were measured."""
        viewers = max(number for number in results.numbers if number <= MEASURED_AT)

        def ours(measure: Measure) -> float:
            return median(results.values("ours", viewers, measure))

        megabytes, posts = Measure("", "single", "mb", "MB"), Measure("", "single", "posts", "")
        frame = ours(megabytes) * 2**20 / (viewers * (ours(posts) + WARMING))
        return cls(ours(CPU), ours(BURSTS), ours(HANDSHAKE), frame, ours(MEMORY))

    def rows(self) -> list[list[str]]:
        return [
            ["D", "one update to one websocket", f"{self.delivery:.1f} µs"],
            ["B", "one update of ten that come at once, to one websocket", f"{self.in_burst:.1f} µs"],
            ["H", "a websocket let in by its ticket", f"{self.handshake:.0f} µs"],
            ["F", "one update on the wire, without what TCP and TLS add", f"{self.frame / 1000:.2f} kB"],
            ["M", "memory of an idle websocket in the process", f"{self.memory:.1f} KB"],
        ]


def sums(inputs: Inputs) -> list[list[str]]:
    """Return a row for each thing that grows with the viewers, and a column for each audience."""
    micro = 1e-6
    return [
        ["web processes", "V ÷ 20,000", *(f"{-(-n // PROCESS_VIEWERS):,}" for n in AUDIENCES)],
        ["cores, for a post a second", "V × D", *(f"{n * inputs.delivery * micro:,.2f}" for n in AUDIENCES)],
        [
            "seconds of a core for a burst of ten",
            "10 × V × B",
            *(f"{BURST * n * inputs.in_burst * micro:,.2f}" for n in AUDIENCES),
        ],
        [
            "seconds of a core to let all in again",
            "V × H",
            *(f"{n * inputs.handshake * micro:,.1f}" for n in AUDIENCES),
        ],
        ["Mbit/s, for a post a second", "V × F", *(f"{n * inputs.frame * 8 * micro:,.0f}" for n in AUDIENCES)],
        ["MB of memory for connections", "V × M", *(f"{n * inputs.memory / 1000:,.0f}" for n in AUDIENCES)],
    ]


def main() -> None:
    results = Results.load(Path(sys.argv[1]))
    inputs = Inputs.of(results)
    print(f"{results.machine}\n")
    print(table(["", "what", "measured"], inputs.rows()))
    print()
    print(table(["V viewers", "sum", *(f"{n:,}" for n in AUDIENCES)], sums(inputs)))


if __name__ == "__main__":
    main()

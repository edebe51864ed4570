"""Two web processes beside one: what a delivery costs in each, and what two free cores would serve.

    PERF_KIT=… python -m bench.workers                # 10,000 viewers, five rounds in turn; about three minutes
    PERF_KIT=… python -m bench.workers 2000 --rounds 1

Where the generator needs one of two cores, two processes cannot have one each. So all of them run on the same core, and
the rest is arithmetic: with a core each they serve 2 × (CPU a delivery with one ÷ with two) of what one serves, less what
they lose when the kernel gives one of them more viewers than the other, for the fuller one is done last. Posts come one at
a time: in bursts a process that shares its core is behind more often, and so sends more at once.
"""

import argparse
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench.children import family, open_files
from bench.figures import machine, spread, table
from bench.kit import RUN_SECONDS, Counted, Room, counted, lost, room

GOAL = 1.8
CASE = ("-b", "20")


@dataclass(frozen=True, slots=True)
class Shared:
    """One run: what was counted, and the most connections that each web process had."""

    counted: Counted
    viewers: list[int]

    @property
    def fullest(self) -> float:
        """The share of the process with the most viewers."""
        return max(self.viewers) / sum(self.viewers)


def share(place: Room, workers: int, viewers: int) -> Shared:
    """Have so many viewers shared by so many web processes, all on one core."""
    contender = place.ours(command=("-m", "wall", "serve", "--workers", str(workers)))
    with place.served(contender) as server:
        pids = family(server.pid)
        web = [pid for pid in pids if b"\0web\0" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        command = place.generator(contender, viewers, CASE, pids)
        crowd = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        most = most_connections(crowd, web)
        output, _ = crowd.communicate(timeout=RUN_SECONDS)
    return Shared(counted(output), most)


def most_connections(crowd: "subprocess.Popen[str]", web: list[int]) -> list[int]:
    """Look until the generator ends how many files each process has open, less what it had before."""
    start = [open_files(pid) for pid in web]
    most = list(start)
    while crowd.poll() is None:
        most = [max(so_far, open_files(pid)) for so_far, pid in zip(most, web, strict=True)]
        time.sleep(0.5)
    return [max(1, end - begin) for begin, end in zip(start, most, strict=True)]


def times_as_much(one: Shared, two: Shared) -> float:
    """Return what two processes on two cores would serve, in terms of what one serves on one."""
    key = "cpu_us_per_deliv"
    return one.counted[key] / (two.counted[key] * two.fullest)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.workers", description="Two web processes beside one.")
    parser.add_argument("viewers", nargs="?", type=int, default=10_000, help="how many (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (%(default)s)")
    options = parser.parse_args()
    with room() as place:
        pairs = [
            (share(place, 1, options.viewers), share(place, 2, options.viewers)) for _ in range(options.rounds)
        ]
    over = [times_as_much(*pair) for pair in pairs]
    print(f"{options.viewers:,} viewers, all processes on one core; the last column is arithmetic\n{machine()}\n")
    head = ["CPU a delivery, one, µs", "two, µs", "share of the fuller", "lost", "two cores serve, times one"]
    print(table(head, [row(pairs, over)]))
    print(f"\nat least {GOAL} times: {'reached' if median(over) >= GOAL else 'MISSED'}")


def row(pairs: Sequence[tuple[Shared, Shared]], over: Sequence[float]) -> list[str]:
    costs = [spread([pair[place].counted["cpu_us_per_deliv"] for pair in pairs], 1) for place in (0, 1)]
    shares = spread([100 * two.fullest for _, two in pairs]) + " %"
    missed = sum(lost(one.counted) for pair in pairs for one in pair)
    return [*costs, shares, f"{missed:.0f}", f"{spread(over, 2)} ×"]


if __name__ == "__main__":
    main()

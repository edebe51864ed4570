"""Statistics of several rounds, and the machine they ran on: what all benchmarks print alike."""

import os
import platform
from collections.abc import Sequence
from pathlib import Path
from statistics import median


def spread(values: Sequence[float], digits: int = 0) -> str:
    """Return the median of several rounds with the smallest and the largest: `12 (10–15)`."""
    return f"{median(values):,.{digits}f} ({min(values):,.{digits}f}–{max(values):,.{digits}f})"


def ratios(ours: Sequence[float], floor: Sequence[float]) -> list[float]:
    """Return ours over the floor's, round by round: both of a round met the same machine."""
    return [one / other for one, other in zip(ours, floor, strict=True)]


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest value with this many percent of the others below it, the largest for 100."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * percent / 100))]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table, its columns aligned for reading as it is."""
    widths = [max(len(row[place]) for row in (head, *rows)) for place in range(len(head))]
    lines = [head, ["-" * width for width in widths], *rows]
    return "\n".join(
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in lines
    )


def machine() -> str:
    """Return what ran this, in words and without a name: processor, cores, how busy it was."""
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text().splitlines() if cpus.is_file() else []
    model = next(
        (line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine()
    )
    virtual = ", virtual" if any(line.startswith("flags") and " hypervisor" in line for line in lines) else ""
    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} cores of {model}{virtual}; {platform.system()}, Python {platform.python_version()}; "
        f"load {load:.1f} at the end"
    )


def cpu_seconds(pid: int) -> float:
    """Return the processor time a process has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

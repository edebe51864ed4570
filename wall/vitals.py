"""What a process needs of its machine, as numbers for Prometheus."""

import os
import resource
import sys
import time
from pathlib import Path

from wall.core.measures import Tally

STATM = Path("/proc/self/statm")
STARTED = time.time()


def vitals() -> list[Tally]:
    """Return how much memory and time this process took, and since when it runs."""
    memory = Tally("wall_process_memory_bytes", "Memory that this process has in use.", (), "gauge")
    memory.set(to=resident_bytes())
    cpu = Tally("wall_process_cpu_seconds_total", "Time that this process kept a core busy.")
    cpu.set(to=time.process_time())
    started = Tally("wall_process_started_seconds", "When this process began, in seconds since 1970.", (), "gauge")
    started.set(to=STARTED)
    return [memory, cpu, started]


def resident_bytes() -> int:
    """Return the memory in use now; where the system does not tell, the most that it ever was."""
    try:
        return int(STATM.read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return most if sys.platform == "darwin" else most * 1024

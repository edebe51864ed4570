"""What a wall works while nothing happens, with one event and with hundreds; see bench/README.md.

python -m bench.idle
"""

import argparse
import asyncio
import os
import tempfile
from dataclasses import replace
from pathlib import Path

from bench.figures import cpu_seconds, machine, table
from bench.hall import PARTS, parts
from bench.served import EVENT, served

SETTLE_SECONDS = 45.0
"""So long the ledgers of hundreds of new events take to begin."""


def main() -> None:
    options = parsed()
    rows = [[f"{events:,}", *asyncio.run(idle(events, options.seconds))] for events in (1, options.events)]
    print(table(["events", *PARTS], rows), machine() + ".", sep="\n\n")


async def idle(events: int, seconds: float) -> list[str]:
    """Return, of each part, how much of a core it keeps busy."""
    with tempfile.TemporaryDirectory(prefix="bench-idle-") as folder:
        async with served(Path(folder)) as wall:
            for number in range(1, events):
                await wall.store.events.create(replace(EVENT, slug=f"{EVENT.slug}-{number}"))
            await asyncio.sleep(SETTLE_SECONDS)
            pids = parts(os.getpid())
            before = {part: sum(map(cpu_seconds, pids[part])) for part in PARTS}
            await asyncio.sleep(seconds)
            return [
                f"{100 * (sum(map(cpu_seconds, pids[part])) - before[part]) / seconds:.1f} %" for part in PARTS
            ]


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.idle", description=__doc__.splitlines()[0])
    parser.add_argument("--events", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=20.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()

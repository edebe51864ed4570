"""What `backchannel plan` says of a number of viewers, beside what a running wall takes for them.

python -m bench.capacity                    # about two minutes
"""

import argparse
import asyncio
import os
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import cpu_seconds, machine, table
from bench.served import SLUG, Wall, posts, served
from tests.program import processes
from wall.core.capacity import COMMANDS as POST_COMMANDS
from wall.core.capacity import EACH_REDIS, FRAME, IDLE_COMMANDS, IDLE_REDIS, MICRO, WEB_MEMORY, Day, web_cores
from wall.core.moderation import Status
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store.database import Database
from wall.store.server import keeper_url

WARM_UP_SECONDS = 3.0
COMMANDS = "total_commands_processed"


@dataclass(frozen=True, slots=True)
class Taken:
    """What was taken within one run: cores, Mbit/s, MB, Redis commands a second, bytes a post in Redis."""

    web: float
    redis: float
    ingest: float
    megabits: float
    memory: float
    commands: float
    kept: float
    written: float


@dataclass(frozen=True, slots=True)
class Meter:
    """The wall's processes, by part."""

    pids: dict[str, int]

    def cores(self) -> dict[str, float]:
        return {part: cpu_seconds(pid) for part, pid in self.pids.items()}

    def memory(self, part: str) -> float:
        """Return the memory of a part that nobody shares with it or could take back, in MB."""
        status = Path(f"/proc/{self.pids[part]}/status").read_text(encoding="utf-8")
        line = next(line for line in status.splitlines() if line.startswith("RssAnon"))
        return int(line.split()[1]) / 1024


def meter() -> Meter:
    """Return the parts of the wall that this process started."""
    everything, found, parents = processes(), {}, {os.getpid()}
    while parents:
        children = [one for one in everything if one.parent in parents]
        found |= {one.part: one.pid for one in children if one.part}
        parents = {one.pid for one in children}
    return Meter(found)


@asynccontextmanager
async def watching(wall: Wall, number: int) -> AsyncIterator[asyncio.subprocess.Process]:
    """Have so many viewers on tickets, in a process of their own."""
    secret = await wall.store.screens.secret(SLUG)
    ticket = make_stream_ticket(secret, StreamTicket(SLUG, "json"), now=datetime.now(UTC))
    path = f"/{SLUG}/stream?view=json&ticket={ticket}"
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bench.viewers", "127.0.0.1", str(wall.port), path, str(number)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    if await process.stdout.readline() != b"ready\n":
        raise SystemExit("The viewers did not get in; what they say is above.")
    yield process
    await process.wait()


async def run(wall: Wall, folder: Path, viewers: int, rate: float, seconds: float) -> Taken:
    """Let posts come onto the wall at a rate, with so many viewers, and return what that took."""
    source, measured = posts(secrets.randbits(20)), meter()
    async with watching(wall, viewers) as process:
        await show(wall, source, rate, WARM_UP_SECONDS)
        before, asked, begun = measured.cores(), await told(folder), time.monotonic()
        sent = await show(wall, source, rate, seconds)
        length = time.monotonic() - begun
        after, memory = measured.cores(), measured.memory("web")
        now = await told(folder)
        assert process.stdin
        assert process.stdout
        process.stdin.close()
        connected, received = map(int, (await process.stdout.readline()).split())
    if connected != viewers:
        raise SystemExit(f"Only {connected} of {viewers} viewers were there at the end.")
    cores = {part: (after[part] - before[part]) / length for part in after}
    whole = sent + int(WARM_UP_SECONDS * rate)
    megabits = received / whole * sent / length * 8 / 1e6
    return Taken(
        cores["web"],
        cores["redis"],
        cores["ingest"],
        megabits,
        memory,
        (now[COMMANDS] - asked[COMMANDS]) / length,
        (now["used_memory"] - asked["used_memory"]) / sent,
        (now["aof_current_size"] - asked["aof_current_size"]) / sent,
    )


async def show(wall: Wall, source, rate: float, seconds: float) -> int:
    """Put posts onto the wall at a rate; returns how many."""
    begun, many = time.monotonic(), int(rate * seconds)
    for number in range(many):
        await wall.submit(next(source), Status.APPROVED)
        await asyncio.sleep(max(0.0, begun + (number + 1) / rate - time.monotonic()))
    return many


def said(viewers: int, rate: float) -> dict[str, float]:
    """Return what the planner says of one web process."""
    day = Day(viewers=viewers, posts_per_hour=rate * 3600)
    return {
        "web": web_cores(day, 1),
        "redis": IDLE_REDIS.value + rate * EACH_REDIS.value * MICRO,
        "megabits": day.told * FRAME.value * 8 * MICRO,
        "memory": WEB_MEMORY.value,
        "commands": IDLE_COMMANDS.value + rate * POST_COMMANDS.value,
    }


async def main() -> None:
    options = parsed()
    rows = []
    with tempfile.TemporaryDirectory(prefix="bench-capacity-") as name:
        folder = Path(name) / "wall"
        async with served(folder) as wall:
            for viewers in options.viewers:
                for rate in options.rates:
                    taken, planned = await run(wall, folder, viewers, rate, options.seconds), said(viewers, rate)
                    pairs = [(getattr(taken, name), value) for name, value in planned.items()]
                    rows.append([f"{viewers:,}", f"{rate:g}", *(cell(*pair) for pair in pairs)])
                    print(f"{viewers:,} viewers, {rate:g} posts a second: {taken}", flush=True)
    head = ["viewers", "posts/s", "web, cores", "Redis, cores", "Mbit/s", "web, MB", "commands/s"]
    print(f"\nMeasured of planned, and their ratio. {machine()}\n\n{table(head, rows)}")


def cell(measured: float, planned: float) -> str:
    return f"{measured:,.3g} of {planned:,.3g}: {measured / planned:.2f}"


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.capacity", description=__doc__.splitlines()[0])
    parser.add_argument("--viewers", type=int, nargs="+", default=[500, 1000, 2000], help="numbers of viewers")
    parser.add_argument("--rates", type=float, nargs="+", default=[2.0, 8.0], help="posts a second")
    parser.add_argument("--seconds", type=float, default=10.0, help="seconds of each run")
    return parser.parse_args()


async def told(folder: Path) -> dict[str, float]:
    """Return the figures that Redis has of itself."""
    database = Database(keeper_url(folder / "redis"))
    try:
        return dict(await database.command("INFO"))
    finally:
        await database.close()


if __name__ == "__main__":
    asyncio.run(main())

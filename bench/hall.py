"""A full hall on one machine: viewers, four desks, two screens and a stream of posts; see bench/README.md.

PERF_KIT=… python -m bench.hall --viewers 10000 --minutes 10
"""

import argparse
import asyncio
import json
import os
import resource
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bench.desk import arrivals, at_once
from bench.desk_client import desk_client
from bench.figures import cpu_seconds, machine, percentile, table
from bench.kiosk import Kiosk, kiosk, memory
from bench.kit import LINE, counted
from bench.served import SLUG, Wall, posts, served
from tests.program import processes
from wall.core.moderation import Status
from wall.core.tickets import StreamTicket, make_stream_ticket

DESKS = ("Ada", "Ben", "Chiamaka", "Mia")
EACH = 0.5  # decisions a second of each of them, as fast as people read
PARTS = ("web", "redis", "ingest")
LOOK_SECONDS = 10.0


async def by_rule(wall: Wall, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Put each line that arrives on the wall as a post that a rule lets through, in order."""
    supply = posts(seed=1)
    while line := await reader.readline():
        post = replace(next(supply), text=line.decode().strip(), spans=(), media=())
        await wall.submit(post, Status.APPROVED)
    writer.close()


@asynccontextmanager
async def viewers(wall: Wall, folder: Path, port: int, options: argparse.Namespace) -> AsyncIterator[Any]:
    """Run the kit's generator until it has counted what its viewers were sent."""
    secret = await wall.store.screens.secret(SLUG)
    ticket = make_stream_ticket(secret, StreamTicket(SLUG, "html"), now=datetime.now(UTC) + timedelta(hours=6))
    line = folder / "line"
    line.write_text(LINE, encoding="utf-8")
    count = int(options.each_second * options.minutes * 60)
    command = [
        folder / "wsload",
        "-p",
        wall.port,
        "-n",
        options.viewers,
        "--origin",
        wall.base,
        "--timeout",
        60_000,
    ]
    command += ["--path", f"/{SLUG}/stream?view=html&ticket={ticket}", "--tmpl", line]
    command += ["--pub", f"line:127.0.0.1:{port}", "--rate", options.each_second, "-b", count]
    running = await asyncio.create_subprocess_exec(*map(str, command), stdout=asyncio.subprocess.PIPE)
    try:
        yield running
    finally:
        if running.returncode is None:
            running.kill()
        await running.wait()


def parts(program: int) -> dict[str, list[int]]:
    """Return the pids of what the wall runs, by part."""
    everything = processes()
    ours = {one.pid for one in everything if program in ancestors(one.pid, {p.pid: p.parent for p in everything})}
    return {part: [one.pid for one in everything if one.part == part and one.pid in ours] for part in PARTS}


def ancestors(pid: int, parents: dict[int, int]) -> Iterator[int]:
    while pid in parents:
        yield pid
        pid = parents[pid]


async def watched(pids: dict[str, list[int]], weights: dict[str, list[float]]) -> None:
    """Note what each part weighs, in megabytes, until cancelled."""
    while True:
        for part, numbers in pids.items():
            weights[part].append(sum(map(memory, numbers)) / 2**20)
        await asyncio.sleep(LOOK_SECONDS)


def main() -> None:
    options = parsed()
    kit = Path(os.environ["PERF_KIT"])
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with tempfile.TemporaryDirectory(prefix="bench-hall-") as name:
        folder = Path(name)
        subprocess.run(["gcc", "-O2", "-w", "-o", folder / "wsload", kit / "wsload.c", "-lz"], check=True)
        print(asyncio.run(measured(folder, options)))


async def measured(folder: Path, options: argparse.Namespace) -> str:
    """Fill the hall, let everybody do what they do for so many minutes, and return the report."""
    serve = options.serve.split()
    async with (
        served(folder / "wall", *serve, WALL_MAX_STREAMS_PER_ADDRESS="20000") as wall,
        AsyncExitStack() as hall,
    ):
        server = await asyncio.start_server(partial(by_rule, wall), "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        desks = [await hall.enter_async_context(desk_client(wall, name)) for name in DESKS]
        screens = [await hall.enter_async_context(kiosk(wall, folder / name)) for name in ("left", "right")]
        pids = parts(os.getpid())
        weights: dict[str, list[float]] = {part: [] for part in PARTS}
        worked = {part: -sum(map(cpu_seconds, numbers)) for part, numbers in pids.items()}
        at_work = [desk.decide(EACH) for desk in desks]
        arriving = arrivals(wall, posts(seed=options.seed), EACH * len(DESKS))
        async with (
            at_once(arriving, watched(pids, weights), *at_work),
            viewers(wall, folder, port, options) as generator,
        ):
            output, _ = await generator.communicate()
        for part, numbers in pids.items():
            worked[part] += sum(map(cpu_seconds, numbers))
        await caught_up(screens, (await wall.store.feeds.tip(SLUG, "public")).offset)
        seen = [await screen.seen() for screen in screens]
        waits = [wait * 1000 for desk in desks for wait in desk.waits]
        return report(counted(output.decode()), waits, seen, weights, worked, options)


async def caught_up(screens: list[Kiosk], tip: int) -> None:
    async with asyncio.timeout(60):
        for screen in screens:
            while await screen.offset() < tip:  # noqa: ASYNC110 - it is in another process
                await asyncio.sleep(0.2)


def report(
    told: dict[str, float],
    waits: list[float],
    seen: list[dict[str, int]],
    weights: dict[str, list[float]],
    worked: dict[str, float],
    options: argparse.Namespace,
) -> str:
    """Return what viewers, desks and screens met, and what the parts of the wall weighed and worked."""
    names = ("missing", "dups", "badz", "timeouts", "dead", "fail")
    delays = ("first_p50_ms", "p50_p50_ms", "p99_p50_ms", "last_p50_ms", "last_p99_ms", "last_max_ms")
    rows = [
        [part, *(f"{value:,.0f}" for value in (held[0], held[len(held) // 2], max(held))), f"{worked[part]:,.0f}"]
        for part, held in weights.items()
    ]
    screens = "; ".join(json.dumps({key: one[key] for key in ("updates", "resyncs", "errors")}) for one in seen)
    return "\n".join(
        [
            "",
            f"{told['open']:,.0f} viewers, {options.minutes:g} minutes, {told['posts']:,.0f} posts counted, "
            f"{told['deliv']:,.0f} deliveries.",
            "Viewers: " + ", ".join(f"{name} {told[name]:,.0f}" for name in names) + ".",
            "From its arrival here until it is read, in ms: "
            + ", ".join(f"{name} {told[name]:,.0f}" for name in delays)
            + ".",
            f"Desks: {len(waits):,} decisions, confirmed after {percentile(waits, 50):,.0f} ms "
            f"(p99 {percentile(waits, 99):,.0f}, at most {max(waits):,.0f}).",
            f"Screens: {screens}.",
            "",
            table(["part", "MB at first", "halfway", "most", "seconds of a core"], rows),
            "",
            machine() + ".",
        ]
    )


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.hall", description=__doc__.splitlines()[0])
    parser.add_argument("--viewers", type=int, default=10_000)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--each-second", type=float, default=20.0, help="posts that arrive in a second")
    parser.add_argument("--serve", default="", help="options for `backchannel serve`, such as '--workers 2'")
    parser.add_argument("--seed", type=int, default=20260612)
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""The processes of a wall that `backchannel serve` runs on this machine, known by their data folder. Linux only."""

import asyncio
import os
import signal
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from wall.dress_rehearsal.plan import Fault
from wall.errors import ConfigError

PROC = Path("/proc")
STALL_SECONDS = 3.0
Part = Literal["web", "ingest"]


def part(data_dir: Path, name: Part) -> list[int]:
    """Return the process ids of the web processes or ingest workers that run on a data folder."""
    wanted = f"WALL_DATA_DIR={data_dir.resolve()}".encode()
    return [
        int(folder.name)
        for folder in PROC.glob("[0-9]*")
        if is_part(read(folder / "cmdline"), name) and wanted in read(folder / "environ").split(b"\0")
    ]


def is_part(command: bytes, name: Part) -> bool:
    words = command.split(b"\0")
    return words[1:4] == [b"-m", b"wall", name.encode()] and b"--child" in words


def redis(data_dir: Path) -> list[int]:
    """Return the process id of the private Redis of a data folder."""
    text = read(data_dir / "redis" / "redis.pid").strip()
    if not text.isdigit() or b"redis" not in read(PROC / text.decode() / "cmdline"):
        return []
    return [int(text)]


def read(path: Path) -> bytes:
    """Return what a file says; nothing of one that went, or is not ours."""
    try:
        return path.read_bytes()
    except OSError:
        return b""


def memory(data_dir: Path) -> dict[str, int]:
    """Return how many bytes the largest process of each part holds, of those that are here."""
    page = os.sysconf("SC_PAGE_SIZE")
    found: dict[str, int] = {}
    parts: tuple[Part, ...] = ("web", "ingest")
    for name in parts:
        held = [
            int(words[1]) * page
            for pid in part(data_dir, name)
            if len(words := read(PROC / f"{pid}/statm").split()) > 1
        ]
        found |= {name: max(held)} if held else {}
    return found


def able(data_dir: Path, faults: Sequence[Fault]) -> None:
    """Raise ConfigError where a fault is asked for whose process is not here."""
    there = {
        "kill-web": part(data_dir, "web"),
        "kill-ingest": part(data_dir, "ingest"),
        "stall-redis": redis(data_dir),
    }
    for fault in faults:
        if fault in there and not there[fault]:
            raise ConfigError(
                f"{fault} needs the wall of “backchannel serve” here, on {data_dir}, and there is none."
            )


async def break_(data_dir: Path, fault: Fault) -> None:
    """Kill a part, which is started again by who looks after it; or hold Redis up for a while."""
    if fault == "stall-redis":
        pids = redis(data_dir)
        send(pids, signal.SIGSTOP)
        try:
            await asyncio.sleep(STALL_SECONDS)
        finally:
            send(pids, signal.SIGCONT)
    elif fault != "cut":
        send(part(data_dir, "web" if fault == "kill-web" else "ingest")[:1], signal.SIGKILL)


def send(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError, PermissionError):
            os.kill(pid, number)

"""The program as people start it: `backchannel serve` in a process and a folder of its own, and what it started."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.waiting import until
from wall.store import open_store
from wall.store.server import running_url

ROOT = Path(__file__).resolve().parent.parent
READY = "Ctrl-C stops it."
KEY = "a2V5LWZvci10ZXN0cy1vbmx5LWtlZXAtaXQtc2VjcmU"
PROC = Path("/proc")


@dataclass(frozen=True, slots=True)
class Process:
    """A process of this machine. What runs in the end says its command."""

    pid: int
    parent: int
    command: str

    @property
    def part(self):
        """Say which part of a wall this is: web, ingest, redis, or None."""
        program, *arguments = self.command.split()
        if Path(program).name in ("redis-server", "valkey-server"):
            return "redis"
        return next((part for part in ("web", "ingest") if ["-m", "wall", part] == arguments[:3]), None)


class Program:
    """A wall on a free port, started, interrupted and killed as often as a test likes."""

    def __init__(self, folder, *arguments, port=None, **settings):
        self.folder = folder
        self.data_dir = folder / "data"
        self.port = port or free_port()
        self.arguments = arguments
        self.settings = {"WALL_PRIVATE_ADDRESSES": "yes", "WALL_BACK_CHANNEL_KEY": KEY, **settings}
        self.process = None

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def said(self):
        """What it has printed since it was started last."""
        return (self.folder / "said").read_text(encoding="utf-8", errors="replace")

    @property
    def setup_link(self):
        return next(line.strip() for line in self.said.splitlines() if "/setup#" in line)

    # Lifecycle

    async def start(self):
        """Start it, and wait until it says that it serves."""
        await self.run()
        await until(lambda: READY in self.said or self.process.returncode is not None)
        assert self.process.returncode is None, self.said

    async def run(self):
        """Start it, however that goes."""
        self.folder.mkdir(parents=True, exist_ok=True)
        plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
        with (self.folder / "said").open("wb") as said:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "wall", "serve", *self.arguments),
                *("--port", str(self.port), "--data-dir", str(self.data_dir)),
                cwd=ROOT,
                env=plain | self.settings,
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    async def ended(self):
        """Wait until it ends by itself, and return its exit status."""
        async with asyncio.timeout(60):
            return await self.process.wait()

    async def interrupt(self):
        """Press Ctrl-C in its terminal, and return its exit status."""
        os.killpg(self.process.pid, signal.SIGINT)
        return await self.ended()

    async def kill(self):
        """Kill it, and nothing else, so that it cannot even say goodbye."""
        self.process.kill()
        await self.process.wait()

    async def kill_all(self):
        """Kill it with everything it started, all at once."""
        everything = [process.pid for process in self.family]
        for pid in [self.process.pid, *everything]:
            end(pid)
        await self.process.wait()

    async def stop(self):
        if self.process and self.process.returncode is None:
            await self.interrupt()

    # What it started

    @property
    def family(self):
        """The processes that it started, and those that these did."""
        everything = processes()
        found, parents = [], {self.process.pid}
        while parents:
            children = [process for process in everything if process.parent in parents]
            found += children
            parents = {process.pid for process in children}
        return found

    def parts(self, name):
        return [process for process in self.family if process.part == name]

    async def kill_part(self, name):
        """Kill a part of it, and wait until another one has taken its place."""
        before = {process.pid for process in self.parts(name)}
        assert before, f"There is no {name} to kill."
        for pid in before:
            end(pid)
        await until(lambda: {process.pid for process in self.parts(name)} - before)

    # What it keeps

    @asynccontextmanager
    async def store(self):
        """Open its store as another process of the wall would."""
        store = open_store(running_url(self.data_dir / "redis"))
        try:
            yield store
        finally:
            await store.database.close()


@asynccontextmanager
async def running(program):
    await program.start()
    try:
        yield program
    finally:
        await program.stop()


async def command(*arguments, **settings):
    """Run a command of the program to its end; returns its exit status and what it said."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "wall", *map(str, arguments)),
        cwd=ROOT,
        env=plain | settings,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    return process.returncode, said.decode(errors="replace")


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def end(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def alive(some):
    """Return those of the processes that still run."""
    now = {(process.pid, process.command) for process in processes()}
    return [process for process in some if (process.pid, process.command) in now]


def processes():
    """Return every process that runs here, those left out that have ended and wait to be buried."""
    return from_proc() if (PROC / "self" / "stat").exists() else from_ps()


def from_proc():
    found = []
    for folder in PROC.glob("[0-9]*"):
        with suppress(OSError):
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if state != "Z" and command:
                found.append(Process(int(folder.name), int(parent), command))
    return found


def from_ps():
    table = subprocess.run(["ps", "-A", "-o", "pid=,ppid=,state=,command="], capture_output=True, text=True)
    rows = [line.split(None, 3) for line in table.stdout.splitlines()]
    return [
        Process(int(row[0]), int(row[1]), row[3]) for row in rows if len(row) == 4 and not row[2].startswith("Z")
    ]

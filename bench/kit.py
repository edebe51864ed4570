"""Where the viewers' benchmarks run: a load generator and a floor built from the kit, a Redis, and who approves.

The environment variable PERF_KIT names the kit's folder: wsload.c (opens N websockets, has posts published, counts what
arrives, and the processor time and memory of the server), floor.c (one pre-built frame, one send() a viewer) and small
servers to be held against. It is not part of this repository. gcc, libssl-dev, zlib1g-dev and redis-server must be there.

The server has one core; the generator, Redis, who approves and the benchmark itself share the other, and Redis and who
approves go first there, since elsewhere they would not have to wait for thousands of viewers to read.
"""

import asyncio
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench.approver import SLUG, Prepared, prepare
from bench.children import (
    OTHER_CORE,
    SERVER_CORE,
    Program,
    answers,
    family,
    free_port,
    listens,
    running,
    stay_aside,
    until,
)

WORDS = "Thanks to everyone who came along and asked such brilliant questions at the main stage! #PyConEx "
LINE = "{{MARK}} " + WORDS * 2
FRAME_BYTES = 1390  # of our frame of one such post, in view=html
SETTLE_SECONDS = 1.0
RUN_SECONDS = 300

Counted = dict[str, float]


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: how it is started, what the generator must know to ask it, and how many viewers it is asked to serve.

    `health` is a path that answers once the server is ready, where listening does not say so; `most_in_bursts` is
    smaller for who would need minutes for one burst.
    """

    title: str
    command: list[str]
    generator: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    health: str = ""
    most: int = 100_000
    most_in_bursts: int = 100_000


@dataclass(frozen=True, slots=True)
class Room:
    """The built programs, Redis, who approves our posts, and the port that each server in turn listens on."""

    kit: Path
    folder: Path
    port: int
    redis_port: int
    approver_port: int

    @property
    def redis(self) -> str:
        return str(self.folder / "r.sock")

    @property
    def redis_url(self) -> str:
        return f"unix://{self.redis}"

    def prepared(self) -> Prepared:
        return asyncio.run(prepare(self.redis_url))

    def file(self, name: str, text: str) -> str:
        """Write a file into the room's folder, and return its path."""
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def ours(
        self, *, ticket: bool = True, command: Sequence[str] = ("-m", "wall", "web"), line: str = LINE
    ) -> Contender:
        """Return our server, asked with a ticket or by the ordinary road; `line` is the posts' text."""
        path = f"/{SLUG}/stream?view=html" + (f"&ticket={self.prepared().viewer}" if ticket else "")
        generator = ["--path", path, "--origin", f"http://127.0.0.1:{self.port}"]
        generator += [
            "--pub",
            f"line:127.0.0.1:{self.approver_port}",
            "--tmpl",
            self.file(f"line-{len(line)}", line),
        ]
        environment = {
            "WALL_REDIS_URL": self.redis_url,
            "WALL_MAX_STREAMS_PER_ADDRESS": "20000",
            "WALL_DATA_DIR": str(self.folder / "data"),
            "WALL_PORT": str(self.port),
        }
        title = "ours" if ticket else "ours, no ticket"
        most_in_bursts = 100_000 if ticket else 5000
        return Contender(
            title,
            [sys.executable, *command],
            generator,
            environment,
            health="/healthz",
            most_in_bursts=most_in_bursts,
        )

    @contextmanager
    def served(self, contender: Contender, *, core: str = SERVER_CORE) -> Iterator[Program]:
        """Run a server until left; raises TimeoutError when it does not listen, or ends before."""
        with running(core, contender.command, self.folder, contender.environment) as server:
            until(lambda: server.poll() is not None or self.ready(contender))
            if server.poll() is not None:
                raise TimeoutError(f"{contender.title} ended at once; see the log")
            time.sleep(SETTLE_SECONDS)
            yield server

    def ready(self, contender: Contender) -> bool:
        return listens(self.port) and (not contender.health or answers(self.port, contender.health))

    def generator(self, contender: Contender, viewers: int, case: Sequence[str], pids: Sequence[int]) -> list[str]:
        """Return the command of so many viewers."""
        command = [
            "taskset",
            "-c",
            OTHER_CORE,
            str(self.folder / "wsload"),
            "-p",
            str(self.port),
            "-n",
            str(viewers),
        ]
        return [*command, "--pid", ",".join(map(str, pids)), *contender.generator, *case]

    def count(self, contender: Contender, viewers: int, case: Sequence[str]) -> Counted | None:
        """Start a server, have it followed by so many, and return what the generator counted; None where it failed."""
        try:
            with self.served(contender) as server:
                command = self.generator(contender, viewers, case, family(server.pid))
                done = subprocess.run(command, capture_output=True, text=True, timeout=RUN_SECONDS)
            return counted(done.stdout)
        except (IndexError, ValueError, TimeoutError, subprocess.TimeoutExpired):
            return None


def counted(output: str) -> Counted:
    """Return the last line of the generator as numbers; raises IndexError or ValueError when it did not get there."""
    values = json.loads(output.strip().splitlines()[-1])
    return {name: float(value) for name, value in values.items() if name != "label"}


def lost(result: Counted) -> float:
    """Return how much did not arrive: deliveries, and connections that failed or ended."""
    return sum(result[name] for name in ("missing", "timeouts", "dead", "fail"))


@contextmanager
def room() -> Iterator[Room]:
    """Build the programs and start Redis and who approves, in a folder that goes with them."""
    if "PERF_KIT" not in os.environ:
        raise SystemExit("PERF_KIT must name the folder with wsload.c and floor.c; see the top of bench/kit.py.")
    kit = Path(os.environ["PERF_KIT"]).resolve()
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    stay_aside()
    with tempfile.TemporaryDirectory(prefix="viewers-") as name, ExitStack() as programs:
        folder = Path(name)
        folder.chmod(0o755)  # nginx drops root, and must reach its own files
        subprocess.run(["gcc", "-O2", "-w", "-o", folder / "wsload", kit / "wsload.c", "-lz"], check=True)
        subprocess.run(["gcc", "-O2", "-w", "-o", folder / "floor", kit / "floor.c", "-lcrypto"], check=True)
        (folder / "data").mkdir()
        place = Room(kit, folder, free_port(), free_port(), free_port())
        redis = [
            "redis-server",
            "--port",
            str(place.redis_port),
            "--bind",
            "127.0.0.1",
            "--unixsocket",
            place.redis,
        ]
        programs.enter_context(running(OTHER_CORE, [*redis, "--save", "", "--dir", name], folder, urgent=True))
        until(lambda: Path(place.redis).exists())
        approver = [sys.executable, "-m", "bench.approver", place.redis_url, str(place.approver_port)]
        programs.enter_context(running(OTHER_CORE, approver, folder, urgent=True))
        until(lambda: listens(place.approver_port))
        yield place

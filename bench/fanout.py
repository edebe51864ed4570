"""How many viewers one core serves, held against the least that a kernel asks and against other servers.

    PERF_KIT=… python -m bench.fanout                       # everybody that can be started, a quarter of an hour
    PERF_KIT=… python -m bench.fanout floor,fast 10000 5    # these, at so many connections, so many rounds
    python -m bench.fanout --help

PERF_KIT names a folder with a load generator (wsload.c: opens N websockets, has posts published, counts what arrives
and the processor time of the server), a floor (floor.c: one pre-built frame, one send() for each viewer) and peers
(naive.py, node_ws.js, nchan.conf); it is not part of this repository. gcc, libssl-dev, zlib1g-dev and redis-server must
be there; NODE_MODULES names a folder with ws and redis for Node, NGINX and NCHAN a server and its module.

The server has one core, the generator and Redis the other. Everybody runs in turn within a round, and only the ratios to
the floor of the same round count. Our posts take the whole road, through the store's script and the hub; the others'
come by a bare PUBLISH.
"""

import argparse
import asyncio
import json
import os
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from wall.core.event import Event
from wall.core.moderation import Status, Verdict
from wall.core.post import Author, Post, SourceRef, Tag
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.store import open_store
from wall.store.posts import Submission

SLUG = "bench"
EVENT = Event(slug=SLUG, title="Benchmark", hashtags=("PyConEx",), keys=("pyconex",))
WORDS = "Thanks to everyone who came along and asked such brilliant questions at the main stage! #PyConEx "
SERVER_CORE, OTHER_CORE = "0", "1"
START_SECONDS = 15.0
CASES = {
    "posts, one at a time": ("-b", "10"),
    "posts in bursts of ten": ("-b", "4", "--burst", "10"),
    "a storm of handshakes": ("-b", "0", "--window", "20000"),
}


@dataclass(frozen=True, slots=True)
class Contender:
    """A server: how it is started on a port, and what the generator must know to ask it."""

    command: list[str]
    generator: list[str] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """Where all of it runs: the built programs, Redis, and the address of who approves our posts."""

    kit: Path
    folder: Path
    port: int
    redis_pid: int
    approver_port: int

    @property
    def redis(self) -> str:
        return str(self.folder / "r.sock")

    def contenders(self) -> dict[str, Contender]:
        """Return everybody that can be started here; ours by the ticket's road and by the ordinary one."""
        port = str(self.port)
        bare = ["--pub", f"redis:{self.redis}"]
        naive = [
            sys.executable,
            "-m",
            "uvicorn",
            "--app-dir",
            str(self.kit),
            "--port",
            port,
            "--log-level",
            "error",
        ]
        found = {
            "floor": Contender([str(self.folder / "floor"), port, self.redis, "wall"], [*bare, *self.template()]),
            "fast": self.ours(ticket=True),
            "ordinary": self.ours(ticket=False),
            "naive": Contender(
                [
                    *naive,
                    "--no-access-log",
                    "--ws",
                    "websockets-sansio",
                    "--ws-per-message-deflate",
                    "false",
                    "naive:app",
                ],
                [*bare, *self.template()],
                {"REDIS_SOCK": self.redis},
            ),
        }
        if modules := os.environ.get("NODE_MODULES"):
            found["node ws"] = Contender(
                ["node", str(self.kit / "node_ws.js"), port, self.redis],
                [*bare, *self.template()],
                {"NODE_PATH": modules},
            )
        if nginx := os.environ.get("NGINX"):
            found["nchan"] = Contender(
                [nginx, "-p", str(self.folder / "ng"), "-c", str(self.nchan())],
                ["--pub", f"http:127.0.0.1:{port}", *self.template()],
            )
        return found

    def ours(self, *, ticket: bool) -> Contender:
        origin = f"http://127.0.0.1:{self.port}"
        words = asyncio.run(prepared(f"unix://{self.redis}")) if ticket else ""
        path = f"/{SLUG}/stream?view=html" + (f"&ticket={words}" if ticket else "")
        environment = {
            "WALL_REDIS_URL": f"unix://{self.redis}",
            "WALL_MAX_STREAMS_PER_ADDRESS": "20000",
            "WALL_DATA_DIR": str(self.folder / "data"),
            "WALL_PORT": str(self.port),
        }
        generator = ["--path", path, "--origin", origin, "--pub", f"line:127.0.0.1:{self.approver_port}"]
        return Contender([sys.executable, "-m", "wall", "web"], [*generator, *self.line()], environment)

    def line(self) -> list[str]:
        """What the generator sends to who approves: the words of a post."""
        return self.file("line", "{{MARK}} " + WORDS * 2)

    def template(self) -> list[str]:
        """What the others publish: as many bytes as our frame of the same post has."""
        return self.file("frame", '{"mark":"{{MARK}}","text":"' + "x" * FRAME_BYTES + '"}')

    def file(self, name: str, text: str) -> list[str]:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return ["--tmpl", str(path)]

    def nchan(self) -> Path:
        """Return the kit's settings of nchan, with this machine's module and port."""
        text = (
            (self.kit / "nchan.conf")
            .read_text(encoding="utf-8")
            .replace("127.0.0.1:8001", f"127.0.0.1:{self.port}")
        )
        text = text.replace("/usr/lib/nginx/modules/ngx_nchan_module.so", os.environ["NCHAN"])
        (self.folder / "ng").mkdir(exist_ok=True)
        path = self.folder / "nchan.conf"
        path.write_text(text, encoding="utf-8")
        return path


FRAME_BYTES = 1200


async def prepared(url: str) -> str:
    """Make the event unless it is there, and return a ticket for its stream."""
    store = open_store(url)
    if SLUG not in [event.slug for event in await store.events.all()]:
        await store.events.create(EVENT)
    secret = await store.screens.secret(SLUG)
    later = datetime.now(UTC) + timedelta(hours=2)  # a run outlasts the ten minutes of a page's ticket
    await store.database.close()
    return make_stream_ticket(secret, StreamTicket(SLUG, "html"), now=later)


async def approve(url: str, port: int) -> None:
    """Put every line that arrives on the wall, as a post that needs no moderator."""
    store = open_store(url)
    numbers = count(1)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            now = datetime.now(UTC)
            post = Post(
                uid=f"ap:https://social.example/notes/{time.time_ns()}-{next(numbers)}",
                source=SourceRef(id="m1", kind="mastodon"),
                author=Author(uid="ap:https://social.example/users/ana", handle="@ana@social.example", name="Ana"),
                text=line.decode().strip(),
                tags=(Tag("PyConEx", "pyconex"),),
                created_at=now,
                received_at=now,
            )
            await store.posts.submit(SLUG, [Submission(post, Verdict(status=Status.APPROVED))], now=now)

    server = await asyncio.start_server(serve, "127.0.0.1", port)
    await server.serve_forever()


@contextmanager
def room(kit: Path) -> Iterator[Room]:
    """Build the programs and start Redis and who approves, in a folder that goes with them."""
    with tempfile.TemporaryDirectory(prefix="fanout-") as name:
        folder = Path(name)
        subprocess.run(["gcc", "-O2", "-o", folder / "wsload", kit / "wsload.c", "-lz"], check=True)
        subprocess.run(["gcc", "-O2", "-o", folder / "floor", kit / "floor.c", "-lcrypto"], check=True)
        socket_path = str(folder / "r.sock")
        redis = started(
            OTHER_CORE,
            ["redis-server", "--port", "0", "--unixsocket", socket_path, "--save", "", "--dir", name],
            {},
            folder,
        )
        approver_port, port = free_port(), free_port()
        try:
            until(lambda: Path(socket_path).exists())
            command = [
                sys.executable,
                "-m",
                "bench.fanout",
                "--approve",
                f"unix://{socket_path}",
                str(approver_port),
            ]
            approver = started(OTHER_CORE, command, {}, folder)
            try:
                until(lambda: listens(approver_port))
                yield Room(kit, folder, port, redis.pid, approver_port)
            finally:
                stop(approver)
        finally:
            stop(redis)


def run(room: Room, contender: Contender, connections: int, case: tuple[str, ...]) -> dict[str, float] | None:
    """Start a server, have it followed by so many, and return what the generator counted; None where it failed."""
    server = started(SERVER_CORE, contender.command, contender.environment, room.folder)
    try:
        until(lambda: listens(room.port))
        time.sleep(1.0)
        command = [
            "taskset",
            "-c",
            OTHER_CORE,
            str(room.folder / "wsload"),
            "-p",
            str(room.port),
            "-n",
            str(connections),
        ]
        command += ["--pid", ",".join(map(str, family(server.pid))), *contender.generator, *case]
        done = subprocess.run(command, capture_output=True, text=True, timeout=180)
        result: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
        return result
    except (IndexError, ValueError, TimeoutError, subprocess.TimeoutExpired):
        return None
    finally:
        stop(server)


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="bench.fanout", description="Viewers on one core, beside floor and peers."
    )
    parser.add_argument("names", nargs="?", help="contenders, with commas between (all)")
    parser.add_argument(
        "connections", nargs="?", default="1000,5000,10000", help="numbers of viewers (%(default)s)"
    )
    parser.add_argument("rounds", nargs="?", type=int, default=2, help="rounds (%(default)s)")
    parser.add_argument("--approve", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.approve:
        asyncio.run(approve(options.approve[0], int(options.approve[1])))
        return
    if "PERF_KIT" not in os.environ:
        parser.error("PERF_KIT must name the folder with wsload.c and floor.c; see the top of bench/fanout.py.")
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    with room(Path(os.environ["PERF_KIT"]).resolve()) as place:
        contenders = place.contenders()
        names = options.names.split(",") if options.names else list(contenders)
        print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; frames of about {FRAME_BYTES} bytes")
        for connections in map(int, options.connections.split(",")):
            for title, case in CASES.items():
                compare(place, contenders, names, connections, title, case, rounds=options.rounds)


def compare(
    place: Room,
    contenders: dict[str, Contender],
    names: list[str],
    connections: int,
    title: str,
    case: tuple[str, ...],
    *,
    rounds: int,
) -> None:
    """Run a case for everybody in turn, and print medians with their ratios to the floor of the same round."""
    results: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    ratios: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(rounds):
        floor: dict[str, float] | None = None
        for name in names:
            result = run(place, contenders[name], connections, case)
            floor = result if name == "floor" else floor
            if result is None:
                continue
            results[name].append(result)
            if floor:
                ratios[name].append({key: over(result[key], floor[key]) for key in SHOWN})
    print(f"\n{connections} viewers, {title}")
    print(f"{'':10}" + "".join(f"{words:>24}" for words in SHOWN.values()) + f"{'KB a viewer':>14}{'lost':>6}")
    for name in names:
        if results[name]:
            print(row(name, results[name], ratios[name]), flush=True)


SHOWN = {
    "cpu_us_per_deliv": "CPU µs a delivery",
    "last_p50_ms": "last viewer ms",
    "hs_cpu_us": "handshake CPU µs",
    "hs_p99_ms": "handshake p99 ms",
}


def row(name: str, results: list[dict[str, float]], ratios: list[dict[str, float]]) -> str:
    cells = []
    for key in SHOWN:
        value = statistics.median(result[key] for result in results)
        ratio = f"{statistics.median(one[key] for one in ratios):.2f} ×" if ratios else ""
        cells.append(f"{value:>13.1f}{ratio:>11}")
    memory = statistics.median(result["rss_kb_per_conn"] for result in results)
    lost = sum(result["missing"] + result["timeouts"] + result["dead"] + result["fail"] for result in results)
    return f"{name:10}" + "".join(cells) + f"{memory:>14.2f}{lost:>6.0f}"


def over(value: float, floor: float) -> float:
    return value / floor if floor else 0.0


# Processes


def started(core: str, command: list[str], environment: dict[str, str], folder: Path) -> "subprocess.Popen[bytes]":
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
    with (folder / "log").open("ab") as log:
        return subprocess.Popen(
            ["taskset", "-c", core, *command],
            env=plain | environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def stop(process: "subprocess.Popen[bytes]") -> None:
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + START_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)


if __name__ == "__main__":
    main()

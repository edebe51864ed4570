"""Programs that a benchmark starts on a core of their own, and ends again, with all that they started."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

START_SECONDS = 15.0
STOP_SECONDS = 10.0
FIRST = -15  # of niceness
SERVER_CORE, OTHER_CORE = "0", "1"

Program = subprocess.Popen[bytes]


@contextmanager
def running(
    core: str,
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str] | None = None,
    *,
    urgent: bool = False,
) -> Iterator[Program]:
    """Run a program until left; what it says is added to the file `log` of the folder.

    An urgent one goes before others of its core, as far as the system lets us say so.
    """
    plain = {name: value for name, value in os.environ.items() if not name.startswith("WALL_")}
    with (folder / "log").open("ab") as log:
        program = subprocess.Popen(
            ["taskset", "-c", core, *command],
            env={**plain, **(environment or {})},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        if urgent:
            with suppress(PermissionError):
                os.setpriority(os.PRIO_PROCESS, program.pid, FIRST)
        yield program
    finally:
        stop(program)


def stop(program: Program) -> None:
    for number in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(program.pid, number)
            program.wait(STOP_SECONDS)
            return
        except ProcessLookupError:
            program.wait()
            return
        except subprocess.TimeoutExpired:
            continue


def family(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="utf-8").split()
    return [pid, *(one for child in children for one in family(int(child)))]


def open_files(pid: int) -> int:
    """Return how many files and connections a process has open."""
    return len(os.listdir(f"/proc/{pid}/fd"))


def stay_aside() -> None:
    """Keep this process, and what it starts, off the core of the server."""
    os.sched_setaffinity(0, {int(OTHER_CORE)})


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def answers(port: int, path: str) -> bool:
    """Tell whether a server answers a request."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=START_SECONDS):
            return True
    except OSError:
        return False


def until(condition: Callable[[], bool], *, seconds: float = START_SECONDS) -> None:
    """Wait for a condition; raises TimeoutError."""
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)

"""How soon a screen is served among thousands of viewers: from the hub's receipt of an update to the screen's frame.

    PERF_KIT=… python -m bench.screen_first                 # among 19,000; about two minutes
    PERF_KIT=… python -m bench.screen_first 5000 --posts 30

The screen joins last. Both ends are of one clock: the server notes when its hub is handed an update (bench/witness.py),
and the kernel notes when it has the frame for the screen, so that the screen's wait for a processor that thousands of
viewers share is not counted. Posts come one at a time, and in bursts of ten, where most arrive during a sweep.
"""

import argparse
import re
import socket
import struct
import subprocess
import threading
from dataclasses import dataclass, field
from pathlib import Path

from bench.approver import SLUG
from bench.children import family, open_files, until
from bench.figures import machine, percentile, table
from bench.kit import Room, counted, lost, room
from bench.viewers import request

GOAL_MILLISECONDS = 5.0
SO_TIMESTAMPNS = 35  # <asm-generic/socket.h>; Python does not name it
OFFSET = re.compile(rb'"offset":(\d+)')
WARMING = 2  # posts that the generator sends before it counts
LONGEST = 256 * 1024
CASES = {"one at a time": ("-b", "{posts}"), "in bursts of ten": ("-b", "{posts}", "--burst", "10")}


@dataclass(slots=True)
class Screen:
    """A projector's connection; `arrived` is when the kernel had each update for it, in nanoseconds."""

    port: int
    ticket: str
    arrived: dict[int, int] = field(default_factory=dict)
    line: socket.socket = field(init=False)

    def open(self) -> None:
        self.line = socket.create_connection(("127.0.0.1", self.port))
        self.line.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
        path = f"/{SLUG}/screen/stream?view=html&ticket={self.ticket}"
        self.line.sendall(request("127.0.0.1", self.port, path))
        threading.Thread(target=self.read, daemon=True).start()

    def read(self) -> None:
        """Note updates until the server goes."""
        rest = b""
        while True:
            try:
                data, notes, _, _ = self.line.recvmsg(LONGEST, 64)
            except ConnectionError:
                return
            if not data:
                return
            rest += data
            for found in OFFSET.finditer(rest):
                self.arrived.setdefault(int(found[1]), noted(notes[0][2]))
            rest = rest[-32:]


def noted(note: bytes) -> int:
    """Return the kernel's time of arrival."""
    seconds, nanoseconds = struct.unpack("qq", note)
    return int(seconds) * 1_000_000_000 + int(nanoseconds)


def receipts(path: Path) -> dict[int, int]:
    """Return when the hub was handed each update."""
    lines = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {int(offset): int(when) for offset, when in lines}


def measure(place: Room, viewers: int, case: tuple[str, ...]) -> tuple[list[float], float]:
    """Return the milliseconds of each post to the screen, and of the median post to the last viewer."""
    path = place.folder / "receipts"
    path.unlink(missing_ok=True)
    contender = place.ours(command=("-m", "bench.witness", "web"))
    contender.environment["BENCH_RECEIPTS"] = str(path)
    with place.served(contender) as server:
        command = place.generator(contender, viewers, (*case, "--hold", "1500"), family(server.pid))
        crowd = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        screen = Screen(place.port, place.prepared().screen)
        until(lambda: open_files(server.pid) >= viewers, seconds=120)
        screen.open()
        output, _ = crowd.communicate(timeout=300)
        result = counted(output)
        handed = receipts(path)
    if lost(result):
        print(f"{lost(result):.0f} deliveries or connections were lost")
    missing = set(handed) - set(screen.arrived)
    if missing:
        print(f"the screen lacks {len(missing)} of {len(handed)} updates")
    counting = sorted(handed)[WARMING:]
    times = [(screen.arrived[one] - handed[one]) / 1e6 for one in counting if one in screen.arrived]
    return times, result["last_p50_ms"]


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.screen_first", description="A screen among thousands of viewers.")
    parser.add_argument("viewers", nargs="?", type=int, default=19_000, help="viewers beside it (%(default)s)")
    parser.add_argument("--posts", type=int, default=20, help="posts, or bursts, in a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=2, help="rounds (%(default)s)")
    options = parser.parse_args()
    rows = []
    with room() as place:
        for title, words in CASES.items():
            case = tuple(word.format(posts=options.posts) for word in words)
            rounds = [measure(place, options.viewers, case) for _ in range(options.rounds)]
            times = [one for measured, _ in rounds for one in measured]
            late = sum(one > GOAL_MILLISECONDS for one in times)
            shown = [f"{percentile(times, percent):.1f}" for percent in (50, 95, 100)]
            rows.append([title, *shown, f"{late} of {len(times)}", f"{min(last for _, last in rounds):.0f}"])
    print(f"hub's receipt to the screen's frame, ms, among {options.viewers:,} viewers\n{machine()}\n")
    head = ["posts", "p50", "p95", "max", f"above {GOAL_MILLISECONDS:.0f} ms", "last viewer, from the post"]
    print(table(head, rows))


if __name__ == "__main__":
    main()

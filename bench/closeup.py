"""What a server does while it is busy: which calls of the kernel, or which lines of Python.

    PERF_KIT=… python -m bench.closeup syscalls                   # ours and the floor, in each case; needs strace
    PERF_KIT=… python -m bench.closeup profile --cases storm      # ours; needs py-spy (pip install py-spy)
    PERF_KIT=… python -m bench.closeup profile --keep folder      # keeps the stacks, one a line, for a flame graph

Watching slows what is watched: these are counts and shares, not times. Handshakes are watched from the first connection
on, posts once everybody is connected.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.children import OTHER_CORE, family, open_files, until
from bench.figures import machine, table
from bench.kit import Contender, Counted, Room, counted, room
from bench.peers import contenders

CONNECTING = ("-b", "0", "--warm", "0")
CASES = {
    "storm": (*CONNECTING, "--window", "20000"),
    "single": ("-b", "20", "--warm", "0"),
    "bursts": ("-b", "5", "--burst", "10", "--warm", "0"),
}
ATTACH_SECONDS = 1.5
HOLD = ("--hold", "5000")
SHOWN = 25
LINE_NUMBER = re.compile(r":\d+\)$")
RATE = 500  # looks a second


@dataclass(frozen=True, slots=True)
class Watched:
    """What the generator counted meanwhile, and the watcher's file."""

    counted: Counted
    file: Path

    def units(self, case: str) -> float:
        """Return how many handshakes, or deliveries of a post, were watched."""
        return self.counted["open"] if case == "storm" else self.counted["deliv"]


def watch(place: Room, contender: Contender, viewers: int, case: str, tool: Sequence[str], file: Path) -> Watched:
    """Run a case with a watcher attached to the server; `{pid}` and `{file}` of its command are filled in."""
    with place.served(contender) as server:
        pid = family(server.pid)[-1]
        command = place.generator(contender, viewers, (*CASES[case], *(() if case == "storm" else HOLD)), [pid])
        attached = [word.format(pid=pid, file=file) for word in tool]
        if case == "storm":
            watcher = attach(attached)
            crowd = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        else:
            crowd = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
            until(lambda: open_files(pid) >= viewers, seconds=120)
            watcher = attach(attached)
        output, _ = crowd.communicate(timeout=300)
        watcher.send_signal(signal.SIGINT)
        watcher.wait(60)
    return Watched(counted(output), file)


def attach(command: Sequence[str]) -> "subprocess.Popen[bytes]":
    watcher = subprocess.Popen(
        ["taskset", "-c", OTHER_CORE, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(ATTACH_SECONDS)
    return watcher


def calls(path: Path) -> Counter[str]:
    """Return strace's summary as how often each call was made."""
    found: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        words = line.split()
        if len(words) in (5, 6) and words[3].isdigit() and words[-1] != "total":
            found[words[-1]] = int(words[3])
    return found


def shares(path: Path) -> tuple[Counter[str], Counter[str]]:
    """Return, of stacks with how often each was seen, each function's own part and its part with all it called."""
    own: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        stack, _, number = line.rpartition(" ")
        frames = [LINE_NUMBER.sub(")", frame) for frame in stack.split(";")]
        own[frames[-1]] += int(number)
        within.update(dict.fromkeys(frames, int(number)))
    return own, within


def show_calls(watched: Watched, case: str) -> None:
    units, found = watched.units(case), calls(watched.file)
    rows = [[name, f"{number:,}", f"{number / units:.3f}"] for name, number in found.most_common(SHOWN)]
    rows.append(["all", f"{found.total():,}", f"{found.total() / units:.3f}"])
    print(table(["call", "times", "a handshake" if case == "storm" else "a delivery"], rows))


def show_shares(watched: Watched, case: str) -> None:
    own, within = shares(watched.file)
    rows = [
        [name, f"{100 * number / own.total():.1f} %", f"{100 * within[name] / own.total():.1f} %"]
        for name, number in own.most_common(SHOWN)
    ]
    print(table(["function", "its own", "with what it calls"], rows))


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.closeup", description="What a server does while it is busy.")
    parser.add_argument("tool", choices=("syscalls", "profile"))
    parser.add_argument("--viewers", type=int, default=5000, help="how many (%(default)s)")
    parser.add_argument("--cases", default=",".join(CASES), help="of %(default)s")
    parser.add_argument("--of", default="", help="whom, by short name (syscalls: floor,ours; profile: ours)")
    parser.add_argument("--keep", type=Path, help="folder for the watcher's own files")
    options = parser.parse_args()
    syscalls = options.tool == "syscalls"
    spy = shutil.which("py-spy") or str(Path(sys.executable).parent / "py-spy")
    tools = {
        "syscalls": ["strace", "-c", "-f", "-p", "{pid}", "-o", "{file}"],
        "profile": [spy, "record", "-r", str(RATE), "-d", "300", "-f", "raw", "-p", "{pid}", "-o", "{file}"],
    }
    with room() as place:
        keep = (options.keep or place.folder).resolve()
        os.makedirs(keep, exist_ok=True)
        everybody = contenders(place)
        for case in options.cases.split(","):
            for name in (options.of or ("floor,ours" if syscalls else "ours")).split(","):
                one = everybody[name]
                if not isinstance(one, Contender):
                    print(f"without {name}: {one}")
                    continue
                file = keep / f"{options.tool}-{case}-{name}.txt"
                watched = watch(place, one, options.viewers, case, tools[options.tool], file)
                print(f"\n{one.title}, {options.viewers:,} viewers, {case}; {watched.units(case):,.0f} counted\n")
                (show_calls if syscalls else show_shares)(watched, case)
    print(f"\n{machine()}")


if __name__ == "__main__":
    main()

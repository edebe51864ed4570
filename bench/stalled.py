"""A tenth of the viewers stops reading: what does it cost the others, and what becomes of those?

    PERF_KIT=… python -m bench.stalled                 # 5,000, five rounds with and without in turn; about five minutes
    PERF_KIT=… python -m bench.stalled 1000 --rounds 1

Posts of twenty kilobytes fill the kernel's buffers at both ends, so that they stall in earnest. The rounds that are
compared end before anybody is closed for it, so that all who stall are still there. One longer run then shows what becomes
of them: nine in ten never read again, and are to be closed with 4008 after ten seconds; the tenth sleeps and reads on,
and is to be told to resync. The server counts both (/metrics), and the sleepers what they read.
"""

import argparse
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from statistics import median

from bench.children import family
from bench.figures import machine, ratios, spread, table
from bench.kit import WORDS, Contender, Counted, Room, counted, lost, room
from bench.viewers import request

GOAL = 1.1
RECEIVE_BYTES = 16 * 1024
LINE = "{{MARK}} " + WORDS * 200
SLEEP_SECONDS = 9.0
LONGER = 4
CASE = ("-b", "{posts}", "--gap", "50", "--rcvbuf", str(RECEIVE_BYTES))
OFFSET = re.compile(rb'"offset":(\d+),')
SAMPLE = re.compile(
    r'^(wall_streams_ended_total|wall_resyncs_total)\{(?:road="fast",)?cause="(\w+)"\} (\d+)', re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Round:
    """What the readers were served, what the server counted of the others, and what the sleepers saw of it."""

    readers: Counted
    counted: Counter[str]
    sleepers: Counter[str]


def follow(place: Room, viewers: int, posts: int, *, stalled: int = 0, sleeping: int = 0) -> Round:
    """Let so many follow, of whom some stop reading at once: for good, or for a while."""
    contender = place.ours(line=LINE)
    case = [word.format(posts=posts) for word in CASE]
    case += ["--stall", str(stalled)] if stalled else []
    sleepers = [Sleeper(place, contender) for _ in range(sleeping)]
    with place.served(contender) as server:
        before = samples(place)
        for one in sleepers:
            one.start()
        command = place.generator(contender, viewers - sleeping, case, family(server.pid))
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=sys.stderr, text=True, timeout=600)
        seen: Counter[str] = Counter()
        for one in sleepers:
            seen += one.end()
        return Round(counted(done.stdout), samples(place) - before, seen)


class Sleeper(threading.Thread):
    """A viewer that reads nothing for a while, then all there is."""

    def __init__(self, place: Room, contender: Contender) -> None:
        super().__init__(daemon=True)
        self.port = place.port
        self.path = contender.generator[contender.generator.index("--path") + 1]
        self.told: list[int] = []
        self.resynced = False
        self.line = socket.socket()
        self.line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BYTES)

    def run(self) -> None:
        self.line.connect(("127.0.0.1", self.port))
        self.line.sendall(request("127.0.0.1", self.port, self.path))
        rest = self.line.recv(4096)
        time.sleep(SLEEP_SECONDS)
        while True:
            try:
                data = self.line.recv(256 * 1024)
            except OSError:
                return
            if not data:
                return
            text = rest + data
            self.resynced = self.resynced or b'"type":"resync"' in text
            found = list(OFFSET.finditer(text))
            self.told += [int(one[1]) for one in found]
            rest = text[max(found[-1].end() if found else 0, len(text) - 40) :]

    def end(self) -> Counter[str]:
        """Stop, and return in one word what it was given."""
        self.line.shutdown(socket.SHUT_RDWR)
        self.join()
        gaps = any(later != earlier + 1 for earlier, later in zip(self.told, self.told[1:], strict=False))
        return Counter(["resynced" if self.resynced else "a hole" if gaps else "all of it"])


def samples(place: Room) -> Counter[str]:
    """Return what the server has counted of streams that ended, and of resyncs."""
    with urllib.request.urlopen(f"http://127.0.0.1:{place.port}/metrics", timeout=10) as answer:
        text = answer.read().decode()
    words = {"wall_streams_ended_total": "closed", "wall_resyncs_total": "resync"}
    return Counter({f"{words[name]}, {cause}": int(value) for name, cause, value in SAMPLE.findall(text)})


def listed(counts: Counter[str]) -> str:
    return "; ".join(f"{words}: {count}" for words, count in sorted(counts.items())) or "nothing"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.stalled", description="A tenth of the viewers stops reading.")
    parser.add_argument("viewers", nargs="?", type=int, default=5_000, help="how many, in all (%(default)s)")
    parser.add_argument("--posts", type=int, default=35, help="posts in a round (%(default)s)")
    parser.add_argument("--rounds", type=int, default=5, help="rounds (%(default)s)")
    options = parser.parse_args()
    tenth, hundredth = options.viewers // 10, options.viewers // 100
    rounds: list[tuple[Round, Round]] = []
    with room() as place:
        for _ in range(options.rounds):
            without = follow(place, options.viewers, options.posts)
            rounds.append((follow(place, options.viewers, options.posts, stalled=tenth), without))
        longer = follow(
            place, options.viewers, LONGER * options.posts, stalled=tenth - hundredth, sleeping=hundredth
        )
    print(f"{options.viewers:,} viewers, a tenth of them stalled, and without\n{machine()}\n")
    head = ["round", "p99 of the others, ms", "p99 without, ms", "closed meanwhile", "lost"]
    print(table(head, [row(number, *both) for number, both in enumerate(rounds)]))
    over = ratios(*(list(map(p99, side)) for side in zip(*rounds, strict=True)))
    print(f"\nratio {spread(over, 2)} of at most {GOAL}, {'reached' if median(over) <= GOAL else 'MISSED'}")
    print(
        f"\nthe longer run, {tenth - hundredth} stalled for good and {hundredth} asleep for {SLEEP_SECONDS:.0f} s:"
    )
    print(f"the server counted: {listed(longer.counted)}\nthe sleepers got: {listed(longer.sleepers)}")
    print(f"lost by the others: {lost(longer.readers):.0f}")


def row(number: int, stalled: Round, without: Round) -> list[str]:
    closed = stalled.counted["closed, too_slow"]
    missed = lost(stalled.readers) + lost(without.readers)
    return [str(number + 1), f"{p99(stalled):.1f}", f"{p99(without):.1f}", str(closed), f"{missed:.0f}"]


def p99(one: Round) -> float:
    return one.readers["p99_p50_ms"]


if __name__ == "__main__":
    main()

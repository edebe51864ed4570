"""Thousands who come back at once, each with the cursor of what it had: does each get exactly what it lacks, how soon?

    PERF_KIT=… python -m bench.returning              # 10,000, three rounds; about a minute
    PERF_KIT=… python -m bench.returning 5000 --rounds 1

The server has just been started, as after a crash, so nobody follows the event there and nothing is in its memory. The
viewers' cursors are up to fifty updates old, and five more posts come while they arrive. All connect as fast as one
process can, which is harder than the jitter with which our pages come back.
"""

import argparse
import asyncio
import re
import select
import socket
import time
from dataclasses import dataclass, field

from bench.approver import SLUG, prepare, put
from bench.figures import machine, table
from bench.kit import LINE, Room, room
from bench.viewers import request
from wall.core.feed import Cursor

BACK_GOAL_SECONDS = 5.0
LONGEST_SECONDS = 60.0
KEPT_BACK = 50
MEANWHILE = 5
OFFSET = re.compile(rb'"offset":(\d+),')
TAIL = 40  # bytes that may hold the beginning of an offset
RESYNC = b'"type":"resync"'


@dataclass(slots=True)
class Returning:
    """One viewer: the offset it comes back with, those it is told, and when it had the last."""

    had: int
    line: socket.socket
    asks: bytes
    told: list[int] = field(default_factory=list)
    rest: bytes = b""
    resynced: bool = False
    done_at: float = 0.0

    def read(self, last: int) -> bool:
        """Take what there is; returns whether the connection goes on."""
        try:
            data = self.line.recv(256 * 1024)
        except BlockingIOError:
            return True
        except ConnectionError:
            return False
        text = self.rest + data
        end = 0
        for found in OFFSET.finditer(text):
            self.told.append(int(found[1]))
            end = found.end()
        self.rest = text[max(end, len(text) - TAIL) :]
        self.resynced = self.resynced or RESYNC in text
        if not self.done_at and self.told and self.told[-1] >= last:
            self.done_at = time.monotonic()
        return bool(data)

    def exact(self, last: int) -> bool:
        return self.told == list(range(self.had + 1, last + 1))


@dataclass(frozen=True, slots=True)
class Outcome:
    """One round: how many were told exactly what they lacked, what befell the others, and the seconds it took."""

    exact: int
    holes: int
    repeats: int
    resynced: int
    lost: int
    half: float
    last: float


def come_back(place: Room, viewers: int) -> Outcome:
    """Let so many come back to a server that has just been started."""
    asyncio.run(put(place.redis_url, [LINE.replace("{{MARK}}", str(number)) for number in range(KEPT_BACK)]))
    contender = place.ours()
    prepared = asyncio.run(prepare(place.redis_url))
    last = prepared.tip.offset + MEANWHILE
    with place.served(contender):
        began = time.monotonic()
        crowd: dict[int, Returning] = {}
        poll = select.epoll()
        ended: set[int] = set()
        for number in range(viewers):
            one = connected(
                place, Cursor(prepared.tip.epoch, prepared.tip.offset - number % (KEPT_BACK + 1)), prepared.viewer
            )
            crowd[one.line.fileno()] = one
            poll.register(one.line, select.EPOLLOUT)
            if number % (viewers // MEANWHILE) == 0:
                publish(place, number)
            if number % 50 == 0:
                serve(poll, crowd, ended, last, wait=0)
        while time.monotonic() - began < LONGEST_SECONDS and not all(one.done_at for one in crowd.values()):
            serve(poll, crowd, ended, last, wait=0.5)
        serve(poll, crowd, ended, last, wait=0.5)  # what comes after the last would be a repeat
        outcome = judged(list(crowd.values()), last, began, lost=len(ended))
        for one in crowd.values():
            one.line.close()
    return outcome


def connected(place: Room, cursor: Cursor, ticket: str) -> Returning:
    line = socket.socket()
    line.setblocking(False)
    line.connect_ex(("127.0.0.1", place.port))
    path = f"/{SLUG}/stream?view=html&cursor={cursor}&ticket={ticket}"
    return Returning(cursor.offset, line, request("127.0.0.1", place.port, path))


def serve(poll: select.epoll, crowd: dict[int, Returning], ended: set[int], last: int, *, wait: float) -> None:
    """Ask for those who are connected, and read what has come."""
    for number, happened in poll.poll(wait, 4096):
        one = crowd[number]
        if happened & select.EPOLLOUT and one.asks:
            one.line.send(one.asks)
            one.asks = b""
            poll.modify(number, select.EPOLLIN)
        elif not one.read(last):
            poll.unregister(number)
            ended.add(number)


def publish(place: Room, number: int) -> None:
    """Have a post approved, without waiting for it."""
    with socket.create_connection(("127.0.0.1", place.approver_port)) as line:
        line.sendall(LINE.replace("{{MARK}}", f"meanwhile {number}").encode() + b"\n")


def judged(crowd: list[Returning], last: int, began: float, *, lost: int) -> Outcome:
    times = sorted(one.done_at - began if one.done_at else float("inf") for one in crowd)
    return Outcome(
        exact=sum(one.exact(last) for one in crowd),
        holes=sum(not one.resynced and len(set(one.told)) < last - one.had for one in crowd),
        repeats=sum(len(set(one.told)) < len(one.told) for one in crowd),
        resynced=sum(one.resynced for one in crowd),
        lost=lost,
        half=times[len(times) // 2],
        last=times[-1],
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.returning", description="Thousands who come back with cursors.")
    parser.add_argument("viewers", nargs="?", type=int, default=10_000, help="how many (%(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="rounds (%(default)s)")
    options = parser.parse_args()
    with room() as place:
        outcomes = [come_back(place, options.viewers) for _ in range(options.rounds)]
    print(f"{options.viewers:,} come back; all are to be exact within {BACK_GOAL_SECONDS:.0f} s\n{machine()}\n")
    head = [
        "round",
        "exact",
        "with a hole",
        "with a repeat",
        "told to resync",
        "lost",
        "half of them, s",
        "the last, s",
    ]
    rows = [
        [
            str(number + 1),
            *map(str, (one.exact, one.holes, one.repeats, one.resynced, one.lost)),
            f"{one.half:.2f}",
            f"{one.last:.2f}",
        ]
        for number, one in enumerate(outcomes)
    ]
    print(table(head, rows))


if __name__ == "__main__":
    main()

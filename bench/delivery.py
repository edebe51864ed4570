"""How long a post takes, from a decision to a viewer and from Redis to the paint of a screen. See README.md."""

import argparse
import asyncio
import json
import secrets
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from playwright.async_api import Browser
from websockets.asyncio.client import ClientConnection, connect

from bench.figures import machine, percentile, ratios, spread, table
from bench.screen import Screen, browser, screen
from bench.served import SLUG, Wall, posts, served
from wall.core.moderation import Status
from wall.core.post import Post

STREAM = f"/{SLUG}/stream"
ANSWER_SECONDS = 20.0
REST_SECONDS = 0.1
WARM_UP = 5

Times = dict[str, list[float]]
"""What was measured → milliseconds, one a post."""


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory(prefix="backchannel-bench-", dir=options.folder) as folder:
        asyncio.run(bench(Path(folder), options))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--viewers", default="1,100,1000", help="idle viewers beside the measured one (1,100,1000)"
    )
    parser.add_argument("--rounds", type=int, default=4, help="rounds, the contestants in turn (4)")
    parser.add_argument(
        "--posts", type=int, default=25, help="posts a round, contestant and number of viewers (25)"
    )
    parser.add_argument(
        "--folder", type=Path, help="where the data is kept meanwhile (the system's temporary folder)"
    )
    return parser.parse_args()


async def bench(folder: Path, options: argparse.Namespace) -> None:
    numbers = [int(number) for number in options.viewers.split(",")]
    rounds: dict[int, list[Times]] = {number: [] for number in numbers}
    async with served(folder / "data") as wall, bare() as bare_port, browser() as chromium:
        contest = Contest(wall, bare_port, chromium, options.posts)
        await contest.warm_up()
        for _ in range(options.rounds):
            for number in numbers:
                rounds[number].append(await contest.round(number))
    report(rounds, options)


class Contest:
    """The wall and its floors, measured in turn."""

    def __init__(self, wall: Wall, bare_port: int, chromium: Browser, count: int) -> None:
        self.wall = wall
        self.bare_port = bare_port
        self.chromium = chromium
        self.count = count
        self.source = posts(secrets.randbits(20))

    async def warm_up(self) -> None:
        async with viewer(self.wall.port, STREAM) as ours:
            _, frame = await decisions(self.wall, ours, self.source, WARM_UP)
        async with viewer(self.bare_port, "/") as theirs:
            await broadcasts(theirs, frame, WARM_UP)

    async def round(self, number: int) -> Times:
        """Measure everything once beside so many idle viewers. The measured one joins last: nobody is served later."""
        times: Times = {}
        async with idle(self.wall.port, STREAM, number):
            async with viewer(self.wall.port, STREAM) as ours:
                measured, frame = await decisions(self.wall, ours, self.source, self.count)
                times |= measured
            async with screen(self.chromium, self.wall) as page:
                times |= await paints(self.wall, page, self.source, self.count)
        async with idle(self.bare_port, "/", number), viewer(self.bare_port, "/") as theirs:
            times |= await broadcasts(theirs, frame, self.count)
        return times


# A decision, to a viewer


async def decisions(wall: Wall, ours: ClientConnection, source: Iterator[Post], count: int) -> tuple[Times, str]:
    """Approve posts by HTTP; return the times and the last frame that came."""
    times: Times = {"answer → frame": [], "decision → answer": [], "decision → frame": []}
    reader, writer = await asyncio.open_connection("127.0.0.1", wall.port)
    frame = ""
    for _ in range(count):
        post = next(source)
        await wall.submit(post, Status.WAITING)
        await asyncio.sleep(REST_SECONDS)
        arriving = asyncio.create_task(arrival(ours, post.id))
        sent = time.perf_counter()
        writer.write(approval(wall, post))
        await answered(reader)
        answer = time.perf_counter()
        arrived, frame = await arriving
        times["decision → answer"].append((answer - sent) * 1e3)
        times["answer → frame"].append((arrived - answer) * 1e3)
        times["decision → frame"].append((arrived - sent) * 1e3)
        await wall.remove(post)  # a full screen takes its time to change; paints want an empty one
    writer.close()
    await writer.wait_closed()
    return times, frame


async def arrival(ours: ClientConnection, mark: str) -> tuple[float, str]:
    """Return when a frame with this mark arrived, and the frame."""
    async with asyncio.timeout(ANSWER_SECONDS):
        while True:
            frame = str(await ours.recv())
            arrived = time.perf_counter()
            if mark in frame:
                return arrived, frame


def approval(wall: Wall, post: Post) -> bytes:
    body = json.dumps(
        {"id": secrets.token_hex(8), "post": post.id, "kind": "approve", "version": 1, "hash": post.content_hash}
    ).encode()
    return (
        f"POST /{SLUG}/moderate/decisions HTTP/1.1\r\nHost: 127.0.0.1:{wall.port}\r\nOrigin: {wall.base}\r\n"
        f"Cookie: session={wall.moderator}\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode() + body


async def answered(reader: asyncio.StreamReader) -> None:
    async with asyncio.timeout(ANSWER_SECONDS):
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    if not head.startswith("http/1.1 200"):
        raise SystemExit(f"A decision was refused: {head.splitlines()[0]}")


# The floor of that: a bare broadcast


async def broadcasts(theirs: ClientConnection, frame: str, count: int) -> Times:
    times: Times = {"bare broadcast": []}
    for number in range(count):
        await asyncio.sleep(REST_SECONDS)
        mark = f"{number:08}"
        arriving = asyncio.create_task(arrival(theirs, mark))
        sent = time.perf_counter()
        await theirs.send(mark + frame[len(mark) :])
        arrived, _ = await arriving
        times["bare broadcast"].append((arrived - sent) * 1e3)
    return times


# A post, to the paint of a screen


async def paints(wall: Wall, page: Screen, source: Iterator[Post], count: int) -> Times:
    """Put posts on the wall while the screen has room for them, and remove each again."""
    times: Times = {"submit → paint": [], "remove → gone": [], "page alone": []}
    for number in range(count + WARM_UP):
        post = next(source)
        painted = page.wait_for(post.id)
        await asyncio.sleep(REST_SECONDS)
        submitted = time.time() * 1e3
        await wall.submit(post, Status.APPROVED)
        shown = await painted - submitted
        gone = page.wait_until_gone(post.id)
        await asyncio.sleep(REST_SECONDS)
        removed = time.time() * 1e3
        await wall.remove(post)
        left = await gone - removed
        alone = await page.insert_alone()
        if number >= WARM_UP:
            times["submit → paint"].append(shown)
            times["remove → gone"].append(left)
            times["page alone"].append(alone)
    return times


# The others


@asynccontextmanager
async def viewer(port: int, path: str) -> AsyncIterator[ClientConnection]:
    async with connect(f"ws://127.0.0.1:{port}{path}", compression=None, proxy=None) as connection:
        yield connection


@asynccontextmanager
async def program(*command: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a program of ours until left; it ends with its standard input."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", *command, stdin=pipe, stdout=pipe)
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), ANSWER_SECONDS)
        except TimeoutError:
            process.kill()
            await process.wait()


@asynccontextmanager
async def bare() -> AsyncIterator[int]:
    async with program("bench.broadcast") as process:
        assert process.stdout
        yield int(await process.stdout.readline())


@asynccontextmanager
async def idle(port: int, path: str, number: int) -> AsyncIterator[None]:
    """Keep so many idle viewers; all must still be there at the end, and have been sent something."""
    async with program("bench.viewers", "127.0.0.1", str(port), path, str(number)) as process:
        assert process.stdin
        assert process.stdout
        if await process.stdout.readline() != b"ready\n":
            raise SystemExit(f"{number} idle viewers could not connect.")
        yield
        process.stdin.close()
        connected, received = map(int, (await process.stdout.readline()).split())
        if connected != number or received < number:
            raise SystemExit(f"Of {number} idle viewers {connected} were left; this measures something else.")


# What is printed

MEASURED = (
    "decision → answer",
    "answer → frame",
    "decision → frame",
    "bare broadcast",
    "submit → paint",
    "remove → gone",
    "page alone",
)


def report(rounds: dict[int, list[Times]], options: argparse.Namespace) -> None:
    print(f"delivery; {machine()}")
    print(f"{options.rounds} interleaved rounds of {options.posts} posts; milliseconds\n")
    compared = (("decision → frame", "bare broadcast"), ("submit → paint", "page alone"))
    print("times the floor, the medians of each round compared: median (min–max)\n")
    rows = [
        [str(number), *(spread(ratios(medians(of, ours), medians(of, floor)), 1) for ours, floor in compared)]
        for number, of in rounds.items()
    ]
    print(table(["viewers", *(" / ".join(pair) for pair in compared)], rows))
    print("\nall posts of all rounds\n")
    rows = []
    for name in MEASURED:
        for number, of in rounds.items():
            values = [value for times in of for value in times[name]]
            shown = [f"{percentile(values, percent):.1f}" for percent in (50, 95, 100)]
            rows.append([name, str(number), *shown, spread(medians(of, name), 1)])
    print(table(["milliseconds", "viewers", "p50", "p95", "max", "median of rounds (min–max)"], rows))


def medians(of: list[Times], name: str) -> list[float]:
    return [median(times[name]) for times in of]


if __name__ == "__main__":
    main()

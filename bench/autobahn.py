"""What the Autobahn test suite says of our websockets (RFC 6455, RFC 7692).

    WSTEST=…/bin/wstest python -m bench.autobahn                                # the basic cases, a minute or two
    WSTEST=… nice python -m bench.autobahn --cases "9.*,12.*,13.*" --roads direct    # limits and compression: long

wstest wants a Python 2.7: `python2.7 -m pip install virtualenv`, make an environment, and install autobahntestsuite
into it. It sends frames and wants them back, and our streams answer nothing to what viewers say. So what is tested is

* ours, on the fast road (`direct`, and `transport`, which is what TLS and other systems than Linux get): the listener or
  the entrance, the gate with ticket and Origin, the reading of the upgrade and the answer to it, the connection
  (`Adopted`) with all that it hears, writes, answers and ends, and the frames, plain and compressed;
* ours, on the `ordinary` road: that every byte is handed on; the rest of it is uvicorn's and websockets';
* the bench's: what gives each message back, on any road; a fan-out that feeds no wall; and a longest message of 64 MiB
  in place of ours, for the cases of set 9.
"""

import argparse
import asyncio
import json
import logging
import os
import socket
import sys
import tempfile
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import uvicorn
from uvloop import new_event_loop

from wall.core.feed import Cursor
from wall.core.measures import Measures
from wall.core.tickets import StreamTicket, make_stream_ticket
from wall.core.websocket import Opcode, frame, opening
from wall.web import adopted
from wall.web.adopted import Adopted
from wall.web.doors import Doors
from wall.web.drain import Drain
from wall.web.entrance import Entrance
from wall.web.fanout import CLOSE_SECONDS
from wall.web.gate import Admission, Gate
from wall.web.openings import Opened
from wall.web.server import Server

if TYPE_CHECKING:
    from wall.channel import Channel
    from wall.web.fanout import Fanout

SLUG = "echo"
SECRET = b"of the bench"
LONGEST = 64 * 1024 * 1024
BASIC = [f"{number}.*" for number in (1, 2, 3, 4, 5, 6, 7, 10)]
PASSED = ("OK", "INFORMATIONAL", "NON-STRICT")
KINDS = (*PASSED, "UNIMPLEMENTED", "FAILED")


answer = Adopted._answer


def echo(self: Adopted, opcode: Opcode, payload: bytes) -> None:
    """Give back what is told, and answer all else as ever."""
    if opcode in (Opcode.TEXT, Opcode.BINARY):
        self.deliver(frame(opcode, payload, packed=self.packed))
    else:
        answer(self, opcode, payload)


class EchoFanout:
    """Stands where the fan-out does, for one event that has no wall."""

    def __init__(self) -> None:
        self.measures = Measures()
        self.connections: set[Any] = set()
        self.on_tick: list[Any] = []
        self.openings = self
        self.event = Opened(cast("Channel", SimpleNamespace(tip=Cursor("echo", 0))), SECRET, {}, circle=False)

    def now(self) -> datetime:
        return datetime.now(UTC)

    def get(self, slug: str) -> Opened:
        return self.event

    def adopt(self, viewer: Adopted, admission: Admission) -> None:
        viewer.deliver(opening(admission.request.key, packed=viewer.packed))

    def ends(self, viewer: Adopted) -> None:
        asyncio.get_running_loop().call_later(CLOSE_SECONDS, viewer.abort)

    def caught_up(self, viewer: Adopted) -> None:
        """Nothing waits for anybody here."""

    def lost(self, viewer: Adopted) -> None:
        """Nobody is kept here."""


async def application(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Give back every message of the ordinary road."""
    if scope["type"] != "websocket":
        return
    await receive()
    await send({"type": "websocket.accept"})
    while (message := await receive())["type"] == "websocket.receive":
        await send({"type": "websocket.send", "text": message.get("text"), "bytes": message.get("bytes")})


@asynccontextmanager
async def served(road: str) -> AsyncIterator[str]:
    """Serve the echo as `backchannel web` serves a wall; yields its address."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(
        application,
        http=Entrance,
        ws="websockets-sansio",
        ws_max_size=LONGEST,
        ws_per_message_deflate=False,
        lifespan="off",
        log_config=None,
    )
    config.load()
    server = uvicorn.Server(config) if road == "transport" else Server(config)
    server.lifespan = config.lifespan_class(config)
    gate = Gate(cast("Fanout", EchoFanout()), trusted_proxies="", public_name=None)
    server.lifespan.state |= {"gate": gate, "drain": Drain(Doors(most=0, most_per_address=0))}
    await server.startup(sockets=[sock])
    try:
        yield f"ws://127.0.0.1:{sock.getsockname()[1]}/{SLUG}/stream"
    finally:
        await server.shutdown(sockets=[sock])


async def tested(wstest: str, folder: Path, road: str, cases: list[str]) -> dict[str, Any]:
    """Run cases against a road; returns what the suite says of each."""
    outdir = folder / road
    async with served(road) as address:
        if road != "ordinary":
            # One that outlasts the run; what a ticket is good for has tests of its own.
            late = datetime.fromtimestamp(datetime.now(UTC).timestamp() + 86400, UTC)
            address += f"?ticket={make_stream_ticket(SECRET, StreamTicket(SLUG, 'json'), now=late)}"
        specification = {
            "outdir": str(outdir),
            "servers": [{"agent": road, "url": address}],
            "cases": cases,
            "exclude-cases": [],
            "exclude-agent-cases": {},
        }
        path = folder / f"{road}.json"
        path.write_text(json.dumps(specification))
        process = await asyncio.create_subprocess_exec(
            wstest, "-m", "fuzzingclient", "-s", str(path), stdout=asyncio.subprocess.DEVNULL, cwd=folder
        )
        if await process.wait():
            raise SystemExit("wstest failed; what it says is above.")
    found: dict[str, Any] = json.loads((outdir / "index.json").read_text())[road]
    return found


def table(road: str, cases: dict[str, Any]) -> str:
    """Return a road's rows: one for each set, the counts by kind, and then what was not simply right."""
    sets: dict[int, Counter[str]] = {}
    for case, said in cases.items():
        counts = sets.setdefault(int(case.split(".")[0]), Counter())
        worst = said["behavior"] if said["behavior"] != "OK" else said["behaviorClose"]
        counts[worst if worst in KINDS else "FAILED"] += 1
    sums = sum(sets.values(), Counter())
    rows = [f"| {road} | {name} | " + " | ".join(str(counts[kind]) for kind in KINDS) + " |"
            for name, counts in (*sorted(sets.items()), ("all", sums))]  # fmt: skip
    odd = [
        f"{road} {case}: {said['behavior']}, its close {said['behaviorClose']}"
        for case, said in sorted(cases.items(), key=lambda one: [int(part) for part in one[0].split(".")])
        if (said["behavior"], said["behaviorClose"]) != ("OK", "OK") and said["behavior"] != "UNIMPLEMENTED"
    ]
    return "\n".join([*rows, "", *odd])


async def main(options: argparse.Namespace, folder: Path) -> int:
    failed = 0
    print("| road | set | " + " | ".join(kind.lower() for kind in KINDS) + " |\n" + "|---" * 7 + "|", flush=True)
    for road in options.roads.split(","):
        cases = await tested(os.environ["WSTEST"], folder, road, options.cases.split(","))
        print(table(road, cases), flush=True)
        failed += sum("FAILED" in (said["behavior"], said["behaviorClose"]) for said in cases.values())
    print(f"Reports: {folder}")
    return min(failed, 1)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", default=",".join(BASIC), help="patterns of cases, with commas between")
    parser.add_argument("--roads", default="direct,transport,ordinary", help="some of these, with commas between")
    parser.add_argument("--keep", help="folder for the suite's reports")
    if "WSTEST" not in os.environ:
        sys.exit("WSTEST must name wstest; the top of bench/autobahn.py says how it is installed.")
    options = parser.parse_args()
    adopted.LONGEST_MESSAGE = LONGEST
    Adopted._answer = echo  # type: ignore[method-assign]
    logging.disable()  # uvicorn writes a traceback for each text that is no UTF-8
    folder = Path(options.keep or tempfile.mkdtemp()).absolute()
    folder.mkdir(parents=True, exist_ok=True)
    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        sys.exit(runner.run(main(options, folder)))

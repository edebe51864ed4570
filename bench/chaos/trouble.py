"""What befalls the wall: kills, stalls, cuts and slices, drawn by dice, and an older copy of its data put back."""

import asyncio
import os
import random
import shutil
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from bench.chaos.line import Line
from tests.program import Program, end

PARTS = ("web", "ingest", "redis")
DRAWN = (
    *[("kill", part) for part in ("web", "web", "ingest", "redis")],
    ("kill", "everything"),
    *[("stall", part) for part in PARTS],
    *[(what, "line") for what in ("cut", "cut", "stall", "slice")],
)
BETWEEN_SECONDS = (0.5, 2.0)
STALLED_SECONDS = (0.5, 4.0)


@dataclass(slots=True)
class Trouble:
    """`done` counts what happened."""

    program: Program
    lines: Sequence[Line]
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)

    async def for_a_while(self, seconds: float) -> None:
        """Let one thing after the other happen for so long, and end with everything running."""
        loop = asyncio.get_running_loop()
        end_at = loop.time() + seconds
        while loop.time() < end_at:
            what, whom = self.dice.choice(DRAWN)
            self.done[f"{what} {whom}"] += 1
            await getattr(self, f"_{what}")(whom)
            await asyncio.sleep(self.dice.uniform(*BETWEEN_SECONDS))
        for line in self.lines:
            line.mend()

    async def put_back(self, copy: Path) -> None:
        """Stop the wall, put an older copy of its data in the place of what it has now, and start it."""
        self.done["put back a copy"] += 1
        await self.program.stop()
        shutil.rmtree(self.program.data_dir / "redis")
        copied(copy, self.program.data_dir / "redis")
        await self.program.start()

    # Kinds of trouble

    async def _kill(self, whom: str) -> None:
        if whom == "everything":
            await self.program.kill_all()
            await self.program.start()
            return
        for process in self.program.parts(whom)[:1]:
            end(process.pid)

    async def _stall(self, whom: str) -> None:
        seconds = self.dice.uniform(*STALLED_SECONDS)
        if whom == "line":
            line = self.dice.choice(self.lines)
            line.stall()
            await asyncio.sleep(seconds)
            line.open.set()
            return
        for process in self.program.parts(whom)[:1]:
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGSTOP)
            await asyncio.sleep(seconds)
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGCONT)

    async def _cut(self, _: str) -> None:
        self.dice.choice(self.lines).cut()

    async def _slice(self, _: str) -> None:
        self.dice.choice(self.lines).sliced = True


def copied(there: Path, here: Path) -> None:
    """Copy the data of a Redis, without the sockets beside it."""
    shutil.copytree(there, here, ignore=shutil.ignore_patterns("*.sock", "lock"))

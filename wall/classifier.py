"""A program of the operator's own that looks at pictures; none comes with the wall (docs/pictures.md).

It runs for as long as we do, in a process group of its own, and knows none of our settings. It is told the path of one
of our own copies (WebP) a line, and answers a line each: a JSON object of labels and how sure it is, from 0 to 1.
"""

import asyncio
import json
import os
import shlex
import signal
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from time import monotonic

from wall.config import others_environment
from wall.core.text import clean_name
from wall.errors import ClassifierError

SECONDS = 10.0
REST_SECONDS = 30.0
MAX_LABELS = 50

NO_ANSWER = "The classifier of pictures gave no answer in time."
RESTS = "The classifier of pictures failed a moment ago, and rests."


class Classifier:
    """Asks the program about one picture at a time. After a failure it is started anew, half a minute later."""

    def __init__(self, command: str) -> None:
        self.command = shlex.split(command)
        self.process: asyncio.subprocess.Process | None = None
        self.turn = asyncio.Lock()
        self.rests_until = 0.0

    async def labels(self, picture: Path) -> Mapping[str, float]:
        """Return what the program says of a picture; raises ClassifierError in words, within 10 seconds."""
        self.refuse_at_rest()
        try:
            async with asyncio.timeout(SECONDS), self.turn:
                self.refuse_at_rest()  # It may have failed while we waited for our turn.
                return await self.asked(picture)
        except TimeoutError as error:
            raise ClassifierError(NO_ANSWER) from error

    def refuse_at_rest(self) -> None:
        if monotonic() < self.rests_until:
            raise ClassifierError(RESTS)

    async def asked(self, picture: Path) -> Mapping[str, float]:
        sound = False
        try:
            answer = parse(await self.line_for(picture))
            sound = True
        finally:
            # Whoever did not wait for the answer would leave it to the next picture.
            if not sound:
                self.rests_until = monotonic() + REST_SECONDS
                await self.close()
        return answer

    async def line_for(self, picture: Path) -> bytes:
        if self.process is None:
            self.process = await self.started()
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        try:
            self.process.stdin.write(os.fsencode(picture) + b"\n")
            await self.process.stdin.drain()
            return await self.process.stdout.readline()
        except (ConnectionError, ValueError) as error:
            raise ClassifierError("The classifier of pictures ended, or said too much.") from error

    async def started(self) -> asyncio.subprocess.Process:
        try:
            return await asyncio.create_subprocess_exec(
                *self.command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                env=others_environment(),
                start_new_session=True,
            )
        except OSError as error:
            raise ClassifierError(f"The classifier of pictures cannot be started: {error.strerror}.") from error

    async def close(self) -> None:
        """End the program, and whatever it started."""
        process, self.process = self.process, None
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        await process.communicate()


def parse(line: bytes) -> Mapping[str, float]:
    """Return the labels of an answer; raises ClassifierError on any other."""
    try:
        answer = json.loads(line)
        labels = {clean_name(name): float(score) for name, score in list(answer.items())[:MAX_LABELS]}
    except (ValueError, AttributeError, TypeError, RecursionError) as error:
        raise ClassifierError("The classifier of pictures answered what is no JSON object of numbers.") from error
    if not all(0 <= score <= 1 for score in labels.values()):
        raise ClassifierError("The classifier of pictures gave a number that is not from 0 to 1.")
    return labels

"""Reading a programme in a process of its own, which is stopped when it takes too long: nobody promised its shape."""

import asyncio
import sys
from datetime import date

import msgspec

from wall.config import others_environment
from wall.core.programme import Draft
from wall.core.words import Words, _
from wall.errors import InvalidInput
from wall.sources.programme import LARGEST, too_large

READ_SECONDS = 30.0  # on a busy machine; the process counts the processor's seconds itself


class Order(msgspec.Struct):
    """What the process is told in its first line."""

    timezone: str
    first: date
    last: date


class Answer(msgspec.Struct):
    """What it answers: a draft, or why there is none: a sentence, and what stands in it."""

    draft: Draft | None = None
    trouble: str = ""
    values: dict[str, str] = {}


async def read_apart(body: bytes, *, timezone: str, first: date, last: date) -> Draft:
    """Return what a file holds; raises InvalidInput in words, also for one that takes too long to read."""
    if len(body) > LARGEST:
        raise too_large()
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "wall.sources.programme",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=others_environment(),
    )
    order = msgspec.json.encode(Order(timezone, first, last))
    try:
        async with asyncio.timeout(READ_SECONDS):
            output, _ = await process.communicate(order + b"\n" + body)
    except TimeoutError as error:
        raise exhausting() from error
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise exhausting()
    answer = msgspec.json.decode(output, type=Answer)
    if answer.draft is None:
        raise InvalidInput(Words(answer.trouble, answer.values), field="file")
    return answer.draft


def exhausting() -> InvalidInput:
    return InvalidInput(
        _("This programme takes too long to read; it is too large, or made to be so."), field="file"
    )

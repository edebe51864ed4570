"""Pictures decoded and encoded anew, each in a process of its own that may crash, hang or be taken over.

Here is our side of it; the process is __main__.py. It is given the bytes and nothing else: no secret, no file.
"""

import asyncio
import json
import re
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from wall.core.text import clean
from wall.core.words import _
from wall.errors import PictureError

Kind = Literal["photo", "avatar", "emoji", "logo"]

PROGRAM = Path(__file__).with_name("__main__.py")
MAX_BYTES = 10_000_000
MAX_OUTPUT = 8_000_000
MAX_SIDE = 1600
SECONDS = 15.0
MAX_CODES = 5
MAX_CODE_LENGTH = 300
LIKENESS = re.compile("(?:[0-9a-f]{16})?")
WEBP_MOVES = 0x02
# One arena, else every thread of a decoder reserves 64 MiB of the memory it is allowed.
ENVIRONMENT = {"MALLOC_ARENA_MAX": "1"}

DAMAGED = _("The picture is damaged, or not what it says it is.")
TOO_SLOW = _("The picture takes too much time or memory to decode.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A picture as WebP, without any metadata: for the screen, in this size, and a photo smaller too.

    `likeness` is what it looks like as 16 hexadecimal digits, or ""; `codes` what the codes in it say.
    """

    width: int
    height: int
    screen: bytes
    thumb: bytes | None
    likeness: str = ""
    codes: tuple[str, ...] = ()


async def decode(data: bytes, kind: Kind) -> Decoded:
    """Return the picture encoded anew; raises PictureError in words."""
    if not data:
        raise PictureError(_("The picture is empty."))
    if len(data) > MAX_BYTES:
        raise PictureError(_("The picture is larger than %(max_bytes)s MB.", max_bytes=MAX_BYTES // 1_000_000))
    return parse_output(await output_of_process(data, kind))


async def output_of_process(data: bytes, kind: Kind) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(PROGRAM),
        kind,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    try:
        async with asyncio.timeout(SECONDS):
            output = await asked(process, data)
            await process.wait()
    except TimeoutError as error:
        raise PictureError(TOO_SLOW) from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.communicate()
    if process.returncode:
        raise PictureError(TOO_SLOW if process.returncode < 0 else DAMAGED)
    return output


async def asked(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    """Give the process the picture and return what it says, refusing to listen for ever."""
    assert process.stdin is not None
    assert process.stdout is not None
    # A process that crashed stops reading; what it answered, if anything, is told by its return code.
    with suppress(ConnectionError):
        process.stdin.write(data)
        await process.stdin.drain()
        process.stdin.close()
    output = bytearray()
    while chunk := await process.stdout.read(65_536):
        output += chunk
        if len(output) > MAX_OUTPUT:
            raise PictureError(DAMAGED)
    return bytes(output)


def parse_output(output: bytes) -> Decoded:
    """Read what the process wrote, believing none of it."""
    head, _, body = output.partition(b"\n")
    try:
        answer = json.loads(head)
        if "problem" in answer:
            raise PictureError(str(answer["problem"])[:200])
        width, height, length = int(answer["width"]), int(answer["height"]), int(answer["screen"])
        likeness, codes = str(answer["likeness"]), [str(code) for code in answer["codes"]]
    except (ValueError, KeyError, TypeError) as error:
        raise PictureError(DAMAGED) from error
    screen, thumb = body[:length], body[length:] or None
    sound = 1 <= width <= MAX_SIDE and 1 <= height <= MAX_SIDE
    if not sound or not is_still(screen) or (thumb is not None and not is_still(thumb)):
        raise PictureError(DAMAGED)
    if not LIKENESS.fullmatch(likeness):
        raise PictureError(DAMAGED)
    return Decoded(
        width=width,
        height=height,
        screen=screen,
        thumb=thumb,
        likeness=likeness,
        codes=tuple(clean(" ".join(code.split()), limit=MAX_CODE_LENGTH, lines=1) for code in codes[:MAX_CODES]),
    )


def is_still(data: bytes) -> bool:
    """Tell whether this is one whole WebP file, and nothing in it moves."""
    whole = data[:4] == b"RIFF" and data[8:12] == b"WEBP" and int.from_bytes(data[4:8], "little") == len(data) - 8
    moves = data[12:16] == b"VP8X" and bool(data[20:21]) and bool(data[20] & WEBP_MOVES)
    return whole and not moves

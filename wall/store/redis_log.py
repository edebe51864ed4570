"""What the private Redis writes into its own file, told again in our log, for machines that read only that."""

import asyncio
import logging
import re
from pathlib import Path

log = logging.getLogger("redis")

EVERY_SECONDS = 1.0
AT_ONCE = 64 * 1024  # bytes
LINE = re.compile(r"\d+:[XCSM] \d+ \w+ \d+ [\d:.]+ ([.*#-]) (.*)")
LEVELS = {".": logging.DEBUG, "-": logging.DEBUG, "*": logging.INFO, "#": logging.WARNING}


async def relate(path: Path) -> None:
    """Tell what is added to the file, until cancelled.

    Redis writes to a file and not to us, so that it waits for nobody here, however busy we are.
    """
    place = size(path)
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        place = tell_from(path, place)


def tell_from(path: Path, place: int) -> int:
    """Tell the whole lines from a place on, and return the place behind them; a file that shrank is begun anew."""
    try:
        with path.open("rb") as file:
            file.seek(place if place <= path.stat().st_size else 0)
            place = file.tell()
            told = file.read(AT_ONCE)
    except FileNotFoundError:
        return 0
    whole = told[: told.rfind(b"\n") + 1] or (told if len(told) == AT_ONCE else b"")
    for row in whole.decode("utf-8", "replace").splitlines():
        line = LINE.match(row)
        level, words = (LEVELS[line[1]], line[2]) if line else (logging.INFO, row)
        log.log(level, "%s", words, extra={"part": "redis"})
    return place + len(whole)


def size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0

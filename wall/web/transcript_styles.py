"""The stylesheet of a transcript's page, with those fonts in it that its letters take."""

import base64
import re
from collections.abc import Iterator, Set
from functools import cache
from pathlib import Path

from wall.assets import folder
from wall.web.inline import BLANKS, NOTES

FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FAMILY = re.compile(r'font-family: "([^"]+)"')
FILE = re.compile(r'url\("\.\./(fonts/[\w./-]+)"\)')
RANGES = re.compile(r"unicode-range: ([^;]+);")
FAMILIES = frozenset(
    ("Source Sans 3", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Thai", "Twemoji")
)
"""The letters of East Asia come from the machine that reads, as everywhere: their fonts are larger than all else."""


def styles(letters: Set[str]) -> str:
    """Return the stylesheet of a page in which these letters stand."""
    needed = {ord(letter) for letter in letters} | set(range(0x20, 0x7F))
    faces = [
        whole(face) for face, ranges in known_faces() if any(one in part for part in ranges for one in needed)
    ]
    return "\n".join([*faces, sheet()])


@cache
def sheet() -> str:
    root = folder("static") / "css"
    css = "\n".join((root / f"{name}.css").read_text(encoding="utf-8") for name in ("tokens", "transcript-page"))
    return BLANKS.sub(" ", NOTES.sub("", css)).strip()


@cache
def known_faces() -> tuple[tuple[str, tuple[range, ...]], ...]:
    """Return our faces as fonts.css has them, each with the code points it is for."""
    css = NOTES.sub("", (folder("static") / "css" / "fonts.css").read_text(encoding="utf-8"))
    return tuple((face, tuple(ranges(face))) for face in FACE.findall(css) if FAMILY.findall(face)[0] in FAMILIES)


def ranges(face: str) -> Iterator[range]:
    found = RANGES.search(face)
    for part in found[1].split(",") if found else ():
        first, _, last = part.strip().removeprefix("U+").partition("-")
        yield range(int(first, 16), int(last or first, 16) + 1)


@cache
def whole(face: str) -> str:
    """Return a face with the bytes of its file in it."""

    def data(match: re.Match[str]) -> str:
        content = Path(folder("static") / match[1]).read_bytes()
        return f'url("data:font/woff2;base64,{base64.b64encode(content).decode()}")'

    return BLANKS.sub(" ", FILE.sub(data, face))

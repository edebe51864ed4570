"""The files of an archive, and what those are called that come in pages."""

from dataclasses import dataclass
from pathlib import Path

POSTS_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class File:
    """One file of an archive: its path below the first page's folder, and its bytes or where those are."""

    path: str
    data: bytes | Path


def posts_page(number: int) -> str:
    return f"posts-{number}.html" if number > 1 else "index.html"


def session_page(name: str, start: int) -> str:
    number = start // POSTS_A_PAGE + 1
    return name.replace(".html", f"-{number}.html") if number > 1 else name

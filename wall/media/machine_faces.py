"""Faces of this machine, for scripts whose letters are too many to ship: those it has, by their usual names."""

import os
from functools import cache
from pathlib import Path
from typing import Literal

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
EAST_ASIAN = (
    "NotoSansCJK-Bold.ttc",
    "SourceHanSans-Bold.ttc",
    "NotoSansCJK-Medium.ttc",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSans.ttc",
    "ヒラギノ角ゴシック W6.ttc",
    "Hiragino Sans GB.ttc",
    "YuGothB.ttc",
    "msyhbd.ttc",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
)
REST = ("NotoSans-Bold.ttf", "DejaVuSans-Bold.ttf", "Arial Unicode.ttf", "FreeSansBold.ttf")
OF_ALL_COUNTRIES = ("NotoSansCJK", "SourceHanSans")
COUNTRIES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
"""Which of the faces in one of those files draws letters as a country writes them."""

Kind = Literal["cjk", "hangul", "rest"]


@cache
def machine_faces() -> dict[str, str]:
    """Return the files of those names that this machine has; reads folders."""
    wanted = frozenset((*EAST_ASIAN, *REST))
    found: dict[str, str] = {}
    for folder in FOLDERS:
        for parent, _folders, names in os.walk(Path(folder).expanduser()):
            for name in wanted.intersection(names):
                found.setdefault(name, str(Path(parent) / name))
    return found


def more_faces(language: str) -> dict[str, tuple[str, int]]:
    """Return the file of each kind of face, and which of the faces in it, for a text in a language."""
    there = machine_faces()
    found: dict[str, tuple[str, int]] = {}
    east_asian = next((name for name in EAST_ASIAN if name in there), None)
    if east_asian:
        several = east_asian.startswith(OF_ALL_COUNTRIES)
        tag = language.lower()
        country = COUNTRIES.get(tag, COUNTRIES.get(tag.partition("-")[0], 0))
        found["cjk"] = there[east_asian], country if several else 0
        found["hangul"] = there[east_asian], COUNTRIES["ko"] if several else 0
    rest = next((name for name in REST if name in there), None)
    if rest:
        found["rest"] = there[rest], 0
    return found

"""Entries of a rule that say the same: each is kept once, as it was written first."""

from collections.abc import Iterable
from dataclasses import dataclass

from wall.core.fold import fold, words
from wall.core.text import clean_characters


@dataclass(frozen=True, slots=True)
class Merged:
    """The entries that are left, and those left out, each with the one that it is the same as."""

    entries: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...]


def merged(kind: str, entries: Iterable[str]) -> Merged:
    """Return entries without blank ones and without those that another stands for already.

    Words are the same when they are folded alike; all else when only capitals differ.
    """
    kept: dict[str, str] = {}
    left_out: list[tuple[str, str]] = []
    for entry in entries:
        tidied = " ".join(clean_characters(entry).split())
        if not tidied:
            continue
        key = folded(tidied) if kind == "words" else tidied.casefold()
        if key in kept:
            left_out.append((tidied, kept[key]))
        else:
            kept[key] = tidied
    return Merged(tuple(kept.values()), tuple(left_out))


def folded(entry: str) -> str:
    """Return what a word or phrase is looked for as; one that holds nothing to look for stays as it is."""
    bare = words(fold(entry)).strip()
    if not bare:
        return entry
    return f"{'*' * entry.startswith('*')}{bare}{'*' * entry.endswith('*')}"

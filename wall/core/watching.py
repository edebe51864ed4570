"""Finds in a post what an event's team watches for."""

from dataclasses import dataclass
from functools import lru_cache

from wall.core.post import Post
from wall.core.rules.rule import Rule
from wall.core.rules.words import TooLong, Words
from wall.core.watch import PROBLEMS, SAFETY, Watch


@dataclass(frozen=True, slots=True)
class Watched:
    """The first word of danger or access, and of what can be mended, that a post has."""

    safety: str = ""
    problem: str = ""


def watched(watch: Watch, post: Post) -> Watched:
    """Return what a post has of what is watched for; nothing of one that is too long to be looked through."""
    try:
        found = compiled(watch.safety or SAFETY, watch.problems or PROBLEMS).found(post)
    except TooLong:
        return Watched()
    words = {id: one.entry.strip("*") for id, one in found.items()}
    return Watched(words.get("safety", ""), words.get("problem", ""))


@lru_cache(maxsize=50)
def compiled(safety: tuple[str, ...], problems: tuple[str, ...]) -> Words:
    rules = (("safety", safety), ("problem", problems))
    return Words([Rule(id=id, kind="words", entries=entries, places=("text",)) for id, entries in rules])

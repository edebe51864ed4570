"""The day that is played: invented, out of an export, or as the times alone of one say."""

import json
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import cycle
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from wall.core.portable import POSTS
from wall.core.rehearsing import HASHTAG
from wall.dress_rehearsal.plan import RAID_AT, Plan
from wall.errors import ConfigError
from wall.rehearsal.record import record
from wall.store.portable_posts import parsed

Line = dict[str, Any]
"""A line of a recording, as sources/replay.py reads it."""
RAIDERS = "raider-"
RAID_POSTS, RAID_SECONDS, RAID_SHARE = 60, 10.0, 0.2
PLAYED = ("post", "edit", "delete")


def day(path: Path | None) -> list[Line]:
    """Return the lines of a day, in order; raises ConfigError where the file holds none."""
    try:
        lines = list(invented() if path is None else exported(path) if path.suffix == ".zip" else arrivals(path))
    except OSError as error:
        raise ConfigError(f"{path} cannot be read: {error.strerror}.") from error
    except (ValueError, KeyError, BadZipFile) as error:
        raise ConfigError(f"{path} cannot be played: it is neither an export nor times of posts.") from error
    if not lines:
        raise ConfigError(f"Nobody posts anything in {path}.")
    return sorted(lines, key=lambda line: line["at"])


def invented() -> Iterator[Line]:
    return (dict(line) for line in record(hashtag=HASHTAG) if line["op"] in PLAYED)


def exported(path: Path) -> Iterator[Line]:
    """Yield the posts of an event's own file, when they came; who wrote them is a number there already."""
    with ZipFile(path) as file:
        posts = [parsed(line)[1].post for line in file.read(POSTS).splitlines() if line]
    first = min((post.received_at for post in posts), default=None)
    for number, post in enumerate(posts):
        at = (post.received_at - first).total_seconds() if first else 0.0
        yield written(number, at, post.author.uid, post.text or "…")


def arrivals(path: Path) -> Iterator[Line]:
    """Yield a post for each time of a file: milliseconds, one a line, or JSON with `t` in seconds and `author`."""
    words = cycle([line["text"] for line in record(hashtag=HASHTAG) if line["op"] == "post"])
    for number, text in enumerate(path.read_text(encoding="utf-8").split("\n")):
        if not text.strip():
            continue
        told = json.loads(text)
        if not isinstance(told, dict):
            told = {"t": float(told) / 1000}
        if told.get("kind") != "boost":
            yield written(
                number, float(told["t"]), str(told.get("author", number % 97)), f"{next(words)} ({number})"
            )


def written(number: int, at: float, author: str, text: str) -> Line:
    name = f"Guest {author}"
    return {
        "at": at,
        "op": "post",
        "kind": "mastodon",
        "id": f"day-{number}",
        "author": {"id": f"guest:{author}", "name": name, "handle": f"@{author}", "avatar": None},
        "text": text,
    }


def played(lines: Sequence[Line], plan: Plan) -> list[Line]:
    """Return the busiest stretch of a day that fills the plan, from its second 0 on, and the raid in its midst."""
    length = plan.seconds * plan.speed
    posts = [line["at"] for line in lines if line["op"] == "post"]
    begin = max(posts, key=lambda at: bisect_left(posts, at + length) - bisect_left(posts, at))
    cut = [line for line in lines if begin <= line["at"] < begin + length]
    there = {line["id"] for line in cut if line["op"] == "post"}
    found = [tagged({**line, "at": line["at"] - begin}) for line in cut if line["id"] in there]
    if plan.raid:
        found += raid(length * RAID_AT, min(RAID_SECONDS, plan.seconds * RAID_SHARE) * plan.speed)
    return sorted(found, key=lambda line: line["at"])


def tagged(line: Line) -> Line:
    if "text" not in line or f"#{HASHTAG}" in line["text"].lower():
        return line
    return {**line, "text": f"{line['text']} #{HASHTAG}"}


def raid(at: float, seconds: float) -> Iterator[Line]:
    """Yield what many new accounts write at once and nobody may ever see."""
    for number in range(RAID_POSTS):
        line = written(number, at + seconds * number / RAID_POSTS, f"{RAIDERS}{number}", "")
        yield {**line, "id": f"{RAIDERS}{number}", "text": f"Visit shop {number * 7919} now, cheap! #{HASHTAG}"}


def is_raid(uid: str) -> bool:
    """Tell whether a post, by its uid, is one of the raid's."""
    return uid.startswith(f"replay:{RAIDERS}")

"""A timeline as Mastodon's API has it: which of its statuses somebody asks for, and where the next page begins."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zlib import crc32

USUAL_LIMIT = 20
MOST = 40
YES = frozenset(("1", "t", "true", "on", "yes"))
LONGEST_ID = 20  # digits

PLACE_BITS = 21
BOOST = 1
"""The last bit of an id: it is of a status by which the wall passes on a pinned post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A status, whether it was written here, and the post that it shows: another one where it passes that on."""

    id: int
    status: Mapping[str, Any]
    local: bool = False

    @property
    def shown(self) -> Mapping[str, Any]:
        return self.status["reblog"] or self.status


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of a timeline. `none` are hashtags that no status may have; the ids are bounds,
    themselves left out.

    With `min_id` the oldest of those that are newer are meant, with `since_id` the newest of them.
    """

    limit: int = USUAL_LIMIT
    max_id: int | None = None
    since_id: int | None = None
    min_id: int | None = None
    only_media: bool = False
    local: bool = False
    remote: bool = False
    exclude_replies: bool = False
    exclude_reblogs: bool = False
    none: tuple[str, ...] = ()

    @property
    def newest(self) -> bool:
        """Tell whether the first page is asked for, where pinned posts are passed on."""
        return self.max_id is None and self.since_id is None and self.min_id is None

    def wants(self, listed: Listed) -> bool:
        """Tell whether a status is one of those asked for, wherever the page begins."""
        shown = listed.shown
        if self.only_media and not shown["media_attachments"]:
            return False
        if self.local != self.remote and listed.local != self.local:
            return False
        if self.exclude_replies and shown["in_reply_to_id"] is not None:
            return False
        if self.exclude_reblogs and listed.status["reblog"]:
            return False
        return not any(tag["name"].casefold() in self.none for tag in shown["tags"])

    def within(self, listed: Listed) -> bool:
        """Tell whether a status lies between the bounds."""
        after = max(self.since_id or 0, self.min_id or 0)
        return listed.id > after and (self.max_id is None or listed.id < self.max_id)

    def page(self, timeline: Iterable[Listed]) -> list[Listed]:
        """Return the page that is asked for of a timeline whose newest comes first."""
        found = [one for one in timeline if self.within(one) and self.wants(one)]
        return found[-self.limit :] if self.min_id is not None else found[: self.limit]


def parse_asked(values: Mapping[str, str]) -> Asked:
    """Return what a query asks for; what makes no sense counts as not said, and a limit as the nearest one."""
    return Asked(
        limit=limit(values.get("limit", "")),
        max_id=number(values.get("max_id", "")),
        since_id=number(values.get("since_id", "")),
        min_id=number(values.get("min_id", "")),
        only_media=yes(values, "only_media"),
        local=yes(values, "local"),
        remote=yes(values, "remote"),
        exclude_replies=yes(values, "exclude_replies"),
        exclude_reblogs=yes(values, "exclude_reblogs"),
        none=tuple(
            word.strip().lstrip("#").casefold() for word in values.get("none", "").split(",") if word.strip()
        ),
    )


def limit(text: str) -> int:
    asked = number(text)
    return USUAL_LIMIT if asked is None else min(max(asked, 1), MOST)


def number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID else None


def yes(values: Mapping[str, str], name: str) -> bool:
    return values.get(name, "").lower() in YES


def status_id(slug: str, approved_at: datetime, arrived: int) -> int:
    """Return the id of a post that was approved then, as a number of 19 digits: later approved is larger.

    Beside the milliseconds stands the post's place of arrival, moved by its event, so that what was approved in one
    stroke has ids of its own.
    """
    place = (arrived + crc32(slug.encode())) % (1 << PLACE_BITS)
    milliseconds = int(approved_at.timestamp() * 1000)
    return (milliseconds << PLACE_BITS | place) << 1


def ends(page: Sequence[Listed]) -> tuple[int, int] | None:
    """Return the oldest and the newest id of a page, which the pages before and after it are asked by."""
    own = [one.id for one in page if not one.id & BOOST]
    return (min(own), max(own)) if own else None

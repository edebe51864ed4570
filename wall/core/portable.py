"""The file of a whole event: what it says of itself, and what makes a file one that may be taken in."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from wall.core.colour import parse_colour
from wall.core.event import Event
from wall.core.words import _
from wall.errors import InvalidInput

FORMAT = 1
"""Grows with each change that a program before it could not read; `wall/portable` then migrates what is older."""
MANIFEST = "manifest.json"
EVENT = "event.json"
POSTS = "posts.jsonl"
PICTURE = re.compile(r"pictures/([0-9a-f]{32})-(screen|thumb)\.webp")
MOST_MEMBERS = 500_000
LARGEST_MANIFEST = 128 * 1024 * 1024
LARGEST_PICTURE = 32 * 1024 * 1024
LONGEST_LINE = 8 * 1024 * 1024
"""Bytes of one entry: of a post with all that is kept of it, of a programme."""


@dataclass(frozen=True, slots=True)
class Member:
    """One part of the file: its SHA-256 as hexadecimal digits, and how many bytes it has."""

    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Missing:
    """A secret that was left out: of which source, or of which setting of the event, and how it is called there."""

    where: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a file says of itself. `program` is the version that wrote it."""

    format: int
    program: str
    slug: str
    title: str
    counts: Mapping[str, int]
    missing: tuple[Missing, ...]
    members: Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class Packed:
    """A member as the directory of a file has it."""

    name: str
    bytes: int
    compressed: bool


def picture_path(picture_id: str, size: str) -> str:
    return f"pictures/{picture_id}-{size}.webp"


def check_packed(packed: Iterable[Packed], parts: frozenset[str], *, size: int) -> None:
    """Raise InvalidInput unless a file of `size` bytes has members by our names, none twice, none packed smaller."""
    seen: set[str] = set()
    total = 0
    for one in packed:
        if one.name in seen:
            raise InvalidInput(_("“%(name)s” is in this file twice; it is damaged.", name=one.name[:80]))
        seen.add(one.name)
        if len(seen) > MOST_MEMBERS:
            raise too_many()
        picture = PICTURE.fullmatch(one.name) is not None
        if not picture and one.name not in parts:
            raise InvalidInput(_("“%(name)s” has no place in the file of an event.", name=one.name[:80]))
        total += one.bytes
        if one.compressed or total > size or (picture and one.bytes > LARGEST_PICTURE):
            raise InvalidInput(
                _("“%(name)s” is larger than it can be. Use the file as it was exported.", name=one.name[:80])
            )
    if MANIFEST not in seen:
        raise InvalidInput(_("This is not the file of an event: it says nothing of itself."))


def too_many() -> InvalidInput:
    return InvalidInput(_("This file has more parts than an event can have."))


def check_manifest(manifest: Manifest, packed: Mapping[str, int]) -> None:
    """Raise InvalidInput unless we can read what a manifest speaks of, and all of it is there."""
    if manifest.format > FORMAT:
        raise InvalidInput(
            _(
                "This file was written by a newer wall (%(program)s). Bring this one up to date, then import it.",
                program=manifest.program[:40],
            )
        )
    if manifest.format != FORMAT:
        raise InvalidInput(_("This is not the file of an event: its format is unknown."))
    for name in manifest.members.keys() ^ (packed.keys() - {MANIFEST}):
        raise damaged(name)
    for name, member in manifest.members.items():
        if member.bytes != packed[name]:
            raise damaged(name)


def check_event(event: Event) -> None:
    """Raise InvalidInput where the settings of an event are none that somebody could have made."""
    try:
        parse_colour(event.accent)
        ZoneInfo(event.timezone)
    except (InvalidInput, ValueError, OSError) as error:
        raise damaged(EVENT) from error
    except ZoneInfoNotFoundError as error:
        raise InvalidInput(
            _("This machine does not know the time zone %(zone)s of the event.", zone=event.timezone[:60])
        ) from error
    if not event.hashtags or not event.keys:
        raise damaged(EVENT)


def leads_elsewhere(address: str | None) -> bool:
    """Tell whether an address is none that a page may lead to, as sources and forms let none through."""
    return bool(address) and not str(address).lower().startswith(("https://", "http://"))


def damaged(name: str) -> InvalidInput:
    return InvalidInput(_("“%(name)s” in this file is damaged. Copy the file anew.", name=name[:80]))

"""Reads the file of an event: looks at all of it first, and then writes all of it, or nothing."""

import asyncio
import hashlib
import os
import struct
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from wall.core.event import Event
from wall.core.portable import (
    EVENT,
    LARGEST_MANIFEST,
    LONGEST_LINE,
    MANIFEST,
    MOST_MEMBERS,
    PICTURE,
    POSTS,
    Manifest,
    Packed,
    check_event,
    check_manifest,
    check_packed,
    damaged,
    too_many,
)
from wall.core.words import _
from wall.errors import InvalidInput
from wall.media.files import PictureFiles, write_whole
from wall.store import Store, portable_posts
from wall.store.codec import decode
from wall.store.importing import Importing
from wall.store.portable_parts import PARTS, commands, parsed
from wall.store.servers import Command

MEMBERS = (EVENT, POSTS, *(part.member for part in PARTS))
PART_OF = {part.member: part for part in PARTS}
CHUNK = 1024 * 1024
COMMANDS_AT_A_TIME = 500
DIRECTORY_ENTRY = 200
"""Bytes that one member takes in the directory of a zip, and more than ours do."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An event that was imported: under which slug, and what its file said of itself."""

    slug: str
    manifest: Manifest


async def import_event(
    store: Store, pictures: PictureFiles, path: Path, *, slug: str = "", check_slug: Callable[[str], str]
) -> Taken:
    """Import the event of a file, under another `slug` if one is given; raises InvalidInput, and leaves nothing then.

    `check_slug` returns a slug that an event may have, or raises InvalidInput.
    """
    with opened(path) as file:
        manifest = await asyncio.to_thread(looked_over, file)
        event = event_of(file)
        importing = Importing(store.database, check_slug(slug or event.slug))
        await importing.begin()
        whole = False
        try:
            await asyncio.to_thread(keep_pictures, file, pictures)
            async for some in batches(file, importing):
                await importing.write(some)
            await importing.finish(event)
            whole = True
        finally:
            if not whole:
                await importing.give_up()
    return Taken(importing.slug, manifest)


# Looking


def opened(path: Path) -> zipfile.ZipFile:
    """Return a file as the zip that it says it is; raises InvalidInput."""
    try:
        if directory_bytes(path) > MOST_MEMBERS * DIRECTORY_ENTRY:
            raise too_many()
        return zipfile.ZipFile(path)
    except OSError as error:
        raise InvalidInput(
            _("“%(path)s” cannot be read: %(why)s.", path=str(path), why=error.strerror or str(error))
        ) from error
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError) as error:
        raise InvalidInput(_("“%(path)s” is not the file of an event.", path=path.name)) from error


def directory_bytes(path: Path) -> int:
    """Return how long the directory of a zip says that it is, before anybody reads it."""
    with path.open("rb") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - 66_000))
        tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        raise zipfile.BadZipFile("no end")
    length: int = struct.unpack("<I", tail[at + 12 : at + 16])[0]
    large = tail.rfind(b"PK\x06\x06", 0, at)
    return struct.unpack("<Q", tail[large + 40 : large + 48])[0] if large >= 0 else length


def looked_over(file: zipfile.ZipFile) -> Manifest:
    """Return what a file says of itself, once all of it was found to be so; raises InvalidInput."""
    infos = file.infolist()
    size = os.stat(str(file.filename)).st_size
    check_packed(
        (Packed(one.filename, one.file_size, one.compress_type != zipfile.ZIP_STORED) for one in infos),
        frozenset((*MEMBERS, MANIFEST)),
        size=size,
    )
    packed = {one.filename: one.file_size for one in infos}
    if packed[MANIFEST] > LARGEST_MANIFEST:
        raise too_many()
    try:
        manifest = msgspec.json.decode(b"".join(chunks(file, MANIFEST)), type=Manifest)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InvalidInput(
            _("This is not the file of an event: what it says of itself cannot be read.")
        ) from error
    check_manifest(manifest, packed)
    for name, member in manifest.members.items():
        digest = hashlib.sha256()
        for chunk in chunks(file, name):
            digest.update(chunk)
        if digest.hexdigest() != member.sha256:
            raise damaged(name)
    event_of(file)
    for name in MEMBERS[1:]:
        for line in lines(file, name):
            written(name, line, None)
    for name, member in manifest.members.items():
        found = PICTURE.fullmatch(name)
        of_its_content = found and (found[2] == "thumb" or member.sha256.startswith(found[1]))
        if found and not (of_its_content and is_picture(file, name)):
            raise damaged(name)
    return manifest


def is_picture(file: zipfile.ZipFile, name: str) -> bool:
    """Tell whether a member is a picture as we keep them."""
    head = next(chunks(file, name), b"")
    return head[:4] == b"RIFF" and head[8:12] == b"WEBP"


def event_of(file: zipfile.ZipFile) -> Event:
    for line in lines(file, EVENT):
        try:
            event = decode(Event, line)
            check_event(event)
        except (msgspec.DecodeError, RecursionError) as error:
            raise damaged(EVENT) from error
        return event
    raise damaged(EVENT)


# Reading


def chunks(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield a member in pieces; raises InvalidInput where it is not as the directory says."""
    try:
        with file.open(name) as member:
            while chunk := member.read(CHUNK):
                yield chunk
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise damaged(name) from error


def lines(file: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Yield the lines of a member, none when it is not there; raises InvalidInput for one that is too long."""
    if name not in file.NameToInfo:
        return
    rest = b""
    for chunk in chunks(file, name):
        *whole, rest = (rest + chunk).split(b"\n")
        yield from whole
        if len(rest) > LONGEST_LINE:
            raise damaged(name)
    if rest:
        raise damaged(name)


def written(name: str, line: bytes, importing: Importing | None) -> list[Command]:
    """Return what writes a line, or only look at it where nothing is imported; raises InvalidInput."""
    try:
        if name == POSTS:
            carried, standing = portable_posts.parsed(line)
            if importing is None:
                return []
            importing.note(standing.post.source.id, carried.place)
            return portable_posts.commands(importing.keys, carried, standing)
        part = PART_OF[name]
        row = parsed(part, line)
        if part.kind == "stream":
            int(row[1])
        if importing is None:
            return []
        if (part.name, row[1]) == ("curtain", "told"):
            importing.note("", float(row[2]))
        return list(commands(importing.keys, part, row))
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise damaged(name) from error


async def batches(file: zipfile.ZipFile, importing: Importing) -> AsyncIterator[list[Command]]:
    """Yield what writes the event, some of it at a time."""
    some: list[Command] = []
    for name in MEMBERS[1:]:
        for line in lines(file, name):
            some += written(name, line, importing)
            if len(some) >= COMMANDS_AT_A_TIME:
                yield some
                some = []
    yield some


def keep_pictures(file: zipfile.ZipFile, pictures: PictureFiles) -> None:
    """Write the pictures; those of an import that comes to nothing go as all do that no post has."""
    # Screens after thumbs: where the screen size is, the picture is complete.
    found = [match for name in file.NameToInfo if (match := PICTURE.fullmatch(name))]
    for match in sorted(found, key=lambda one: one[2], reverse=True):
        path = pictures.path(match[1], "thumb" if match[2] == "thumb" else "screen")
        write_whole(path, b"".join(chunks(file, match[0])))

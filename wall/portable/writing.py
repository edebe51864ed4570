"""Writes an event to its file: a zip that is the same, byte for byte, whenever the event is."""

import asyncio
import hashlib
import io
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from wall.core.portable import FORMAT, MANIFEST, PICTURE, Manifest, Member, picture_path
from wall.media.files import PictureFiles
from wall.portable.secrets import blank
from wall.store import Store
from wall.store.portable import Portable

CHUNK = 1024 * 1024
EARLIEST = (1980, 1, 1, 0, 0, 0)
PRIVATE = 0o600 << 16
SIZES: tuple[Literal["screen"], Literal["thumb"]] = ("screen", "thumb")


async def export_event(
    store: Store, pictures: PictureFiles, slug: str, file: BinaryIO, *, program: str
) -> Manifest:
    """Write an event to a file that can be read and sought in; returns what it says of itself. Raises NotFound."""
    event = Portable(store.database, slug, blank)
    with Packing(file) as packing:
        async for member, line in event.lines():
            if packing.add(member, line):
                await asyncio.to_thread(packing.flush)
        await asyncio.to_thread(packing.end)
        for id in sorted(event.pictures):
            await asyncio.to_thread(packing.add_picture, pictures, id)
        counts = {**event.counts, "pictures": packing.pictures}
        manifest = Manifest(
            format=FORMAT,
            program=program,
            slug=slug,
            title=event.title,
            counts=dict(sorted(counts.items())),
            missing=tuple(event.missing),
            members=dict(packing.members),
        )
        written = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        await asyncio.to_thread(packing.whole, MANIFEST, written)
    return manifest


class Packing:
    """A zip as it is written, member after member. Nothing is compressed: machines do that differently."""

    def __init__(self, file: BinaryIO) -> None:
        self.zip = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED, allowZip64=True)
        self.members: dict[str, Member] = {}
        self.pictures = 0
        self.waiting = io.BytesIO()
        self.member = ""
        self.open: zipfile.ZipExtFile | BinaryIO | None = None
        self.digest = hashlib.sha256()
        self.length = 0

    def __enter__(self) -> "Packing":
        return self

    def __exit__(self, *_failure: object) -> None:
        self.end()
        self.zip.close()

    def add(self, member: str, line: bytes) -> bool:
        """Add a line to a member, which ends the one before; returns whether it is time to flush."""
        if member != self.member:
            self._begin(member)
        self.waiting.write(line + b"\n")
        return self.waiting.tell() >= CHUNK

    def flush(self) -> None:
        self._write(self.waiting.getvalue())
        self.waiting = io.BytesIO()

    def add_picture(self, pictures: PictureFiles, id: str) -> None:
        """Add the files of a picture, as far as they are there."""
        for size in SIZES:
            if not PICTURE.fullmatch(picture_path(id, size)):
                return
            with suppress(FileNotFoundError):
                self.copy(picture_path(id, size), pictures.path(id, size))
                self.pictures += size == "screen"

    def end(self) -> None:
        """End the member that was begun last."""
        self.flush()
        if self.open is None:
            return
        self.open.close()
        self.members[self.member] = Member(self.digest.hexdigest(), self.length)
        self.open, self.member = None, ""

    def whole(self, member: str, data: bytes) -> None:
        self._begin(member)
        self._write(data)
        self.end()

    def copy(self, member: str, path: Path) -> None:
        """Add a file as a member."""
        with path.open("rb") as file:
            self._begin(member)
            while chunk := file.read(CHUNK):
                self._write(chunk)
        self.end()

    def _begin(self, member: str) -> None:
        self.end()
        info = zipfile.ZipInfo(member, EARLIEST)
        info.external_attr, info.create_system = PRIVATE, 3
        self.open = self.zip.open(info, "w", force_zip64=True)  # type: ignore[assignment]
        self.member, self.digest, self.length = member, hashlib.sha256(), 0

    def _write(self, data: bytes) -> None:
        if data and self.open is not None:
            self.open.write(data)
            self.digest.update(data)
            self.length += len(data)

"""Writes an archive: into a folder, or as one zip."""

import asyncio
import shutil
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from wall.core.words import _
from wall.errors import InvalidInput
from wall.web.archive.files import File

EARLIEST = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
PACKED = (".woff2", ".webp")
"""What is small already."""


async def to_folder(files: AsyncIterator[File], folder: Path) -> int:
    """Write an archive into a folder that is new or empty; returns how many files. It is whole, or not there."""
    part = room_for(folder)
    count = 0
    try:
        async for file in files:
            await asyncio.to_thread(write, file, part / file.path)
            count += 1
        put_in_place(part, folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return count


def room_for(folder: Path) -> Path:
    """Return the folder to write to until all is there; raises InvalidInput where something else is."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InvalidInput(_("“%(folder)s” is there already, and not empty.", folder=str(folder)))
    part = folder.with_name(f".{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    return part


def put_in_place(part: Path, folder: Path) -> None:
    if folder.exists():
        folder.rmdir()
    part.rename(folder)


def write(file: File, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(file.data, Path):
        shutil.copyfile(file.data, path)
    else:
        path.write_bytes(file.data)


async def to_zip(files: AsyncIterator[File], target: BinaryIO, *, folder: str) -> int:
    """Write an archive as a zip with one folder in it; returns how many files that are."""
    count = 0
    with zipfile.ZipFile(target, "w") as zip:
        async for file in files:
            info = zipfile.ZipInfo(f"{folder}/{file.path}", EARLIEST)
            info.external_attr, info.create_system = READABLE, 3
            info.compress_type = zipfile.ZIP_STORED if file.path.endswith(PACKED) else zipfile.ZIP_DEFLATED
            await asyncio.to_thread(pack, zip, info, file)
            count += 1
    return count


def pack(zip: zipfile.ZipFile, info: zipfile.ZipInfo, file: File) -> None:
    zip.writestr(info, file.data.read_bytes() if isinstance(file.data, Path) else file.data)

"""Looks through a backup, and lays out what is in it."""

import hashlib
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from wall.core.backup import MANIFEST, REDIS, Manifest, check_manifest, damaged
from wall.core.portable import LARGEST_MANIFEST, PICTURE
from wall.errors import InvalidInput
from wall.media.files import PictureFiles
from wall.store.saving import DUMP

CHUNK = 1024 * 1024


class Opened:
    """A backup that says of itself what it should."""

    def __init__(self, file: zipfile.ZipFile, manifest: Manifest) -> None:
        self.file = file
        self.manifest = manifest

    def lay_out(self, redis: Path, pictures: PictureFiles) -> None:
        """Write its files below two folders, for nobody but us to read; raises InvalidInput where one is damaged."""
        for name in self.manifest.members:
            if picture := PICTURE.fullmatch(name):
                path = pictures.path(picture[1], "screen" if picture[2] == "screen" else "thumb")
            else:
                path = redis / DUMP
            path.parent.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                self._copy(name, out)
                out.flush()
                os.fsync(out.fileno())

    def _copy(self, name: str, out: BinaryIO) -> None:
        digest = hashlib.sha256()
        try:
            with self.file.open(name) as member:
                while chunk := member.read(CHUNK):
                    digest.update(chunk)
                    out.write(chunk)
        except zipfile.BadZipFile as error:
            raise damaged(name) from error
        if digest.hexdigest() != self.manifest.members[name].sha256:
            raise damaged(name)


@contextmanager
def opened(path: Path, *, schema: int) -> Iterator[Opened]:
    """Open a backup; raises InvalidInput where it is none that a program of this schema can restore."""
    try:
        with zipfile.ZipFile(path) as file:
            infos = {info.filename: info for info in file.infolist()}
            if MANIFEST not in infos or infos[MANIFEST].file_size > LARGEST_MANIFEST:
                raise InvalidInput(f"{path} is not a backup of a wall.")
            if REDIS not in infos:
                raise InvalidInput(
                    f"{path} is not a backup of a wall; `backchannel import` takes in single events."
                )
            manifest = msgspec.json.decode(file.read(MANIFEST), type=Manifest)
            check_manifest(manifest, {name: one.file_size for name, one in infos.items()}, schema=schema)
            yield Opened(file, manifest)
    except OSError as error:
        raise InvalidInput(f"{path} cannot be read: {error.strerror}.") from error
    except (zipfile.BadZipFile, msgspec.MsgspecError) as error:
        raise InvalidInput(f"{path} is not a backup of a wall, or is damaged.") from error

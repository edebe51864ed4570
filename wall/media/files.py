"""Pictures as files: written whole, touched whenever somebody asks for one, and discarded once nobody did for long."""

import os
import re
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Literal

from wall.core.post import Picture
from wall.decode import Decoded

Size = Literal["thumb", "screen"]

ID = re.compile("[0-9a-f]{32}")


class PictureFiles:
    """Keeps pictures below a folder by their content, as `ab/<id>-screen.webp`; a photo also as `-thumb.webp`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def open(self, picture_id: str, size: Size) -> Path | None:
        """Return the WebP file to serve, or None if we keep no such picture. Any text is safe as an id."""
        if not ID.fullmatch(picture_id):
            return None
        paths = (self.path(picture_id, size), self.path(picture_id, "screen"))
        return next((path for path in paths if path.is_file()), None)

    def has(self, picture: Picture | None) -> bool:
        """Tell whether we keep a picture, and note on it that somebody asked for it."""
        return picture is not None and bool(ID.fullmatch(picture.id)) and touched(self.path(picture.id, "screen"))

    def ids(self) -> set[str]:
        """Return the ids of all pictures."""
        return {path.name.removesuffix("-screen.webp") for path in self.folder.glob("??/*-screen.webp")}

    def older(self, before: float) -> set[str]:
        """Return the ids of pictures that nobody asked for since a time, and tidy up what crashes left behind."""
        old = set()
        for path in self.folder.glob("??/*"):
            if not is_older(path, before):
                continue
            picture_id, _, part = path.name.partition("-")
            if part == "screen.webp":
                old.add(picture_id)
            elif part != "thumb.webp" or not self.path(picture_id, "screen").exists():
                path.unlink(missing_ok=True)
        return old

    def discard(self, picture_id: str, before: float) -> int:
        """Delete a picture that nobody asked for since a time, and return how many bytes that freed.

        It is put aside first: who asks for it from then on finds nothing and fetches it anew; who asked a moment
        before has left the time on it, and it is put back.
        """
        if not ID.fullmatch(picture_id):
            return 0
        path = self.path(picture_id, "screen")
        aside = path.with_suffix(f".{secrets.token_hex(4)}.gone")
        with suppress(FileNotFoundError):
            path.rename(aside)
            found = aside.stat()
            if found.st_mtime >= before:
                aside.replace(path)
                return 0
            thumb = self.path(picture_id, "thumb")
            size = found.st_size + (thumb.stat().st_size if thumb.exists() else 0)
            thumb.unlink(missing_ok=True)
            aside.unlink()
            return size
        return 0

    def path(self, picture_id: str, size: Size) -> Path:
        return self.folder / picture_id[:2] / f"{picture_id}-{size}.webp"

    def write(self, picture_id: str, decoded: Decoded) -> None:
        # The screen size comes last: where it is, the picture is complete.
        if decoded.thumb is not None:
            write_whole(self.path(picture_id, "thumb"), decoded.thumb)
        write_whole(self.path(picture_id, "screen"), decoded.screen)


def is_older(path: Path, before: float) -> bool:
    try:
        return path.stat().st_mtime < before
    except FileNotFoundError:
        return False


def touched(path: Path) -> bool:
    """Set a file's time to now; returns whether there is one."""
    try:
        os.utime(path)
    except FileNotFoundError:
        return False
    return True


def write_whole(path: Path, data: bytes) -> None:
    """Write the file so that it is there in full or not at all, even after the power fails."""
    if touched(path):
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except OSError:
        os.unlink(name)
        raise

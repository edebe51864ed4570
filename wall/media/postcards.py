"""Pictures of posts, each drawn once in a process of its own, and kept below the pictures' folder.

A picture is kept by what is said on it and in what look, so that an edit makes another. Who asks for one is told
whether its post is on the wall before anybody looks here; what nobody asks for is discarded as pictures are.
"""

import asyncio
import hashlib
import sys
from contextlib import suppress
from pathlib import Path
from weakref import WeakValueDictionary

from wall.core.words import _
from wall.decode import ENVIRONMENT
from wall.errors import PictureError
from wall.media.files import is_older, touched, write_whole

PROGRAM = Path(__file__).resolve().parent.parent / "draw" / "__main__.py"
SECONDS = 20.0
MAX_BYTES = 4_000_000
PNG = b"\x89PNG\r\n\x1a\n"
FOLDER = "cards"


class Postcards:
    """The pictures of posts of one machine; at most `workers` are drawn at a time."""

    def __init__(self, folder: Path, *, workers: int = 1) -> None:
        self.folder = folder / FOLDER
        self.workers = asyncio.Semaphore(workers)
        self.turns: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def find(self, key: str) -> Path | None:
        """Return the file of a picture that was drawn, None where it is to be drawn."""
        path = self.path(key)
        with suppress(OSError):  # where nothing can be written, nothing is noted either
            touched(path)
        return path if path.is_file() else None

    async def draw(self, said: bytes) -> Path:
        """Return the file of the picture on which all this is said, as wall/draw wants it; raises PictureError."""
        key = key_of(said)
        lock = self.turns.setdefault(key, asyncio.Lock())
        async with lock:
            found = self.find(key)
            if found is not None:
                return found
            async with self.workers:
                picture = await drawn(said)
            path = self.path(key)
            try:
                await asyncio.to_thread(write_whole, path, picture)
            except OSError as error:
                raise PictureError(
                    _("The picture cannot be stored: %(strerror)s.", strerror=error.strerror)
                ) from error
            return path

    def discard_older(self, before: float) -> int:
        """Delete the pictures that nobody asked for since a time; returns how many bytes that freed."""
        freed = 0
        for path in self.folder.glob("??/*"):
            with suppress(FileNotFoundError):
                if is_older(path, before):
                    freed += path.stat().st_size
                    path.unlink()
        return freed

    def path(self, key: str) -> Path:
        return self.folder / key[:2] / f"{key}.png"


def key_of(said: bytes) -> str:
    """Return what a picture is kept by."""
    return hashlib.sha256(said).hexdigest()[:32]


async def drawn(said: bytes) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        str(PROGRAM),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=ENVIRONMENT,
    )
    try:
        async with asyncio.timeout(SECONDS):
            output, _errors = await process.communicate(said)
    except TimeoutError as error:
        raise PictureError(_("The picture takes too much time to draw.")) from error
    finally:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if process.returncode or not output.startswith(PNG) or len(output) > MAX_BYTES:
        raise PictureError(_("The picture cannot be drawn."))
    return output
